package dev.weir.benchmarks.trial;

import dev.weir.benchmarks.peer.Discarded;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What has come out of the backend: a file that grows, or a count of what was discarded. */
final class Output {
    private static final long STABLE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final int BLOCK = 1 << 20;

    private final @Nullable Path file;

    Output(@Nullable Path file) {
        this.file = file;
    }

    /** A number that only grows: bytes of the file, or records. */
    long position() throws IOException {
        return file == null ? Discarded.records() : Files.exists(file) ? Files.size(file) : 0;
    }

    /** Waits until it grows no more; returns when it grew last. */
    long awaitStable() throws IOException, InterruptedException {
        long seen = position();
        long grown = System.nanoTime();
        while (System.nanoTime() - grown < STABLE_NANOS) {
            Thread.sleep(1);
            long now = position();
            if (now != seen) {
                seen = now;
                grown = System.nanoTime();
            }
        }
        return grown;
    }

    /** How many records there are from a position on. */
    long recordsFrom(long position) throws IOException {
        if (file == null) {
            return Discarded.records() - position;
        }
        long lines = 0;
        byte[] bytes = new byte[BLOCK];
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(position);
            for (int read = in.read(bytes); read > 0; read = in.read(bytes)) {
                for (int i = 0; i < read; i++) {
                    if (bytes[i] == '\n') {
                        lines++;
                    }
                }
            }
        }
        return lines;
    }

    /** Makes sure that the beginning of the file has what each record is to have. */
    void check(List<String> evidence) throws IOException {
        if (file == null) {
            return;
        }
        String beginning;
        try (InputStream in = Files.newInputStream(file)) {
            beginning = new String(in.readNBytes(BLOCK / 16), StandardCharsets.UTF_8);
        }
        for (String text : evidence) {
            if (!beginning.contains(text)) {
                String line = beginning.lines().findFirst().orElse("nothing");
                throw new IllegalStateException(line + " (expected: with " + text + ')');
            }
        }
    }
}
