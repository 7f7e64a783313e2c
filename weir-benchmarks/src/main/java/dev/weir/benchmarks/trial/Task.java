package dev.weir.benchmarks.trial;

import dev.weir.benchmarks.peer.Peer;
import dev.weir.benchmarks.peer.Policy;
import dev.weir.benchmarks.peer.Setup;
import dev.weir.benchmarks.peer.Shape;
import dev.weir.benchmarks.peer.Sink;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a process is to measure, as the arguments of its command line.
 *
 * @param peer whom
 * @param of what
 * @param file the file to write; null for none
 * @param pipe the named pipe to write; null for none
 * @param warmUpMillis how long to log before
 * @param millis how long to measure, about
 * @param mostBytes how long the file may become
 */
public record Task(
        Peer peer, Case of, @Nullable Path file, @Nullable Path pipe, long warmUpMillis, long millis, long mostBytes) {
    /** The arguments that {@link #of(String[])} reads. */
    List<String> arguments() {
        return List.of(
                "peer=" + peer.name(),
                "kind=" + of.kind().name(),
                "sink=" + of.sink().name(),
                "shape=" + of.shape().name(),
                "policy=" + of.policy().name(),
                "threads=" + of.threads(),
                "virtual=" + of.virtual(),
                "load=" + of.load().name(),
                "hangs=" + of.hangs(),
                "file=" + (file == null ? "" : file),
                "pipe=" + (pipe == null ? "" : pipe),
                "warmUpMillis=" + warmUpMillis,
                "millis=" + millis,
                "mostBytes=" + mostBytes);
    }

    static Task of(String[] arguments) {
        Map<String, String> values = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            values.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        Case of = new Case(
                Kind.valueOf(value(values, "kind")),
                Sink.valueOf(value(values, "sink")),
                Shape.valueOf(value(values, "shape")),
                Policy.valueOf(value(values, "policy")),
                Integer.parseInt(value(values, "threads")),
                Boolean.parseBoolean(value(values, "virtual")),
                Load.valueOf(value(values, "load")),
                Boolean.parseBoolean(value(values, "hangs")));
        return new Task(
                Peer.valueOf(value(values, "peer")),
                of,
                path(value(values, "file")),
                path(value(values, "pipe")),
                Long.parseLong(value(values, "warmUpMillis")),
                Long.parseLong(value(values, "millis")),
                Long.parseLong(value(values, "mostBytes")));
    }

    private static String value(Map<String, String> values, String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException(key + ": missing (expected: a value)");
        }
        return value;
    }

    private static @Nullable Path path(String text) {
        return text.isEmpty() ? null : Path.of(text);
    }

    /** What the backend is set up for. */
    public Setup setup() {
        return new Setup(of.sink(), of.shape(), of.policy(), file, pipe);
    }

    long warmUpNanos() {
        return TimeUnit.MILLISECONDS.toNanos(warmUpMillis);
    }

    long nanos() {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
