package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.Weir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Nobody reads the standard output of a process: neither its callers nor its other handlers notice. */
class StdoutTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
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

    private Jvm.Running start() throws IOException {
        return Jvm.of(directory, Main.class)
                .configuration(CONFIGURATION)
                .stdoutByPipe()
                .start();
    }

    private void assertFileHasAll() {
        await().atMost(PATIENCE).until(() -> Files.exists(directory.resolve(Main.DONE)));
        List<String> expected =
                IntStream.range(0, Main.RECORDS).mapToObj(Main::message).toList();
        assertThat(Jvm.lines(directory.resolve("app.log"))).containsExactlyElementsOf(expected);
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
            Weir.current().close(Duration.ofSeconds(1)); // by itself the end waits longer for who is stuck
        }
    }
}
