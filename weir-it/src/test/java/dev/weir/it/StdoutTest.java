package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.Weir;
import dev.weir.handler.ConsoleHandler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Nobody reads the standard output of a process: neither its callers nor its other handlers notice. */
class StdoutTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final String CONFIGURATION = """
            version: 1
            queue: { capacity: 64MiB, overflow: drop-oldest }
            handlers:
              stdout: { type: console }
              file: { type: file, path: app.log, formatter: { type: text, format: '%(message)s' } }
            """;

    @TempDir
    Path directory;

    @Test
    void aPipeThatIsNeverReadStopsNobody() throws Exception {
        Jvm.Running running = start();

        Jvm.Result result = running.await();

        assertThat(result.exit()).isZero();
        assertFileHasAll();
        running.process().destroy(); // nothing but its pipe is left
    }

    @Test
    void aPipeWhoseReaderHasGoneStopsNobodyAndIsReported() throws Exception {
        Jvm.Running running = start();
        running.process().getInputStream().close();

        Jvm.Result result = running.await();

        assertThat(result.exit()).isZero();
        assertThat(result.stderr()).anyMatch(line -> line.startsWith("weir: handler stdout failed to write"));
        assertFileHasAll();
    }

    /** As in {@code java … | head -1}. */
    @Test
    void aReaderThatWantsTheFirstLineOnlyEndsNothing() throws Exception {
        Jvm.Running running = start();
        try (BufferedReader reader = running.process().inputReader()) {
            assertThat(reader.readLine()).contains(Main.message(0));
        }

        Jvm.Result result = running.await();

        assertThat(result.exit()).isZero();
        assertThat(result.stderr()).anyMatch(line -> line.startsWith("weir: handler stdout failed to write"));
        assertFileHasAll();
    }

    @Test
    void aPipeThatIsNeverReadHoldsTheEndForItsDeadlineAtMost() throws Exception {
        Jvm.Running running = start("by-itself");
        assertFileHasAll();
        long begun = System.nanoTime();

        Jvm.Result result = running.await();
        Duration held = Duration.ofNanos(System.nanoTime() - begun);

        assertThat(result.exit()).isZero();
        assertThat(result.stderr()).anyMatch(line -> line.startsWith("weir: handler stdout did not finish in time"));
        assertThat(held).isLessThan(DEADLINE.plusSeconds(3)); // half a second, and patience with a busy machine
    }

    @Test
    void aSlowReaderGetsLongLinesWhole() throws Exception {
        Jvm.Running running = Jvm.of(directory, LongLines.class).stdoutByPipe().start();
        int lines = 0;
        try (InputStream in = running.process().getInputStream()) {
            byte[] some = new byte[16 << 10];
            int inLine = 0;
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(500));
                for (int i = 0; i < read; i++) {
                    if (some[i] == '\n') {
                        assertThat(inLine).isEqualTo(LongLines.LENGTH);
                        lines++;
                        inLine = 0;
                    } else {
                        assertThat(some[i] == 'a' + lines).isTrue();
                        inLine++;
                    }
                }
            }
        }

        assertThat(running.await().exit()).isZero();
        assertThat(lines).isEqualTo(LongLines.LINES);
    }

    /** Writes lines that are many times as long as a pipe, each of a letter of its own. */
    static final class LongLines {
        static final int LINES = 12;
        static final int LENGTH = 1 << 20;

        private LongLines() {}

        public static void main(String[] arguments) {
            Weir weir = Weir.builder()
                    .handler("stdout", ConsoleHandler.stdout((record, out) -> {
                        byte letter = (byte) record.message().charAt(0);
                        for (int i = 0; i < LENGTH; i++) {
                            out.put(letter);
                        }
                        out.put('\n');
                    }))
                    .start();
            for (int i = 0; i < LINES; i++) {
                weir.loggerOf("any").info(Character.toString('a' + i));
            }
            weir.close(PATIENCE);
        }
    }

    private Jvm.Running start(String... arguments) throws IOException {
        return Jvm.of(directory, Main.class, arguments)
                .configuration(CONFIGURATION)
                .stdoutByPipe()
                .start();
    }

    private void assertFileHasAll() {
        await().atMost(PATIENCE).until(() -> Files.exists(directory.resolve(Main.DONE)));
        List<String> expected =
                IntStream.range(0, Main.RECORDS).mapToObj(Main::message).toList();
        Path log = directory.resolve("app.log");
        await().atMost(PATIENCE).until(() -> Jvm.lines(log).size() >= expected.size()); // written after it is logged
        assertThat(Jvm.lines(log)).containsExactlyElementsOf(expected);
    }

    /** Logs more than a pipe holds, and says when it is through. */
    static final class Main {
        static final int RECORDS = 30_000;
        static final String DONE = "done";

        private Main() {}

        static String message(int number) {
            return "record " + number + " of many, each long enough to fill a pipe of 64 KiB soon";
        }

        public static void main(String[] arguments) throws IOException {
            Logger logger = LoggerFactory.getLogger("any");
            for (int i = 0; i < RECORDS; i++) {
                logger.info(message(i));
            }
            Files.createFile(Path.of(DONE));
            if (arguments.length == 0) {
                Weir.current().close(Duration.ofSeconds(1)); // by itself the end waits longer for who is stuck
            }
        }
    }
}
