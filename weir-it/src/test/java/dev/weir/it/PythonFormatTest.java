package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.weir.Level;
import dev.weir.format.TextFormatter;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import dev.weir.testkit.Records;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Formats of Python's style against Python itself: random formats of random records, shown by CPython's {@code
 * logging.Formatter} and by Weir's. What differs on purpose is left out here, and in docs/configuration.md: decimals are cut off
 * and not rounded, {@code msecs} and {@code created} have no more decimals as text than they take, and control characters are
 * escaped.
 */
class PythonFormatTest {
    private static final int CASES = 3_000;
    private static final List<String> TEXTS =
            List.of("message", "msg", "levelname", "name", "threadName", "user", "funcName", "filename", "asctime");
    private static final List<String> WHOLE = List.of("levelno", "thread", "process", "lineno");
    private static final List<String> DECIMAL = List.of("msecs", "created");
    private static final List<String> LITERALS =
            List.of(" ", "[", "] ", " - ", "%%", "100%% ", "ü€", "𝄞", "(x)", "\"quoted\"", "a:b", "");
    private static final List<String> CONTENT =
            List.of("", "x", "paid", "a b c", "naïve €", "𝄞𝄞 music", "%s %(message)s %", "{} {", "\"quoted\" 'too'");
    private static final List<String> DATES =
            List.of("%Y-%m-%d", "%d.%m.%y %I:%M:%S %p", "%a %A %b %B %j %%", "%H:%M:%S%z", "T%H");

    /** Reads cases from standard input, a JSON array a line, and writes what each becomes, as a JSON string a line. */
    private static final String SCRIPT = """
            import json, logging, sys, time
            logging.addLevelName(5, "TRACE")
            logging.Formatter.converter = time.gmtime
            for line in sys.stdin:
                fmt, datefmt, attributes = json.loads(line)
                record = logging.makeLogRecord(attributes)
                formatter = logging.Formatter(fmt, datefmt, defaults={"user": "-"})
                print(json.dumps(formatter.format(record)))
            """;

    private final JsonFactory json = new JsonFactory();

    @TempDir
    private Path directory;

    private record Case(String format, String datefmt, Map<String, Object> attributes, LogRecord record) {}

    @Test
    void formatsAsCPythonDoes() throws Exception {
        assumeTrue(isPythonThere(), "no python3 of 3.10 or later, which has defaults of formatters");
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            cases.add(newCase(random));
        }

        List<String> expected = formattedByPython(cases);

        assertThat(expected).as("seed %s", seed).hasSize(CASES);
        for (int i = 0; i < CASES; i++) {
            Case one = cases.get(i);
            assertThat(formatted(one))
                    .as("seed %s, case %s: %s, datefmt %s, %s", seed, i, one.format, one.datefmt, one.attributes)
                    .isEqualTo(expected.get(i) + "\n");
        }
    }

    private static boolean isPythonThere() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("python3", "-c", "import sys; sys.exit(sys.version_info < (3, 10))")
                    .redirectErrorStream(true)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static Case newCase(Random random) {
        Level level = Level.at(random.nextInt(Level.COUNT));
        String message = pick(random, CONTENT).replace("{}", "{ }");
        String thread = "worker-" + random.nextInt(3);
        long threadId = random.nextInt(100_000);
        long millis = 1_000_000_000_000L + random.nextInt(1_000_000_000) * 1000L + random.nextInt(1000);
        String logger = pick(random, List.of("a", "shop.orders", "ü.b"));
        int line = 1 + random.nextInt(5000);
        var made = Records.make()
                .message(message)
                .level(level)
                .thread(thread, threadId)
                .logger(logger)
                .time(millis * 1_000_000)
                .caller(new StackTraceElement("shop.Orders", "settle", "Orders.java", line));
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("msg", message);
        attributes.put("levelname", level.pythonName());
        attributes.put("levelno", level.pythonNumber());
        attributes.put("threadName", thread);
        attributes.put("thread", threadId);
        attributes.put("name", logger);
        attributes.put("created", millis / 1000.0);
        attributes.put("msecs", (double) (millis % 1000));
        attributes.put("process", ProcessHandle.current().pid());
        attributes.put("filename", "Orders.java");
        attributes.put("funcName", "settle");
        attributes.put("lineno", line);
        if (random.nextBoolean()) {
            String user = pick(random, CONTENT);
            made.keyValue("user", user);
            attributes.put("user", user);
        }
        String datefmt = random.nextBoolean() ? null : pick(random, DATES);
        return new Case(newFormat(random), datefmt, attributes, made.record());
    }

    /** Python wants one name at least. */
    private static String newFormat(Random random) {
        StringBuilder format = new StringBuilder("%(message)s");
        for (int parts = random.nextInt(6); parts > 0; parts--) {
            format.append(pick(random, LITERALS)).append(newName(random));
        }
        return format.append(pick(random, LITERALS)).toString();
    }

    private static String newName(Random random) {
        String flags = pick(random, List.of("", "", "-", "0", "-0", "+", " ", "#", "+0", "0-+ #"));
        String width = random.nextBoolean() ? "" : String.valueOf(1 + random.nextInt(24));
        String precision = random.nextInt(3) > 0 ? "" : "." + random.nextInt(9);
        return switch (random.nextInt(5)) {
            case 0 ->
                "%(" + pick(random, WHOLE) + ")" + flags + width + precision + pick(random, List.of("d", "i", "u"));
            case 1 ->
                "%(" + pick(random, WHOLE) + ")" + flags + width + precision + pick(random, List.of("x", "X", "o"));
            case 2 -> "%(" + pick(random, WHOLE) + ")" + flags + width + pick(random, List.of("", ".2", ".6")) + "f";
            case 3 -> {
                boolean whole = random.nextBoolean();
                String conversion = whole ? "d" : pick(random, List.of(".3f", ".4F", ".6f", "f"));
                yield "%(" + pick(random, DECIMAL) + ")" + flags + width + conversion;
            }
            default -> "%(" + pick(random, TEXTS) + ")" + flags + width + precision + "s";
        };
    }

    private static <T> T pick(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static String formatted(Case one) {
        TextFormatter.Builder builder =
                TextFormatter.builder().format(one.format).zone(ZoneOffset.UTC);
        if (one.datefmt != null) {
            builder.datefmt(one.datefmt);
        }
        ByteOutput out = new ByteOutput(256);
        builder.build().format(one.record, out);
        return out.toString();
    }

    private List<String> formattedByPython(List<Case> cases) throws Exception {
        Path script = Files.writeString(directory.resolve("format.py"), SCRIPT);
        Path input = directory.resolve("cases");
        Path output = directory.resolve("formatted");
        StringBuilder lines = new StringBuilder();
        for (Case one : cases) {
            lines.append(line(one)).append('\n');
        }
        Files.writeString(input, lines);
        ProcessBuilder builder = new ProcessBuilder("python3", script.toString())
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(directory.resolve("errors").toFile());
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        builder.environment().put("TZ", "UTC");
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(directory.resolve("errors")))
                .isZero();
        List<String> formatted = new ArrayList<>();
        for (String line : Files.readAllLines(output, StandardCharsets.UTF_8)) {
            try (JsonParser parser = json.createParser(line)) {
                assertThat(parser.nextToken()).isEqualTo(JsonToken.VALUE_STRING);
                formatted.add(parser.getText());
            }
        }
        return formatted;
    }

    private String line(Case one) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = json.createGenerator(text)) {
            generator.writeStartArray();
            generator.writeString(one.format);
            generator.writeString(one.datefmt);
            generator.writeStartObject();
            for (Map.Entry<String, Object> attribute : one.attributes.entrySet()) {
                generator.writeFieldName(attribute.getKey());
                if (attribute.getValue() instanceof Double number) {
                    generator.writeNumber(number);
                } else if (attribute.getValue() instanceof Number number) {
                    generator.writeNumber(number.longValue());
                } else {
                    generator.writeString((String) attribute.getValue());
                }
            }
            generator.writeEndObject();
            generator.writeEndArray();
        }
        return text.toString();
    }
}
