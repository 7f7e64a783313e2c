package dev.weir.handler;

import dev.weir.BreakerPolicy;
import dev.weir.format.Formatter;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Appends to a file. A regular file gets every record exactly once and whole: what was written of a batch that failed is
 * cut off again. Another kind of file (a device, a pipe) cannot be cut, so there a failed batch may leave a part of
 * itself behind, on a line of its own, and comes again.
 *
 * <p><b>Writing.</b> {@code emit} formats into memory, {@code flush} writes all of it with one call, unless it is more
 * than 256 KiB. Nothing is forced to the device, unless {@link Builder#sync} says so.
 *
 * <p><b>The file.</b> Its directory must exist, unless {@link Builder#createDirectories} is set. A new file can be read by its owner and group and written by its owner
 * (0640, less the process's umask), unless {@link Builder#mode} says something else. A file whose last line was left unfinished, by a process that was killed, gets a
 * line end before the first record. A file that was moved or deleted by others is opened anew before the next batch.
 *
 * <p><b>Several processes</b> may append to one file, each by a handler of its own: lines of up to 256 KiB stay whole where the system
 * appends each write as one, as Linux does on local file systems and not on NFS. What others write is never cut off. So a file that
 * others have appended to since it was opened is not cut back after a failure, as by a full disk: half a line may stay, on a line
 * of its own, and the records of that batch may stand there twice.
 *
 * <p><b>Interrupts</b> of the worker cost nothing: one that is pending is set aside for the time of a call; one that
 * arrives while it writes closes the channel, which is opened again and the batch begun anew. The status stays set.
 *
 * <p>{@link RotatingFileHandler} does the same and begins a new file from time to time.
 */
public final class FileHandler implements Handler {
    private final Path path;
    private final String resource;
    private final FileAccess access;
    private final boolean watch;
    private final LogFile file;
    private final RecordBuffer buffer;
    private final Syncing syncing;
    private final FreeSpace space;
    private long bytesWritten;

    private FileHandler(Builder builder) {
        path = builder.path;
        resource = FileKey.of(path);
        access = builder.access();
        watch = builder.watch;
        file = new LogFile(path, !builder.append, access, new DirectChunk());
        buffer = new RecordBuffer(builder.formatter);
        syncing = new Syncing(builder.sync);
        space = new FreeSpace(builder.minFreeBytes, FreeSpace.Usable.of(FileAccess.directory(path)));
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
        access.prepare(path);
    }

    @Override
    public void inherit() {
        file.keepContent();
    }

    @Override
    public void open() throws IOException {
        file.open();
    }

    @Override
    public void reopen() throws IOException {
        if (file.isRegular()) {
            file.reopen();
        }
    }

    @Override
    public boolean emit(LogRecord record) {
        if (space.refuses(record)) {
            return false;
        }
        buffer.add(record);
        syncing.emitted(record);
        return true;
    }

    @Override
    public void flush() throws IOException {
        if (buffer.size() > 0) {
            if (watch && file.isMoved()) {
                file.open();
            }
            boolean forced = syncing.isNeeded();
            file.write(buffer.array(), 0, buffer.size(), forced);
            buffer.clear(); // which may want memory, and nothing may fail behind the commit
            bytesWritten += file.commit();
            syncing.committed(forced);
        }
    }

    @Override
    public void rollback() throws IOException {
        buffer.clear();
        syncing.rolledBack();
        file.cutBack();
    }

    @Override
    public void upkeep() throws IOException {
        if (syncing.isDue()) {
            file.force();
            syncing.forced();
        }
        IOException notice = access.takeNotice(path);
        if (notice != null) {
            throw notice;
        }
    }

    @Override
    public void close(boolean abandoned) throws IOException {
        try {
            if (!abandoned && syncing.isOpen()) {
                file.force();
                syncing.forced();
            }
        } finally {
            file.close();
        }
    }

    @Override
    public boolean late(LogRecord record) throws IOException {
        buffer.clear();
        open();
        try {
            buffer.add(record);
            syncing.emitted(record);
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
    public BreakerPolicy breaker() {
        return FileOptions.BREAKER;
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

    /** Sets up a {@link FileHandler}. Used by one thread. */
    public static final class Builder extends FileOptions<Builder> {
        private boolean watch = true;

        private Builder(Path path) {
            super(path);
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Whether the handler looks before each batch if its file has been moved or deleted by somebody else, as by {@code
         * logrotate}, and then opens the path anew; true by default.
         *
         * @param watch false to go on in the file that was opened, whatever becomes of its name
         * @return this
         */
        public Builder watch(boolean watch) {
            this.watch = watch;
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
