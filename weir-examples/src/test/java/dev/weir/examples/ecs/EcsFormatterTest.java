package dev.weir.examples.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.weir.Level;
import dev.weir.PipelineBuilder;
import dev.weir.Weir;
import dev.weir.format.Formatter;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import dev.weir.spi.ConfigurationSource;
import dev.weir.testkit.FormatterContract;
import dev.weir.testkit.RecordMaker;
import dev.weir.testkit.Records;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every formatter has to do, from the suite, and what this one does. */
class EcsFormatterTest extends FormatterContract {
    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final Path PAGE = Path.of("../docs/writing-a-formatter.md");
    private static final Path SOURCE = Path.of("src/main/java/dev/weir/examples/ecs/EcsFormatter.java");
    private static final String END = ",\"service.name\":\"shop\",\"ecs.version\":\"8.11.0\"}\n";

    @TempDir
    Path directory;

    @Override
    protected Formatter newFormatter() {
        return new EcsFormatter("shop");
    }

    @Override
    protected void checkUnit(String unit, LogRecord record) {
        try (JsonParser parser = STRICT.createParser(unit)) {
            while (parser.nextToken() != null) {
                parser.getText();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(unit, e);
        }
    }

    private static RecordMaker record() {
        return Records.make()
                .time(1_716_215_531_123_456_789L)
                .logger("shop.Orders")
                .thread("main", 1);
    }

    private static String written(RecordMaker made) {
        ByteOutput out = new ByteOutput(256);
        new EcsFormatter("shop").format(made.record(), out);
        return out.toString();
    }

    @Test
    void writesTheFieldsOfTheSchema() {
        assertThat(written(record().trace("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", 1)
                        .marker("AUDIT")
                        .message("paid {}", "twice")))
                .isEqualTo("{\"@timestamp\":\"2024-05-20T14:32:11.123456789Z\",\"log.level\":\"INFO\","
                        + "\"log.logger\":\"shop.Orders\",\"message\":\"paid twice\",\"process.thread.name\":\"main\","
                        + "\"trace.id\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"span.id\":\"00f067aa0ba902b7\","
                        + "\"tags\":[\"AUDIT\"]" + END);
    }

    @Test
    void writesContextAndKeyValuesAsLabels() {
        assertThat(written(record().context("tenant", "acme")
                        .context("user", "context")
                        .context("", "without a name")
                        .keyValue("amount", 42)
                        .keyValue("user", null)
                        .keyValue("lines", List.of(1, "two"))
                        .keyValue("rate", Double.NaN)
                        .message("paid")))
                .contains(",\"labels\":{\"tenant\":\"acme\",\"user\":null,\"amount\":42,\"lines\":\"[1, two]\","
                        + "\"rate\":\"NaN\"},");
    }

    @Test
    void writesWhatWasThrown() {
        Exception thrown = new IllegalStateException("no\nstock");
        thrown.setStackTrace(new StackTraceElement[] {new StackTraceElement("Orders", "pay", "Orders.java", 7)});

        assertThat(written(record().level(Level.ERROR).cause(thrown).message("failed")))
                .contains(",\"error.type\":\"java.lang.IllegalStateException\",\"error.message\":\"no\\nstock\","
                        + "\"error.stack_trace\":\"java.lang.IllegalStateException: no\\nstock\\n"
                        + "\\tat Orders.pay(Orders.java:7)\\n\"");
    }

    @Test
    void isWhatItsPageShows() throws IOException {
        List<String> code = Files.readString(SOURCE).lines().map(String::strip).toList();
        Matcher shown = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertThat(shown.results().flatMap(block -> block.group(1).lines()).map(String::strip))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.equals("…") || code.contains(line))
                        .as(line)
                        .isTrue());
    }

    @Test
    void isThereByTheConfigurationOfItsPage() throws IOException {
        Matcher yaml = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertThat(yaml.find()).isTrue();
        Path written = directory.resolve("orders.log");
        Path file = directory.resolve("weir.yaml");
        Files.writeString(file, yaml.group(1).replace("/var/log/shop/orders.log", written.toString()));
        PipelineBuilder builder = Weir.builder();
        System.setProperty("weir.config", file.toString());
        try {
            ServiceLoader.load(ConfigurationSource.class)
                    .findFirst()
                    .orElseThrow()
                    .configure(builder);
        } finally {
            System.clearProperty("weir.config");
        }
        Weir weir = builder.start();
        weir.loggerOf("a").info("hello");
        weir.close(Duration.ofSeconds(10));

        assertThat(Files.readString(written)).contains("\"message\":\"hello\"").endsWith(END);
    }
}
