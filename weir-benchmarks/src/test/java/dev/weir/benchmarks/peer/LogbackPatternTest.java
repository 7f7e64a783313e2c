package dev.weir.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.weir.Context;
import dev.weir.Weir;
import dev.weir.format.TextFormatter;
import dev.weir.handler.Handler;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import dev.weir.record.LoggerNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import org.slf4j.helpers.BasicMarkerFactory;

/** Weir's patterns against Logback itself: random patterns and logger names make the same line of the same record. */
class LogbackPatternTest {
    private static final int CASES = 5_000;
    private static final List<String> LITERALS = List.of(" ", " - ", "[", "] ", "\\(", "\\) ", "\\% ", "| ", " ü", "");
    private static final List<String> DATES = List.of(
            "%d",
            "%date{HH:mm:ss.SSS}", "%d{ISO8601}", "%d{yyyy-MM-dd'T'HH:mm:ssXXX, UTC}", "%d{HH:mm:ss, Asia/Tokyo}");
    private static final List<String> WORDS = List.of(
            "level",
            "p",
            "le",
            "thread",
            "t",
            "msg",
            "m",
            "message",
            "X{user}",
            "mdc{nobody:-x y}",
            "X{nobody}",
            "kvp",
            "kvp{NONE}",
            "marker");

    private final LoggerContext context = new LoggerContext();
    private byte[] bytes = {};
    private Instant time = Instant.EPOCH;

    private record OneLogger(String name) implements LoggerNames {
        @Override
        public String name(int loggerId) {
            return name;
        }

        @Override
        public byte[] nameUtf8(int loggerId) {
            return name.getBytes(StandardCharsets.UTF_8);
        }
    }

    @Test
    void makesTheLinesThatLogbackMakes() {
        logOne();
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < CASES; i++) {
            String logger = newLogger(random);
            String pattern = newPattern(random, logger.length(), 2);

            assertThat(byWeir(pattern, logger))
                    .as("seed %s, case %s: %s of %s", seed, i, pattern, logger)
                    .isEqualTo(byLogback(pattern, logger));
        }
    }

    private void logOne() {
        Handler keeping = new Handler() {
            @Override
            public boolean emit(LogRecord record) {
                bytes = Arrays.copyOfRange(record.bytes(), record.start(), record.start() + record.length());
                return true;
            }

            @Override
            public void flush() {}
        };
        Weir weir = Weir.builder().handler("keeping", keeping).start();
        Context.put("user", "u-118");
        weir.loggerOf("any")
                .atWarn()
                .keyValue("order", 7)
                .keyValue("item", "a b")
                .marker("AUDIT")
                .log("paid {} {}", 12, "EUR");
        Context.clear();
        weir.close(Duration.ofMinutes(1));
        long nanos = new LogRecord(new OneLogger("any")).moveTo(bytes, 0).timeNanos();
        time = Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000);
    }

    private static String newLogger(Random random) {
        StringBuilder name = new StringBuilder();
        for (int parts = 1 + random.nextInt(6); parts > 0; parts--) {
            name.append(name.isEmpty() ? "" : ".").append("abcdefghijklmnop", 0, 1 + random.nextInt(12));
        }
        return name.toString();
    }

    private static String newPattern(Random random, int nameLength, int depth) {
        StringBuilder pattern = new StringBuilder();
        for (int parts = 1 + random.nextInt(4); parts > 0; parts--) {
            append(pick(random, LITERALS), pattern);
            pattern.append(newWord(random, nameLength, depth));
        }
        append(pick(random, LITERALS), pattern);
        return pattern.toString();
    }

    /** Right behind a parenthesis that closes, Logback knows no escaped parentheses. */
    private static void append(String literal, StringBuilder pattern) {
        boolean behindGroup = pattern.length() > 0 && pattern.charAt(pattern.length() - 1) == ')';
        pattern.append(behindGroup ? " " : "").append(literal);
    }

    private static String newWord(Random random, int nameLength, int depth) {
        int least = 1 + random.nextInt(30);
        String width = random.nextBoolean() ? "" : (random.nextBoolean() ? "-" : "") + least;
        // at least the width: Logback does not fill up what it has cut, so its columns would not be even
        int greatest = least + random.nextInt(30);
        String most = random.nextInt(3) > 0 ? "" : "." + (random.nextBoolean() ? "-" : "") + greatest;
        int length = random.nextInt(60);
        // of a name that fits just so Logback cuts the first part; its manual says that it does not
        int other = length == nameLength ? length + 1 : length;
        return switch (random.nextInt(depth > 0 ? 5 : 3)) {
            case 0 -> "%" + width + most + pick(random, List.of("logger", "c", "lo")) + "{" + other + "}";
            case 1 -> pick(random, DATES);
            case 2 -> "%" + width + most + pick(random, WORDS);
            case 3 -> "%" + width + most + "(" + newPattern(random, nameLength, depth - 1) + ")";
            default -> "%replace(" + newPattern(random, nameLength, depth - 1) + "){'[a-e0-3]+', '<$0>'}";
        };
    }

    private static <T> T pick(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String byWeir(String pattern, String logger) {
        ByteOutput out = new ByteOutput(256);
        TextFormatter.builder()
                .pattern(pattern)
                .build()
                .format(new LogRecord(new OneLogger(logger)).moveTo(bytes, 0), out);
        String line = out.toString();
        return line.substring(0, line.length() - 1); // Logback ends no line of its own
    }

    private String byLogback(String pattern, String logger) {
        LoggingEvent event = new LoggingEvent(
                "", context.getLogger(logger), Level.WARN, "paid {} {}", null, new Object[] {12, "EUR"});
        event.setInstant(time);
        event.setThreadName(Thread.currentThread().getName());
        event.setMDCPropertyMap(Map.of("user", "u-118"));
        event.addMarker(new BasicMarkerFactory().getMarker("AUDIT"));
        event.addKeyValuePair(new KeyValuePair("order", 7));
        event.addKeyValuePair(new KeyValuePair("item", "a b"));
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        layout.setPattern(pattern);
        layout.start();
        return layout.doLayout(event);
    }
}
