package dev.weir.examples;

import dev.weir.Level;
import dev.weir.Stats;
import dev.weir.Weir;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A collector, which is a process of its own, is killed and comes back while four threads log at all levels. At the end the
 * collector's own count is compared with the account, and the scene fails if they differ.
 */
final class OutageScene {
    private static final int PER_SECOND = 10_000;
    private static final long SECONDS_BEFORE = 2;
    private static final long SECONDS_GONE = Long.getLong("outage.seconds", 5);
    private static final long SECONDS_AFTER = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private OutageScene() {}

    static void run() throws Exception {
        Path collected = Files.createTempFile("weir-collected", ".json");
        try {
            run(collected);
        } finally {
            Files.deleteIfExists(collected);
        }
    }

    private static void run(Path collected) throws Exception {
        CollectorChild collector = new CollectorChild("0", collected);
        System.setProperty("collector.port", collector.port());
        Load load = new Load(PER_SECOND, Long.MAX_VALUE);
        LiveTable table = new LiveTable(() -> Weir.current().stats());
        TimeUnit.SECONDS.sleep(SECONDS_BEFORE);
        System.err.println("outage: the collector is killed");
        collector.kill();
        TimeUnit.SECONDS.sleep(SECONDS_GONE);
        System.err.println("outage: the collector is back");
        collector = new CollectorChild(collector.port(), collected);
        TimeUnit.SECONDS.sleep(SECONDS_AFTER);
        load.end();
        Weir.current().close(PATIENCE);
        table.end();
        Stats stats = Weir.current().stats();
        boolean right = AccountTable.print(stats);
        boolean agreed = agrees(stats, load, collector.count());
        collector.end();
        if (!right || !agreed) {
            System.err.println("outage: the account does not add up");
            System.exit(1);
        }
    }

    /** Every record is at the collector or was dropped or refused for a reason. */
    private static boolean agrees(Stats stats, Load load, String count) {
        boolean right = true;
        System.err.printf("%n%-10s %10s %10s %10s %10s%n", "level", "logged", "collected", "dropped", "refused");
        for (Level level : Level.values()) {
            Matcher found = Pattern.compile("\"" + level + "\":(\\d+)").matcher(count);
            long collected = (found.find() ? Long.parseLong(found.group(1)) : 0) - stats.synthetic("collector", level);
            long dropped = stats.dropped("collector", level);
            long refused = stats.refused(level);
            long logged = load.logged(level);
            if (logged > 0) {
                System.err.printf("%-10s %10d %10d %10d %10d%n", level, logged, collected, dropped, refused);
            }
            right &= logged == collected + dropped + refused;
        }
        return right;
    }

    /** A {@link Collector} in a process of its own. */
    private static final class CollectorChild {
        private final Process process;
        private final Writer commands;
        private final BufferedReader answers;
        private final String port;

        CollectorChild(String wanted, Path collected) throws IOException {
            process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Collector.class.getName(),
                            wanted,
                            collected.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            commands = process.outputWriter(StandardCharsets.UTF_8);
            answers = process.inputReader(StandardCharsets.UTF_8);
            port = String.valueOf(answers.readLine()).replaceAll("\\D", "");
        }

        String port() {
            return port;
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        String count() throws IOException {
            commands.write("count\n");
            commands.flush();
            return String.valueOf(answers.readLine());
        }

        void end() throws IOException, InterruptedException {
            commands.close();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }
}
