package dev.weir.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * From the call to the line in a JSON file: Weir and its peers, all so set up that they lose nothing, each in a process
 * of its own, in rounds so that all meet the same noise. Prints a Markdown table.
 *
 * <pre>
 * --quick            shorter measurements, for a look
 * --rounds N         how often each is measured; 5, quick 3
 * --only A,B         these of WEIR, LOG4J_ASYNC, LOG4J_SYNC, LOGBACK, TINYLOG
 * --skip-latency     throughput only
 * --dir D            where the files are written; /dev/shm if there is one, so that no disk decides, or else the
 *                    system's temporary directory
 * --jvm OPTION       one more option for every process; may be repeated
 * --write FILE       puts the table into a Markdown file, between its marks
 * </pre>
 */
public final class EndToEnd {
    private static final List<String> JVM = List.of("-Xms1g", "-Xmx1g", "-XX:+UseG1GC", "-XX:+AlwaysPreTouch");
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long MOST_FILE_MEGABYTES = 2048;
    private static final long TOUCHED_MEGABYTES_MORE = 1536; // the heap, too, and then some
    private static final long PATIENCE_SECONDS = 120;

    private final Options options;
    private final Results results = new Results();

    private EndToEnd(Options options) {
        this.options = options;
    }

    /** What the command line says. */
    private static final class Options {
        private final List<String> jvm = new ArrayList<>(JVM);
        private List<Contender> contenders = List.of(Contender.values());
        private boolean quick;
        private boolean latency = true;
        private int rounds;
        private Path directory = Files.isDirectory(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
        private String document = "";

        Options(String[] args) {
            int i = 0;
            while (i < args.length) {
                switch (args[i++]) {
                    case "--quick" -> quick = true;
                    case "--skip-latency" -> latency = false;
                    case "--rounds" -> rounds = Integer.parseInt(args[i++]);
                    case "--only" ->
                        contenders = Arrays.stream(args[i++].split(",", -1))
                                .map(Contender::valueOf)
                                .toList();
                    case "--dir" -> directory = Path.of(args[i++]);
                    case "--jvm" -> jvm.add(args[i++]);
                    case "--write" -> document = args[i++];
                    default ->
                        throw new IllegalArgumentException(args[i - 1]
                                + " (expected: --quick, --rounds, --only, --skip-latency, --dir, --jvm or --write)");
                }
            }
            rounds = rounds > 0 ? rounds : quick ? 3 : 5;
        }
    }

    /**
     * Measures and prints.
     *
     * @param args as the class says
     * @throws Exception if a process cannot be started or its file not be read
     */
    public static void main(String[] args) throws Exception {
        new EndToEnd(new Options(args)).run("EndToEnd " + String.join(" ", args));
    }

    private void run(String command) throws IOException, InterruptedException {
        for (int round = 1; round <= options.rounds; round++) {
            results.load(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
            for (Contender contender : options.contenders) {
                measure(round, contender, "throughput", 1);
                measure(round, contender, "throughput", 2);
                if (options.latency) {
                    measure(round, contender, "latency", 1);
                }
            }
        }
        String table = results.markdown(options.contenders, String.join(" ", options.jvm), command.strip());
        System.out.println(table);
        if (!options.document.isEmpty()) {
            Results.replaceIn(Path.of(options.document), table);
        }
    }

    private void measure(int round, Contender contender, String kind, int threads)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile(options.directory, "weir-bench-", ".json");
        try {
            touchMemoryOf(file);
            Map<String, String> result = fork(contender, file, kind, threads);
            results.add(contender, kind, threads, result);
            System.err.println(
                    "round " + round + ", " + contender.title() + ", " + kind + ", " + threads + ": " + result);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /**
     * Writes as much as the trial will and cuts it off again. A virtual machine pays several times as much for the
     * first touch of a page of memory as for the next, and who pays should not depend on who was measured before.
     */
    private static void touchMemoryOf(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocateDirect(1 << 20);
            for (long megabytes = 0; megabytes < MOST_FILE_MEGABYTES + TOUCHED_MEGABYTES_MORE; megabytes++) {
                channel.write(block.clear());
            }
            channel.truncate(0);
        }
    }

    private Map<String, String> fork(Contender contender, Path file, String kind, int threads)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(contender, file, kind, threads))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread limit = new Thread(() -> destroyLate(process), "limit");
        limit.setDaemon(true);
        limit.start();
        Map<String, String> result = new TreeMap<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("RESULT ")) {
                    for (String pair : line.substring("RESULT ".length()).split(" ", -1)) {
                        result.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
                    }
                } else {
                    System.err.println(line);
                }
            }
        }
        if (process.waitFor() != 0 || result.isEmpty()) {
            throw new IllegalStateException(contender + ": exit " + process.exitValue() + " (expected: a result)");
        }
        return result;
    }

    private static void destroyLate(Process process) {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
        }
    }

    private List<String> command(Contender contender, Path file, String kind, int threads) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options.jvm);
        command.add("-Dbench.file=" + file);
        contender.properties().forEach(property -> command.add("-D" + property));
        command.add("-cp");
        command.add(contender.classPath(System.getProperty("java.class.path")));
        command.add(Trial.class.getName());
        command.add(contender.name());
        command.add(file.toString());
        command.add(kind);
        command.add(String.valueOf(threads));
        command.add(options.quick ? "2500" : "5000");
        command.add(options.quick ? "1500" : "4000");
        command.add(String.valueOf(MOST_FILE_MEGABYTES));
        return command;
    }
}
