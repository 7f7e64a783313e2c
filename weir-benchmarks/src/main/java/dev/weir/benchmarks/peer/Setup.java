package dev.weir.benchmarks.peer;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a backend is to be set up for.
 *
 * @param sink format and kind of the sink
 * @param shape what will be logged, for those who have to name the fields
 * @param policy what a full queue does
 * @param file the file to write; null for {@link Sink#NULL}, or if there is only a pipe
 * @param pipe a named pipe to write as well, or alone; null for none
 */
public record Setup(
        Sink sink,
        Shape shape,
        Policy policy,
        @Nullable Path file,
        @Nullable Path pipe) {}
