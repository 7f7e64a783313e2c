package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Weir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGHUP, in processes of its own: what it does on request, and what without. */
@Timeout(120)
class HangupTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    /** What a process ends with that SIGHUP has ended. */
    private static final int ENDED = 128 + 1;

    private static final int SIGNALS = 1_000;

    @TempDir
    Path directory;

    private Jvm.Running running;

    @AfterEach
    void end() {
        if (running != null) {
            running.process().destroyForcibly();
        }
    }

    /** Logs now and then until it is told to end. */
    static final class Logging {
        public static void main(String[] arguments) {
            Path stop = Path.of("stop");
            Weir.logger("any").info("first");
            while (Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread ->
                            thread.getName().equals("weir-reload") && thread.getState() == Thread.State.WAITING)) {
                Thread.onSpinWait(); // until it listens
            }
            System.out.println("ready");
            for (int i = 0; !Files.exists(stop); i++) {
                Weir.logger("any").info("{}", i);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
            Weir.current().close(PATIENCE);
        }
    }

    private static String configuration(String triggers, String more) {
        return "reload-on: " + triggers + "\nhandlers:\n"
                + "  app: { type: file, path: app.log, watch: false, formatter: { type: text, format: \"%(message)s\" } }\n"
                + more;
    }

    private static String added(int number) {
        return "  added" + number + ": { type: file, path: added" + number + ".log }\n";
    }

    private void begin(Jvm jvm) throws IOException {
        running = jvm.start();
        await(() -> assertThat(Jvm.lines(running.stdoutFile())).contains("ready"));
    }

    private static void await(ThrowingRunnable assertion) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).untilAsserted(assertion);
    }

    private Jvm jvm(String configuration) throws IOException {
        return Jvm.of(directory, Logging.class).configuration(configuration);
    }

    private void hangUp() throws Exception {
        assertThat(shell("kill -HUP " + running.process().pid())).isZero();
    }

    private static int shell(String command) throws Exception {
        return new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor();
    }

    private Jvm.Result stop() throws Exception {
        Files.createFile(directory.resolve("stop"));
        return running.await();
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    @Test
    void onRequestItReadsTheFileAgainAndOpensFilesAnew() throws Exception {
        begin(jvm(configuration("[sighup]", "")));
        Files.writeString(file("weir.yaml"), configuration("[sighup]", added(1)));
        Files.move(file("app.log"), file("app.log.1"));
        long size = Files.size(file("app.log.1"));
        await(() -> assertThat(Files.size(file("app.log.1"))).isGreaterThan(size)); // nobody looks
        assertThat(file("added1.log")).doesNotExist();

        hangUp();

        await(() -> assertThat(file("app.log")).exists());
        await(() -> assertThat(file("added1.log")).exists());
        Jvm.Result result = stop();
        assertThat(result.exit()).isZero();
        assertThat(result.stderr())
                .singleElement()
                .asString()
                .endsWith("weir.yaml was read again: handlers kept app; added added1");
        List<String> all = Jvm.lines(file("app.log.1"));
        all.addAll(Jvm.lines(file("app.log")));
        assertThat(all).first().isEqualTo("first");
        for (int i = 1; i < all.size(); i++) {
            assertThat(all.get(i)).isEqualTo(String.valueOf(i - 1));
        }
    }

    @Test
    void withoutRequestItEndsTheProcess() throws Exception {
        begin(jvm(configuration("[file]", "")));

        hangUp();

        assertThat(running.await().exit()).isEqualTo(ENDED);
    }

    @Test
    void endsTheProcessAgainOnceNobodyWantsItAnyMore() throws Exception {
        begin(jvm(configuration("[sighup]", "")));
        hangUp();
        await(() -> assertThat(Jvm.lines(running.stderrFile())).hasSize(1));
        Files.writeString(file("weir.yaml"), configuration("[file]", added(1)));

        hangUp();
        await(() -> assertThat(file("added1.log")).exists());
        await(() -> {
            if (running.process().isAlive()) {
                hangUp(); // it is given back after the reload
            }
            assertThat(running.process().isAlive()).isFalse();
        });

        assertThat(running.await().exit()).isEqualTo(ENDED);
    }

    @Test
    void aStormOfSignalsCostsFewReloadsAndTheLastContentHolds() throws Exception {
        begin(jvm(configuration("[sighup]", "")));
        String kill = "kill -HUP " + running.process().pid() + "; ";
        String burst = "i=0; while [ $i -lt " + SIGNALS / 2 / 4 + " ]; do " + kill.repeat(4)
                + "sleep 0.001; i=$((i+1)); done"; // else the system makes one of them
        long begun = System.nanoTime();

        assertThat(shell(burst)).isZero();
        Files.writeString(file("new"), configuration("[sighup]", added(7)));
        Files.move(file("new"), file("weir.yaml"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(shell(burst)).isZero();

        await(() -> assertThat(file("added7.log")).exists());
        double seconds = (System.nanoTime() - begun) / 1e9;
        Jvm.Result result = stop();
        System.out.printf(
                "reload: %d signals in %.1f s, %d reloads%n",
                SIGNALS, seconds, result.stderr().size());
        assertThat(result.exit()).isZero();
        assertThat(result.stderr())
                .hasSizeLessThan(3 + (int) (2 * seconds))
                .allMatch(line -> line.contains("was read again"));
    }

    // where it cannot be had

    @Test
    void saysThatItCannotBeHadWithoutSignals() throws Exception {
        begin(jvm(configuration("[sighup]", "")).options("-Xrs"));

        assertThat(stop().stderr())
                .singleElement()
                .asString()
                .startsWith("weir: reload-on: sighup cannot be had: ")
                .contains("a JVM without -Xrs");
    }

    @Test
    void saysThatItCannotBeHadUnderNohup() throws Exception {
        begin(jvm(configuration("[sighup]", "")).within(List.of("sh", "-c", "trap '' HUP; exec \"$@\"", "sh")));

        hangUp();
        long size = Files.size(file("app.log"));
        await(() -> assertThat(Files.size(file("app.log"))).isGreaterThan(size));

        assertThat(stop().stderr())
                .singleElement()
                .asString()
                .endsWith("cannot be had: the process ignores it (expected: a start without nohup)");
    }

    @Test
    void saysThatItCannotBeHadWithoutItsModule() throws Exception {
        begin(jvm(configuration("[sighup]", "")).options("--limit-modules", "java.base"));

        assertThat(stop().stderr())
                .singleElement()
                .asString()
                .endsWith("cannot be had: there is no sun.misc.Signal (expected: --add-modules jdk.unsupported)");
    }
}
