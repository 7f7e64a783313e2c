package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.Level;
import dev.weir.OverflowPolicy;
import dev.weir.Weir;
import dev.weir.format.TextFormatter;
import dev.weir.handler.FileHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last records of a process, which nobody flushed. */
class ShutdownTest {
    private static final String CONFIGURATION = """
            version: 1
            queue: { overflow: block }
            handlers:
              stdout: { type: console, formatter: { type: text, format: '%(message)s' } }
              file: { type: file, path: app.log, formatter: { type: text, format: '%(message)s' } }
            """;
    private static final int SIGTERM_EXIT = 128 + 15;

    @TempDir
    Path directory;

    @Test
    void whatWasLoggedBeforeMainReturnsIsWritten() throws Exception {
        Jvm.Result result = start("return").await();

        assertThat(result.exit()).isZero();
        assertThat(result.stderr()).isEmpty();
        assertAllWritten(result);
    }

    @Test
    void whatWasLoggedBeforeExitIsWritten() throws Exception {
        Jvm.Result result = start("exit").await();

        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.stderr()).isEmpty();
        assertAllWritten(result);
    }

    @Test
    void whatWasLoggedBeforeAnExceptionEndsMainIsWritten() throws Exception {
        Jvm.Result result = start("throw").await();

        assertThat(result.exit()).isOne();
        assertAllWritten(result);
    }

    @Test
    void whatWasLoggedBeforeASignalIsWritten() throws Exception {
        Jvm.Running running = start("wait");
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(directory.resolve(Main.READY)));

        running.process().destroy();

        Jvm.Result result = running.await();
        assertThat(result.exit()).isEqualTo(SIGTERM_EXIT);
        assertThat(result.stderr()).isEmpty();
        assertAllWritten(result);
    }

    @Test
    void whatWasLoggedToAPipelineThatWasInstalledAfterACloseIsWritten() throws Exception {
        Jvm.Result result = start("again").await();

        assertThat(result.exit()).isZero();
        assertThat(result.stderr()).isEmpty();
        assertThat(Jvm.lines(directory.resolve("app.log")))
                .containsExactlyElementsOf(IntStream.range(0, Main.RECORDS)
                        .mapToObj(i -> "record " + i)
                        .toList());
    }

    @Test
    void whatAHookOfTheApplicationLogsIsWritten() throws Exception {
        Jvm.Result result = start("hook").await();

        assertThat(result.exit()).isZero();
        List<String> hooked = Jvm.lines(directory.resolve(Main.READY));
        assertThat(hooked).as("what the hook logged, of which some came late").hasSizeGreaterThan(1);
        List<String> expected = IntStream.range(0, hooked.size())
                .mapToObj(i -> "from the hook " + i)
                .toList();
        assertThat(result.stdout()).containsExactlyElementsOf(expected);
        assertThat(Jvm.lines(directory.resolve("app.log"))).containsExactlyElementsOf(expected);
    }

    private Jvm.Running start(String end) throws Exception {
        return Jvm.of(directory, Main.class, end).configuration(CONFIGURATION).start();
    }

    private void assertAllWritten(Jvm.Result result) {
        List<String> expected =
                IntStream.range(0, Main.RECORDS).mapToObj(i -> "record " + i).toList();
        assertThat(result.stdout()).containsExactlyElementsOf(expected);
        assertThat(Jvm.lines(directory.resolve("app.log"))).containsExactlyElementsOf(expected);
    }

    /** Logs, and ends as it is told without a word to Weir. */
    static final class Main {
        static final int RECORDS = 10_000;
        static final String READY = "ready";
        private static final Duration PATIENCE = Duration.ofSeconds(20);

        private Main() {}

        public static void main(String[] arguments) throws Exception {
            Logger logger = LoggerFactory.getLogger("any");
            if (arguments[0].equals("hook")) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> hook(logger)));
                return;
            }
            if (arguments[0].equals("again")) {
                Weir.current().close(PATIENCE);
                Weir.builder()
                        .overflow(OverflowPolicy.BLOCK)
                        .handler("file", FileHandler.of(Path.of("app.log"), TextFormatter.of("%(message)s")))
                        .install();
            }
            for (int i = 0; i < RECORDS; i++) {
                logger.info("record {}", i);
            }
            switch (arguments[0]) {
                case "exit" -> System.exit(3);
                case "throw" -> throw new IllegalStateException("the end");
                case "wait" -> {
                    Files.createFile(Path.of(READY));
                    if (!new CountDownLatch(1).await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                        throw new IllegalStateException("no signal has come");
                    }
                }
                default -> {}
            }
        }

        /** Logs until Weir has ended, and a little longer; leaves a line for each record. */
        private static void hook(Logger logger) {
            StringBuilder logged = new StringBuilder();
            long begun = System.nanoTime();
            for (int i = 0, late = 0; late < 3; i++) {
                logger.info("from the hook {}", i);
                logged.append(i).append('\n');
                late += Weir.current().stats().late(Level.INFO) > 0 ? 1 : 0;
                if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw new IllegalStateException("Weir has not ended");
                }
            }
            try {
                Files.writeString(Path.of(READY), logged);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
