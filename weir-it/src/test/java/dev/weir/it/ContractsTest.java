package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.format.Colours;
import dev.weir.format.Formatter;
import dev.weir.format.JsonFormatter;
import dev.weir.format.TextFormatter;
import dev.weir.handler.ConsoleHandler;
import dev.weir.handler.FileHandler;
import dev.weir.handler.Handler;
import dev.weir.handler.NullHandler;
import dev.weir.handler.RotatingFileHandler;
import dev.weir.http.HttpHandler;
import dev.weir.record.LogRecord;
import dev.weir.testkit.FormatterContract;
import dev.weir.testkit.HandlerContract;
import dev.weir.testkit.Records;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract suites over Weir's handlers and formatters. */
class ContractsTest {
    @Nested
    class OfFileHandler extends HandlerContract {
        @TempDir
        Path directory;

        @Override
        protected Handler newHandler(Formatter formatter) {
            return FileHandler.of(directory.resolve("app.log"), formatter);
        }

        @Override
        protected List<String> committed() {
            return Jvm.lines(directory.resolve("app.log"));
        }
    }

    @Nested
    class OfFileHandlerThatBeginsWithAnEmptyFile extends HandlerContract {
        @TempDir
        Path directory;

        @Override
        protected Handler newHandler(Formatter formatter) {
            return FileHandler.builder(directory.resolve("app.log"))
                    .formatter(formatter)
                    .append(false)
                    .build();
        }

        @Override
        protected List<String> committed() {
            return Jvm.lines(directory.resolve("app.log"));
        }
    }

    @Nested
    class OfRotatingFileHandler extends HandlerContract {
        @TempDir
        Path directory;

        @Override
        protected Handler newHandler(Formatter formatter) {
            return RotatingFileHandler.builder(directory.resolve("app.log"))
                    .formatter(formatter)
                    .size(100)
                    .build();
        }

        @Override
        protected List<String> committed() {
            List<String> lines = new ArrayList<>();
            for (int i = 1; Files.exists(directory.resolve("app.log." + i)); i++) {
                lines.addAll(Jvm.lines(directory.resolve("app.log." + i)));
            }
            lines.addAll(Jvm.lines(directory.resolve("app.log")));
            return lines;
        }
    }

    /** By way of a stream that replaces the real one, which belongs to the test runner. */
    abstract static class ConsoleContract extends HandlerContract {
        private final ConsoleHandler.Stream stream;
        private final PrintStream out = System.out;
        private final PrintStream err = System.err;
        private final ByteArrayOutputStream captured = new ByteArrayOutputStream();
        private volatile boolean broken;

        ConsoleContract(ConsoleHandler.Stream stream) {
            this.stream = stream;
        }

        @BeforeEach
        void replaceTheStream() {
            new ConsoleHandler(stream, TextFormatter.of("")); // the first one remembers which stream is the JVM's own
            PrintStream replacement = new PrintStream(new Breakable(), true, StandardCharsets.UTF_8);
            if (stream == ConsoleHandler.Stream.STDOUT) {
                System.setOut(replacement);
            } else {
                System.setErr(replacement);
            }
        }

        @AfterEach
        void giveTheStreamBack() {
            System.setOut(out);
            System.setErr(err);
        }

        @Override
        protected Handler newHandler(Formatter formatter) {
            return new ConsoleHandler(stream, formatter);
        }

        @Override
        protected List<String> committed() {
            return captured.toString(StandardCharsets.UTF_8).lines().toList();
        }

        @Override
        protected Delivery delivery() {
            return Delivery.AT_LEAST_ONCE;
        }

        @Override
        protected boolean breakSink() {
            broken = true;
            return true;
        }

        @Override
        protected void mendSink() {
            broken = false;
        }

        /** Is closed in the middle of what it writes. */
        private final class Breakable extends OutputStream {
            @Override
            public void write(int value) {
                captured.write(value);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                captured.write(bytes, from, broken ? length / 2 : length);
                if (broken) {
                    throw new IOException("nobody reads any more");
                }
            }
        }
    }

    @Nested
    class OfConsoleHandlerOnStdout extends ConsoleContract {
        OfConsoleHandlerOnStdout() {
            super(ConsoleHandler.Stream.STDOUT);
        }
    }

    @Nested
    class OfConsoleHandlerOnStderr extends ConsoleContract {
        OfConsoleHandlerOnStderr() {
            super(ConsoleHandler.Stream.STDERR);
        }
    }

    @Nested
    class OfNullHandler extends HandlerContract {
        @Override
        protected Handler newHandler(Formatter formatter) {
            return new NullHandler();
        }

        @Override
        protected List<String> committed() {
            return List.of();
        }

        @Override
        protected Delivery delivery() {
            return Delivery.NONE;
        }

        @Override
        protected boolean usesFormatter() {
            return false;
        }
    }

    /** With a collector whose answers all arrive; so no batch comes twice, though the handler does not promise that. */
    @Nested
    class OfHttpHandler extends HandlerContract {
        private static final String REFUSED = "refused";

        private final List<String> collected = new CopyOnWriteArrayList<>();
        private volatile int status = 204;
        private HttpServer collector;

        @BeforeEach
        void startTheCollector() throws IOException {
            collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            collector.createContext("/", this::collect);
            collector.start();
        }

        @AfterEach
        void stopTheCollector() {
            collector.stop(0);
        }

        private void collect(HttpExchange exchange) throws IOException {
            try (exchange) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                List<String> lines =
                        new String(body, StandardCharsets.UTF_8).lines().toList();
                int answer = lines.contains(REFUSED) ? 422 : status;
                if (answer == 204) {
                    collected.addAll(lines);
                }
                exchange.sendResponseHeaders(answer, -1);
            }
        }

        @Override
        protected LogRecord refusedRecord() {
            return Records.of(REFUSED);
        }

        @Override
        protected boolean breakSink() {
            status = 503;
            return true;
        }

        @Override
        protected void mendSink() {
            status = 204;
        }

        @Override
        protected Handler newHandler(Formatter formatter) {
            URI uri = URI.create("http://127.0.0.1:" + collector.getAddress().getPort() + "/");
            return HttpHandler.builder(uri)
                    .formatter(formatter)
                    .batchDelay(Duration.ofMillis(10))
                    .build();
        }

        @Override
        protected List<String> committed() {
            return collected;
        }
    }

    abstract static class JsonContract extends FormatterContract {
        @Override
        protected void checkUnit(String unit, LogRecord record) {
            Map<String, Object> members = StrictJson.parse(unit);
            assertThat(members).containsEntry("level", levelName(record));
            assertThat(members.get("msg")).isNotNull();
        }

        String levelName(LogRecord record) {
            return record.level().name();
        }
    }

    @Nested
    class OfJsonPresetWeir extends JsonContract {
        @Override
        protected Formatter newFormatter() {
            return JsonFormatter.weir();
        }
    }

    @Nested
    class OfJsonPresetPython extends JsonContract {
        @Override
        protected Formatter newFormatter() {
            return JsonFormatter.builder().preset("python").zone(ZoneOffset.UTC).build();
        }

        @Override
        String levelName(LogRecord record) {
            return record.level().pythonName();
        }
    }

    /** A preset for other systems, whose members have other names. */
    abstract static class JsonPresetContract extends FormatterContract {
        private final String preset;

        JsonPresetContract(String preset) {
            this.preset = preset;
        }

        @Override
        protected Formatter newFormatter() {
            return JsonFormatter.builder().preset(preset).build();
        }

        @Override
        protected boolean allocatesNothing() {
            return true;
        }

        @Override
        protected void checkUnit(String unit, LogRecord record) {
            StrictJson.parse(unit);
        }
    }

    @Nested
    class OfJsonPresetEcs extends JsonPresetContract {
        OfJsonPresetEcs() {
            super("ecs");
        }
    }

    @Nested
    class OfJsonPresetLogstash extends JsonPresetContract {
        OfJsonPresetLogstash() {
            super("logstash");
        }
    }

    @Nested
    class OfJsonPresetGelf extends JsonPresetContract {
        OfJsonPresetGelf() {
            super("gelf");
        }
    }

    @Nested
    class OfJsonPresetGcp extends JsonPresetContract {
        OfJsonPresetGcp() {
            super("gcp");
        }
    }

    @Nested
    class OfJsonWithFieldsOfItsOwn extends JsonContract {
        @Override
        protected Formatter newFormatter() {
            Map<String, String> fields = new LinkedHashMap<>();
            for (String name : List.of(
                    "level", "msg", "template", "severity_number", "thread_id", "trace_flags", "exception", "event")) {
                fields.put(name, name);
            }
            fields.put("mdc", "context");
            fields.put("\"\n", "key_values");
            return JsonFormatter.builder().fields(fields).build();
        }
    }

    abstract static class TextContract extends FormatterContract {
        @Override
        protected void checkUnit(String unit, LogRecord record) {
            assertThat(unit).contains(" " + record.level().pythonName() + " ");
        }

        @Override
        protected boolean breaksLinesOfThrowables() {
            return true;
        }
    }

    @Nested
    class OfTextFormatter extends TextContract {
        @Override
        protected Formatter newFormatter() {
            return TextFormatter.builder().build();
        }
    }

    @Nested
    class OfTextWithValuesOfTheCall extends TextContract {
        @Override
        protected Formatter newFormatter() {
            return TextFormatter.of("%(asctime)s %(levelname)s %(threadName)s %(name)s - %(message)s"
                    + " (trace=%(trace_id)s, level=%(level)s, deep=%(deep)s)");
        }
    }

    @Nested
    class OfTextThatIsPaddedAndCut extends TextContract {
        @Override
        protected Formatter newFormatter() {
            return TextFormatter.builder()
                    .format("%(asctime)-30s %(levelname)s %(threadName)4.3s %(name)-8.8s [%(msg).7s] %(message)-40s")
                    .datefmt("%d.%m.%Y")
                    .build();
        }
    }

    @Nested
    class OfTextByAPattern extends TextContract {
        @Override
        protected Formatter newFormatter() {
            return TextFormatter.builder()
                    .pattern("%d %level [%thread] %logger{20} %X %kvp %marker %replace(%msg %X){o}{0} - %msg%n%rEx{3}")
                    .build();
        }

        @Override
        protected void checkUnit(String unit, LogRecord record) {
            assertThat(unit).contains(" " + record.level().name() + " ");
        }
    }

    @Nested
    class OfTextForATerminal extends TextContract {
        @Override
        protected Formatter newFormatter() {
            return TextFormatter.builder()
                    .preset("pretty")
                    .colours(Colours.ALWAYS)
                    .build();
        }

        @Override
        protected void checkUnit(String unit, LogRecord record) {
            assertThat(unit).contains(record.level().name());
        }

        @Override
        protected String ownCharacters(LogRecord record) {
            return super.ownCharacters(record) + "\u001b";
        }

        @Override
        protected boolean allocatesNothing() {
            return true;
        }
    }
}
