package dev.weir.handler;

import dev.weir.format.Formatter;
import dev.weir.format.JsonFormatter;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Appends to a file. A regular file gets every record exactly once and whole: what was written of a batch that failed is
 * cut off again. Another kind of file (a device, a pipe) cannot be cut, so there a failed batch may leave a part of
 * itself behind, on a line of its own, and comes again.
 *
 * <p><b>Writing.</b> {@code emit} formats into memory, {@code flush} writes all of it with one call, unless it is more
 * than 256 KiB. Nothing is forced to the device.
 *
 * <p><b>The file.</b> Its directory must exist. A new file can be read by its owner and group and written by its owner
 * (0640, less the process's umask). A file whose last line was left unfinished, by a process that was killed, gets a
 * line end before the first record. Other processes may append too; what they write is never cut off, and a file that
 * has grown by their hand cannot be cut back.
 *
 * <p><b>Interrupts</b> of the worker cost nothing: one that is pending is set aside for the time of a call; one that
 * arrives while it writes closes the channel, which is opened again and the batch begun anew. The status stays set.
 */
public final class FileHandler implements Handler {
    private static final int CHUNK_BYTES = 256 * 1024;
    private static final int MAX_ATTEMPTS = 8;
    private static final String NEW_FILE = "rw-r-----";

    private final Path path;
    private final String resource;
    private final RecordBuffer buffer;
    private final ByteBuffer lineEnd = ByteBuffer.allocateDirect(1).put(0, (byte) '\n');
    private ByteBuffer chunk = ByteBuffer.allocateDirect(8 * 1024);

    /** Only the first open truncates: what this handler wrote itself is never lost by opening again. */
    private boolean truncates;

    private @Nullable FileChannel channel;
    private boolean regular;
    /** The length the file had after the last commit. */
    private long committed;
    /** How much of the batch at hand is in the file. */
    private long uncommitted;
    /** The file ends within a line that is not ours to finish. */
    private boolean torn;

    private long bytesWritten;

    private FileHandler(Builder builder) {
        path = builder.path;
        resource = FileKey.of(path);
        truncates = !builder.append;
        buffer = new RecordBuffer(builder.formatter);
    }

    /**
     * A handler that appends JSON to a file.
     *
     * @param path the file
     * @return a handler to set up
     */
    public static Builder builder(Path path) {
        return new Builder(path);
    }

    /**
     * A handler that appends to a file.
     *
     * @param path the file
     * @param formatter belongs to this handler from now on
     * @return the handler
     */
    public static FileHandler of(Path path, Formatter formatter) {
        return builder(path).formatter(formatter).build();
    }

    @Override
    public void prepare() throws IOException {
        checkPlace();
        Path asked = Files.exists(path) ? path : directory();
        if (!Files.isWritable(asked)) {
            throw new IOException(path + ": " + asked + " is not writable");
        }
    }

    @Override
    public void open() throws IOException {
        close(false);
        uninterrupted(() -> {
            FileChannel opened = openChannel();
            if (uncommitted > 0) {
                cutBack();
            } else {
                begin(opened);
            }
        });
    }

    private void begin(FileChannel opened) throws IOException {
        if (regular && truncates) {
            opened.truncate(0);
        }
        truncates = false;
        committed = regular ? opened.size() : 0;
        torn |= regular && endsWithinLine(committed);
    }

    @Override
    public boolean emit(LogRecord record) {
        buffer.add(record);
        return true;
    }

    @Override
    public void flush() throws IOException {
        if (buffer.size() > 0) {
            uninterrupted(() -> {
                if (channel == null || uncommitted > 0) {
                    cutBack();
                }
                writeAll();
            });
            torn = false;
        }
        committed += uncommitted;
        bytesWritten += uncommitted;
        uncommitted = 0;
        buffer.clear();
    }

    @Override
    public void rollback() throws IOException {
        buffer.clear();
        uninterrupted(this::cutBack);
    }

    @Override
    public void close(boolean abandoned) throws IOException {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public boolean late(LogRecord record) throws IOException {
        buffer.clear();
        open();
        try {
            emit(record);
            flush();
        } catch (IOException | RuntimeException thrown) {
            rollback();
            throw thrown;
        } finally {
            close(false);
        }
        return true;
    }

    @Override
    public String resource() {
        return resource;
    }

    @Override
    public long bytesWritten() {
        return bytesWritten;
    }

    @Override
    public String toString() {
        return "file " + path;
    }

    // opening

    private FileChannel openChannel() throws IOException {
        checkPlace();
        Set<OpenOption> options =
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        FileChannel opened = FileChannel.open(path, options, attributes());
        channel = opened;
        regular = Files.isRegularFile(path);
        return opened;
    }

    private void checkPlace() throws IOException {
        Path directory = directory();
        if (!Files.isDirectory(directory)) {
            throw Files.exists(directory)
                    ? new IOException(path + ": " + directory + " is not a directory")
                    : new NoSuchFileException(path.toString(), null, "the directory " + directory + " does not exist");
        }
        if (Files.isDirectory(path)) {
            throw new IOException(path + ": is a directory (expected: a file)");
        }
    }

    private Path directory() {
        Path directory = path.toAbsolutePath().getParent();
        return directory == null ? path.toAbsolutePath() : directory;
    }

    private FileAttribute<?>[] attributes() {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(NEW_FILE))
                }
                : new FileAttribute<?>[0];
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
            return false; // a file that may be written and not read: nothing to be known
        }
    }

    // writing

    private void writeAll() throws IOException {
        FileChannel open = Objects.requireNonNull(channel, "channel");
        if (torn) {
            write(lineEnd.clear(), open);
        }
        byte[] array = buffer.array();
        int size = buffer.size();
        for (int from = 0; from < size; from += CHUNK_BYTES) {
            int length = Math.min(size - from, CHUNK_BYTES);
            write(chunk(length).put(array, from, length).flip(), open);
        }
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

    private ByteBuffer chunk(int length) {
        if (chunk.capacity() < length) {
            chunk = ByteBuffer.allocateDirect(Math.min(CHUNK_BYTES, 2 * length));
        }
        return chunk.clear();
    }

    // cutting

    /** Takes what is uncommitted out of the file, which it opens if an interrupt has closed it; may be tried again. */
    private void cutBack() throws IOException {
        FileChannel open = channel == null ? openChannel() : channel;
        if (regular) {
            long size = open.size();
            if (size == committed + uncommitted) {
                open.truncate(committed);
            } else {
                settle(size);
            }
        } else {
            torn |= uncommitted > 0;
        }
        uncommitted = 0;
    }

    /** Somebody else has written to the file, or cut it: only the line at its end may have to be finished. */
    private void settle(long size) throws IOException {
        committed = size;
        torn |= endsWithinLine(size);
    }

    // interrupts

    /** A step of I/O that can be tried again from its beginning. */
    private interface Step {
        void run() throws IOException;
    }

    /**
     * Runs a step with the thread's interrupt status set aside, and again if an interrupt arrives on the way and closes
     * the channel; the status is there afterwards.
     */
    private void uninterrupted(Step step) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    step.run();
                    return;
                } catch (ClosedByInterruptException closed) {
                    channel = null;
                    interrupted |= Thread.interrupted();
                    if (attempt == MAX_ATTEMPTS) {
                        throw closed;
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Sets up a {@link FileHandler}. Used by one thread. */
    public static final class Builder {
        private final Path path;
        private Formatter formatter = JsonFormatter.weir();
        private boolean append = true;

        private Builder(Path path) {
            this.path = Objects.requireNonNull(path, "path");
        }

        /**
         * How records look; {@link JsonFormatter#weir()} by default.
         *
         * @param formatter belongs to the handler from now on
         * @return this
         */
        public Builder formatter(Formatter formatter) {
            this.formatter = Objects.requireNonNull(formatter, "formatter");
            return this;
        }

        /**
         * Whether what the file has stays when the handler opens it for the first time; true by default.
         *
         * @param append false to begin with an empty file
         * @return this
         */
        public Builder append(boolean append) {
            this.append = append;
            return this;
        }

        /**
         * Ends the set-up; nothing is opened or created.
         *
         * @return the handler
         */
        public FileHandler build() {
            return new FileHandler(this);
        }
    }
}
