package dev.weir.handler;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A file that is appended to by whole batches. A regular one holds each committed batch once, and nothing of one that failed
 * when {@link #cutBack} has returned; another kind of file (a device, a pipe) cannot be cut. Used by one thread.
 *
 * <pre>
 *  open ─► ( write ─► commit | write ─► cutBack )… ─► close
 * </pre>
 *
 * <p>Whoever else appends to the file or cuts it is not hurt: a write goes to the end, wherever that is, and ends with a
 * line, unless one alone is too long for it; what others write is never cut off, and a file that has grown by their hand cannot be
 * cut back. An interrupt that is pending is set aside for the time of a call; one that arrives
 * while the file is written closes the channel, which is opened again and the batch begun anew. The status stays set.
 */
final class LogFile {
    /** A write in progress shows in the file's size bit by bit, for as long as its thread does not run. */
    private static final int LOOKS = 20;

    private static final long BETWEEN_LOOKS_NANOS = 250_000;

    private final FileAccess access;
    private final DirectChunk chunk;
    private final ByteBuffer lineEnd = ByteBuffer.allocateDirect(1).put(0, (byte) '\n');
    private Path path;

    /** Only the first open truncates: what was written since is never lost by opening again. */
    private boolean truncates;

    private @Nullable FileChannel channel;
    private boolean regular;
    /** Which file it is, whatever its name; null if the file system does not say. */
    private @Nullable Object key;
    /** The length the file had after the last commit. */
    private long committed;
    /** How much of the batch at hand is in the file. */
    private long uncommitted;
    /** The file ends within a line that is not ours to finish. */
    private boolean torn;

    /**
     * A file that is not open yet.
     *
     * @param truncates whether it begins empty, whatever is in it
     */
    LogFile(Path path, boolean truncates, FileAccess access, DirectChunk chunk) {
        this.path = path;
        this.truncates = truncates;
        this.access = access;
        this.chunk = chunk;
    }

    /** Opens it, anew if it is open; a file that is missing is created. */
    void open() throws IOException {
        close();
        uninterrupted(() -> {
            FileChannel opened = openChannel();
            if (uncommitted > 0) {
                cutBack(opened);
            } else {
                begin(opened);
            }
        });
    }

    /** Opens what has its name now, while all is committed; if that fails, it goes on with what is open. */
    void reopen() throws IOException {
        uninterrupted(() -> {
            FileChannel before = channel;
            FileChannel opened = openChannel();
            try {
                begin(opened);
            } finally {
                if (before != null) {
                    before.close();
                }
            }
        });
    }

    /** Appends to whatever it finds. */
    void keepContent() {
        truncates = false;
    }

    boolean isOpen() {
        return channel != null;
    }

    /** Where it is, as far as this process knows. */
    Path path() {
        return path;
    }

    /** Whether it is a file that has a length and can be cut and renamed. */
    boolean isRegular() {
        return regular;
    }

    /** The bytes that are committed, as far as this process knows, and the line end that is missing. */
    long length() {
        return torn ? committed + 1 : committed;
    }

    /** Whether what has its name now is not this file any more. */
    boolean isMoved() {
        if (!regular || key == null || channel == null) {
            return false;
        }
        try {
            return !key.equals(keyOf(path));
        } catch (NoSuchFileException gone) {
            return true;
        } catch (IOException unknown) {
            return false; // writing will tell
        }
    }

    /** Gives it another name, which nobody has; it stays open. */
    void renameTo(Path target) throws IOException {
        Files.move(path, target);
        path = target;
    }

    /**
     * Writes all of a batch that is not committed then; what an earlier attempt has left is cut off first.
     *
     * @param forced whether the batch is to be on the device afterwards
     */
    void write(byte[] array, int from, int to, boolean forced) throws IOException {
        uninterrupted(() -> {
            FileChannel open = channel;
            if (open == null || uncommitted > 0) {
                open = open == null ? openChannel() : open;
                cutBack(open);
            }
            if (torn) {
                write(lineEnd.clear(), open);
            }
            for (int at = from, end; at < to; at = end) {
                end = writeEnd(array, at, to);
                write(chunk.of(array, at, end - at), open);
            }
            if (forced) {
                open.force(false);
            }
        });
    }

    /** A write ends with a line if it can, since what others append may come between two of them. */
    private static int writeEnd(byte[] array, int from, int to) {
        if (to - from <= DirectChunk.BYTES) {
            return to;
        }
        int most = from + DirectChunk.BYTES;
        int end = most;
        while (end > from && array[end - 1] != '\n') {
            end--;
        }
        return end == from ? most : end;
    }

    private void write(ByteBuffer source, FileChannel open) throws IOException {
        while (source.hasRemaining()) {
            int before = source.position();
            try {
                open.write(source);
            } finally {
                uncommitted +=
                        source.position() - before; // an interrupted write may have written some and still throws
            }
        }
    }

    /**
     * Makes what was written the file's own.
     *
     * @return its bytes
     */
    long commit() {
        long bytes = uncommitted;
        committed += bytes;
        uncommitted = 0;
        torn &= bytes == 0;
        return bytes;
    }

    /** Whether all that is in it is committed, and that is not nothing. */
    boolean isCommitted() {
        return uncommitted == 0 && committed > 0;
    }

    /** Takes what is uncommitted out of the file, which it opens if an interrupt has closed it; may be tried again. */
    void cutBack() throws IOException {
        uninterrupted(() -> cutBack(channel == null ? openChannel() : channel));
    }

    private void cutBack(FileChannel open) throws IOException {
        if (regular) {
            long size = open.size();
            if (size == committed + uncommitted) {
                open.truncate(committed);
            } else {
                settle(open);
            }
        } else {
            torn |= uncommitted > 0;
        }
        uncommitted = 0;
    }

    /** Somebody else has written to the file, or cut it: only the line at its end may have to be finished. */
    private void settle(FileChannel open) throws IOException {
        torn = isLeftWithinLine(open);
        committed = open.size();
    }

    /** Has the device keep what is committed. */
    void force() throws IOException {
        uninterrupted(() -> {
            if (channel != null) {
                channel.force(false);
            }
        });
    }

    /** Closes it; it may be opened again. */
    void close() throws IOException {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }

    // opening

    private FileChannel openChannel() throws IOException {
        FileChannel opened = access.append(path);
        channel = opened;
        regular = Files.isRegularFile(path);
        key = regular ? keyOf(path) : null;
        return opened;
    }

    private static @Nullable Object keyOf(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    private void begin(FileChannel opened) throws IOException {
        if (regular && truncates) {
            opened.truncate(0);
        }
        truncates = false;
        if (regular) {
            settle(opened);
        } else {
            committed = 0;
        }
    }

    /** Whether the file ends within a line, which nobody is just writing: such a one ends soon. */
    private boolean isLeftWithinLine(FileChannel open) throws IOException {
        for (int looks = 0; looks < LOOKS; looks++) {
            if (!endsWithinLine(open.size())) {
                return false;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
        return true;
    }

    /** Looks at the last byte by a channel of its own, as an appending one cannot read. */
    private boolean endsWithinLine(long size) throws ClosedByInterruptException {
        if (size == 0) {
            return false;
        }
        ByteBuffer last = ByteBuffer.allocate(1);
        try (FileChannel reading = FileChannel.open(path, StandardOpenOption.READ)) {
            return reading.read(last, size - 1) == 1 && last.get(0) != '\n';
        } catch (ClosedByInterruptException interrupted) {
            throw interrupted;
        } catch (IOException unreadable) {
            return torn; // a file that may be written and not read: nothing to be known
        }
    }

    private void uninterrupted(Uninterrupted.Step step) throws IOException {
        Uninterrupted.run(() -> {
            try {
                step.run();
            } catch (ClosedByInterruptException closed) {
                channel = null;
                throw closed;
            }
        });
    }
}
