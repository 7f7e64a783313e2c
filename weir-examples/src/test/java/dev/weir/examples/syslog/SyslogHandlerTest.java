package dev.weir.examples.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.Level;
import dev.weir.PipelineBuilder;
import dev.weir.Weir;
import dev.weir.format.Formatter;
import dev.weir.format.TextFormatter;
import dev.weir.handler.Handler;
import dev.weir.spi.ConfigurationException;
import dev.weir.spi.ConfigurationSource;
import dev.weir.testkit.HandlerContract;
import dev.weir.testkit.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every handler has to do, from the suite, and what this one does. */
@Timeout(60)
class SyslogHandlerTest extends HandlerContract {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Path PAGE = Path.of("../docs/writing-a-handler.md");
    private static final String HEADER = "<[0-9]+>1 \\S+ - shop [0-9]+ - - ";

    @TempDir
    Path directory;

    private SyslogReceiver receiver;
    private SyslogHandler handler;

    @BeforeEach
    void startTheReceiver() throws IOException {
        receiver = new SyslogReceiver();
        receiver.open();
    }

    @AfterEach
    void stopTheReceiver() throws IOException {
        receiver.close();
    }

    @Override
    protected Handler newHandler(Formatter formatter) {
        handler = new SyslogHandler("localhost", receiver.port(), 16, "shop", formatter);
        return handler;
    }

    @Override
    protected List<String> committed() throws InterruptedException {
        return receiver.await(handler.bytesWritten()).stream()
                .map(message -> message.replaceFirst(HEADER, ""))
                .toList();
    }

    @Override
    protected Delivery delivery() {
        return Delivery.AT_LEAST_ONCE;
    }

    @Override
    protected boolean breakSink() throws IOException {
        receiver.close();
        return true;
    }

    @Override
    protected void mendSink() throws IOException {
        receiver.open();
    }

    @Test
    void writesMessagesOfRfc5424() throws Exception {
        newHandler(TextFormatter.of("%(message)s"));
        handler.open();

        handler.emit(Records.logged(logger ->
                        logger.atInfo().time(1_716_215_531_123_456_789L).log("ordered: {}", "Äpfel"))
                .get(0));
        handler.emit(Records.logged(logger -> logger.log(Level.CRITICAL, "out", new IllegalStateException("gone")))
                .get(0));
        handler.flush();

        List<String> messages = receiver.await(handler.bytesWritten());
        long pid = ProcessHandle.current().pid();
        assertThat(messages).hasSize(2);
        assertThat(messages.get(0))
                .isEqualTo("<134>1 2024-05-20T14:32:11.123456Z - shop " + pid + " - - ordered: Äpfel");
        assertThat(messages.get(1))
                .startsWith("<130>1 ")
                .contains(" - - out\njava.lang.IllegalStateException: gone\n\tat ");
        handler.close(false);
    }

    /** SEC-09 and SEC-10 of the catalogue of attack inputs; the message has neither structured data nor a host's name. */
    @Test
    void sec09LetsNoContentEndAMessageOrBeginOne() throws Exception {
        String forged = "a\r\n12 <34>1 - - forged - - - x\n<34>1 - - forged - - - [x@1 y=\"\\\"]\"] \u0000\ud83d";
        newHandler(TextFormatter.of("%(name)s %(threadName)s %(message)s"));
        handler.open();

        handler.emit(Records.make()
                .logger(forged)
                .thread(forged, 1)
                .cause(new IllegalStateException(forged))
                .message("{}", forged)
                .record());
        handler.emit(Records.of("after"));
        handler.flush();

        List<String> messages = receiver.await(handler.bytesWritten());
        assertThat(messages).hasSize(2);
        assertThat(messages.get(0).lines().skip(1))
                .allMatch(line -> line.startsWith("java.lang.") || line.startsWith("\t"));
        assertThat(messages.get(1)).matches(HEADER + "weir.testkit main after");
        assertThatThrownBy(() -> new SyslogHandler("localhost", 1, 1, "shop\n<34>1", TextFormatter.of("")))
                .hasMessageContaining("expected: 1 to 48 printable ASCII characters");
        handler.close(false);
    }

    @Test
    void saysWhatIsOutOfRange() {
        assertThatThrownBy(() -> new SyslogHandler("localhost", 0, 1, "shop", TextFormatter.of("")))
                .hasMessage("port: 0 (expected: 1 to 65535)");
        assertThatThrownBy(() -> new SyslogHandler("localhost", 1, 24, "shop", TextFormatter.of("")))
                .hasMessage("facility: 24 (expected: 0 to 23)");
        assertThatThrownBy(() -> new SyslogHandler("localhost", 1, 1, "a shop", TextFormatter.of("")))
                .hasMessage("app-name: a shop (expected: 1 to 48 printable ASCII characters, no space)");
    }

    @Test
    void isTheTypeSyslogOfAConfigurationAsThePageShowsIt() throws Exception {
        Matcher example = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertThat(example.find()).isTrue();
        String yaml = example.group(1)
                .replace("logs.example.com", "localhost")
                .replace("port: 601", "port: " + receiver.port());
        Weir weir = read(yaml).start();

        weir.loggerOf("orders").info("below its level");
        weir.loggerOf("orders").warn("one");
        assertThat(weir.close(SOON).complete()).isTrue();

        assertThat(receiver.await(1)).singleElement().asString().matches("<156>1 \\S+ - shop [0-9]+ - - orders: one");
    }

    @Test
    void reportsWhatIsWrongWithASettingAtItsPlace() {
        assertThat(problems("host: a, app-name: shop, port: 0"))
                .containsExactly("handlers.a.port: \"0\" (expected: at least 1, at most 65535)");
        assertThat(problems("facility: mail, hots: a"))
                .anyMatch(problem -> problem.startsWith("handlers.a: host is missing"))
                .anyMatch(problem -> problem.startsWith("handlers.a: app-name is missing"))
                .anyMatch(problem ->
                        problem.startsWith("handlers.a.facility: \"mail\" (expected: user, daemon, local0, "))
                .anyMatch(problem -> problem.startsWith("handlers.a: unknown key \"hots\""));
    }

    private List<String> problems(String keys) {
        ConfigurationException refused = catchThrowableOfType(
                ConfigurationException.class, () -> read("handlers: { a: { type: syslog, " + keys + " } }"));
        return refused.problems().stream()
                .map(problem -> problem.replaceAll("^.*weir\\.yaml:[0-9]+:[0-9]+: ", ""))
                .toList();
    }

    private PipelineBuilder read(String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("weir.yaml"), yaml);
        PipelineBuilder builder = Weir.builder();
        System.setProperty("weir.config", file.toString());
        try {
            ServiceLoader.load(ConfigurationSource.class)
                    .findFirst()
                    .orElseThrow()
                    .configure(builder);
            return builder;
        } finally {
            System.clearProperty("weir.config");
        }
    }
}
