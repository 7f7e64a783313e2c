package dev.weir.benchmarks.suite;

import dev.weir.benchmarks.DisabledBenchmark;
import dev.weir.benchmarks.peer.Configuration;
import dev.weir.benchmarks.peer.Peer;
import dev.weir.benchmarks.peer.Sink;
import dev.weir.benchmarks.trial.Case;
import dev.weir.benchmarks.trial.Kind;
import dev.weir.benchmarks.trial.StartUp;
import dev.weir.benchmarks.trial.Task;
import dev.weir.benchmarks.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes one measurement by a process of its own. */
final class Launcher {
    private static final long PATIENCE_SECONDS = 120;
    private static final long POLL_NANOS = 200_000;

    private final Options options;
    private final Function<Kind, Timing> timings;
    private final ClassPath classPath = new ClassPath(System.getProperty("java.class.path"));
    private final AtomicReference<@Nullable Fork> running = new AtomicReference<>();
    private final AtomicReference<@Nullable Scratch> used = new AtomicReference<>();

    Launcher(Options options) {
        this(options, kind -> Timing.of(kind, options.isQuick()));
    }

    Launcher(Options options, Function<Kind, Timing> timings) {
        this.options = options;
        this.timings = timings;
        Runtime.getRuntime().addShutdownHook(new Thread(this::cleanUp, "clean-up"));
    }

    /** What is left if the suite is interrupted: gigabytes, and a process that loads the machine. */
    private void cleanUp() {
        Fork fork = running.get();
        Scratch scratch = used.get();
        try {
            if (fork != null) {
                fork.destroy();
            }
            if (scratch != null) {
                scratch.close();
            }
        } catch (IOException failed) {
            System.err.println("not cleaned up: " + failed);
        }
    }

    Map<String, Double> measure(Case of, Peer peer) throws IOException, InterruptedException, Fork.Failed {
        try (Scratch scratch = new Scratch(options.directory())) {
            used.set(scratch);
            return switch (of.kind()) {
                case START_UP -> startUp(task(of.to(peer.preferredSink()), peer, scratch), scratch);
                case DISABLED -> disabled(task(of, peer, scratch), scratch);
                case OUTAGE, SECOND_SINK -> withPipe(task(of.to(peer.preferredSink()), peer, scratch), scratch);
                case ALLOCATION -> trial(task(of.to(peer.preferredSink()), peer, scratch), scratch, () -> {});
                case SUSTAINED, RESPONSE -> trial(task(of, peer, scratch), scratch, () -> {});
            };
        } finally {
            used.set(null);
            running.set(null);
        }
    }

    private Task task(Case of, Peer peer, Scratch scratch) {
        Timing timing = timings.apply(of.kind());
        boolean file = of.sink() != Sink.NULL && of.kind() != Kind.OUTAGE;
        boolean pipe = of.kind() == Kind.OUTAGE || of.kind() == Kind.SECOND_SINK;
        return new Task(
                peer,
                of,
                file ? scratch.resolve("log") : null,
                pipe ? scratch.resolve("pipe") : null,
                timing.warmUpMillis(),
                timing.millis(),
                timing.mostBytes());
    }

    private Map<String, Double> withPipe(Task task, Scratch scratch)
            throws IOException, InterruptedException, Fork.Failed {
        try (Pipe pipe = new Pipe(scratch.resolve("pipe"))) {
            return trial(task, scratch, pipe::hang);
        }
    }

    private Map<String, Double> trial(Task task, Scratch scratch, Runnable onHang)
            throws IOException, InterruptedException, Fork.Failed {
        if (task.file() != null) {
            scratch.touchMemory(timings.apply(task.of().kind()).touchedBytes());
        }
        List<String> command = java(task, classPath.of(task.peer()), scratch);
        command.add(Trial.class.getName());
        command.addAll(Trial.arguments(task));
        return start(new ProcessBuilder(command).redirectErrorStream(true)).result(onHang);
    }

    /** The time until the first byte is in the file, which is looked at from here. */
    private Map<String, Double> startUp(Task task, Scratch scratch)
            throws IOException, InterruptedException, Fork.Failed {
        List<String> command = java(task, classPath.of(task.peer()), scratch);
        command.add(StartUp.class.getName());
        command.addAll(List.of(StartUp.arguments(task)));
        Path file = scratch.resolve("log");
        Path stdout = task.peer() == Peer.LOGBACK_DEFAULT ? file : scratch.resolve("stdout");
        Path stderr = scratch.resolve("stderr");
        long begin = System.nanoTime();
        Fork fork = start(
                new ProcessBuilder(command).redirectOutput(stdout.toFile()).redirectError(stderr.toFile()));
        while (fork.isAlive() && isEmpty(file)) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        long wallNanos = System.nanoTime() - begin;
        Map<String, Double> values = new HashMap<>(fork.result(stderr));
        values.put("jarBytes", (double) classPath.jarBytes(task.peer()));
        if (!isEmpty(file)) {
            values.put("wallNanos", (double) wallNanos);
        }
        return values;
    }

    private static boolean isEmpty(Path file) throws IOException {
        return !Files.exists(file) || Files.size(file) == 0;
    }

    private Map<String, Double> disabled(Task task, Scratch scratch)
            throws IOException, InterruptedException, Fork.Failed {
        Path csv = scratch.resolve("jmh.csv");
        List<String> command = java(task, classPath.withJmhOf(task.peer()), scratch);
        command.addAll(DisabledBenchmark.arguments(csv, options.isQuick()));
        start(new ProcessBuilder(command).redirectErrorStream(true)).join();
        return DisabledBenchmark.scores(csv);
    }

    private Fork start(ProcessBuilder builder) throws IOException {
        Fork fork = Fork.start(builder, PATIENCE_SECONDS);
        running.set(fork);
        return fork;
    }

    /** The beginning of a command line: JVM, options, the backend's properties and configuration, class path. */
    private List<String> java(Task task, String entries, Scratch scratch) throws IOException {
        Path later = options.laterJdk();
        Path home = task.of().virtual() && later != null ? later : Path.of(System.getProperty("java.home"));
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/java").toString());
        command.addAll(options.jvm());
        Configuration configuration = task.peer().configuration(task.setup());
        Path file = scratch.resolve(configuration.fileName());
        if (!configuration.fileName().isEmpty()) {
            Files.writeString(file, configuration.text());
            keep(configuration, task);
        }
        configuration.properties(file).forEach(property -> command.add("-D" + property));
        if (task.of().kind() == Kind.DISABLED) {
            DisabledBenchmark.properties(task).forEach(property -> command.add("-D" + property));
        }
        command.add("-cp");
        command.add(entries);
        return command;
    }

    /** So that a reader of the report can see what ran. */
    private void keep(Configuration configuration, Task task) throws IOException {
        Path directory = options.out().resolve("configurations");
        Files.createDirectories(directory);
        String name = task.of().key().replace(' ', '-') + '-' + task.peer().word() + '-' + configuration.fileName();
        Files.writeString(directory.resolve(name), configuration.text());
    }
}
