package dev.weir.handler;

import dev.weir.Level;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the last of a disk for the severe: below a mark TRACE and DEBUG are refused, below a half of it INFO, below a
 * quarter WARN; never ERROR and CRITICAL. Used by one thread.
 */
final class FreeSpace {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final long markBytes;
    private final Usable usable;
    private Level least = Level.TRACE;
    private long lookedNanos = System.nanoTime() - LOOK_NANOS;

    /** How much room there is. */
    interface Usable {
        long bytes() throws IOException;

        /** Of the disk that has a directory. */
        static Usable of(Path directory) {
            return () -> Files.getFileStore(directory).getUsableSpace();
        }
    }

    /**
     * A look at a disk, ten times a second at most.
     *
     * @param markBytes 0 to refuse nothing
     */
    FreeSpace(long markBytes, Usable usable) {
        this.markBytes = markBytes;
        this.usable = usable;
    }

    boolean refuses(LogRecord record) {
        if (markBytes == 0) {
            return false;
        }
        long now = System.nanoTime();
        if (now - lookedNanos >= LOOK_NANOS) {
            lookedNanos = now;
            least = look();
        }
        return record.level().compareTo(least) < 0;
    }

    private Level look() {
        try {
            long bytes = usable.bytes();
            if (bytes >= markBytes) {
                return Level.TRACE;
            }
            if (bytes >= markBytes / 2) {
                return Level.INFO;
            }
            return bytes >= markBytes / 4 ? Level.WARN : Level.ERROR;
        } catch (IOException unknown) {
            return Level.TRACE; // writing will tell
        }
    }
}
