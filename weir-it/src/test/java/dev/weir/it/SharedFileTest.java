package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Weir;
import dev.weir.handler.RotatingFileHandler;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One log file of several processes. */
@Timeout(120)
class SharedFileTest {
    private static final int PROCESSES = 3;
    private static final String SHARED = """
            version: 1
            queue: { capacity: 16MiB, overflow: block }
            handlers:
              file: { type: file, path: ../app.log, formatter: { type: text, format: '%(message)s' } }
            """;

    @TempDir
    Path directory;

    @Test
    void tearsNoLine() throws Exception {
        List<Jvm.Running> processes = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(Jvm.of(Files.createDirectory(directory.resolve("p" + i)), Main.class, Integer.toString(i))
                    .configuration(SHARED)
                    .start());
        }
        for (Jvm.Running running : processes) {
            Jvm.Result result = running.await();
            assertThat(result.exit()).as(result.toString()).isZero();
        }

        int[] next = new int[PROCESSES];
        int changes = 0;
        int last = 0;
        try (BufferedReader lines = Files.newBufferedReader(directory.resolve("app.log"))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int process = line.charAt(0) - '0';
                assertThat(line).isEqualTo(Main.line(process, next[process]++));
                changes += process == last ? 0 : 1;
                last = process;
            }
        }
        assertThat(next).containsOnly(Main.LINES);
        assertThat(changes).as("batches of the one between those of the other").isGreaterThan(10);
    }

    @Test
    void tellsASecondProcessThatWouldRotateWhatToDo() throws Exception {
        Path log = directory.resolve("app.log");
        Weir first = Weir.builder()
                .handler("file", RotatingFileHandler.builder(log).size(1 << 20).build())
                .start();
        first.loggerOf("any").info("opens it");
        first.flush(Duration.ofSeconds(30));

        Jvm.Result second = Jvm.of(Files.createDirectory(directory.resolve("second")), Main.class, "none")
                .configuration(SHARED.replace("../app.log", "../app.log, rotate: { size: 1MiB }"))
                .run();
        first.close(Duration.ofSeconds(30));

        assertThat(second.stderr())
                .anyMatch(line -> line.contains("app.log: is rotated by another process, "
                        + ProcessHandle.current().pid()
                        + " (expected: one that rotates a file; others may append to it without \"rotate\")"));
        assertThat(Jvm.lines(log)).hasSize(1);
    }

    /** Logs lines of all lengths as fast as it can, in batches of far more than one write. */
    static final class Main {
        static final int LINES = 40_000;
        private static final int LONGEST = 3000;
        private static final String FILL = "0123456789".repeat(LONGEST / 10);

        private Main() {}

        static String line(int process, int number) {
            return process + " " + number + " " + FILL.substring(0, number * 7919 % LONGEST);
        }

        public static void main(String[] arguments) throws IOException {
            Logger logger = LoggerFactory.getLogger("any");
            int lines = arguments[0].equals("none") ? 0 : LINES;
            for (int i = 0; i < lines; i++) {
                logger.info(line(Integer.parseInt(arguments[0]), i));
            }
        }
    }
}
