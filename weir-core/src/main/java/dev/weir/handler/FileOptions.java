package dev.weir.handler;

import dev.weir.BreakerPolicy;
import dev.weir.format.Formatter;
import dev.weir.format.JsonFormatter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * What can be set up of every handler that writes to a file.
 *
 * @param <B> the builder
 */
abstract sealed class FileOptions<B extends FileOptions<B>> permits FileHandler.Builder, RotatingFileHandler.Builder {
    /** A try costs next to nothing, and the first record is to be written within a second after the disk is back. */
    static final BreakerPolicy BREAKER =
            BreakerPolicy.DEFAULT.withDelays(Duration.ofMillis(200), Duration.ofMillis(700));

    final Path path;
    Formatter formatter = JsonFormatter.weir();
    boolean append = true;
    Sync sync = Sync.NONE;
    long minFreeBytes;
    private boolean createDirectories;
    private boolean followLinks = true;
    private FileMode mode = FileMode.DEFAULT;

    FileOptions(Path path) {
        this.path = Objects.requireNonNull(path, "path");
    }

    abstract B self();

    FileAccess access() {
        return new FileAccess(createDirectories, followLinks, mode);
    }

    /**
     * How records look; {@link JsonFormatter#weir()} by default.
     *
     * @param formatter belongs to the handler from now on
     * @return this
     */
    public B formatter(Formatter formatter) {
        this.formatter = Objects.requireNonNull(formatter, "formatter");
        return self();
    }

    /**
     * Whether what the file has stays when the handler opens it for the first time; true by default.
     *
     * @param append false to begin with an empty file
     * @return this
     */
    public B append(boolean append) {
        this.append = append;
        return self();
    }

    /**
     * When what was written is forced to the device; {@link Sync#NONE} by default.
     *
     * @param sync the policy
     * @return this
     */
    public B sync(Sync sync) {
        this.sync = Objects.requireNonNull(sync, "sync");
        return self();
    }

    /**
     * How much of the disk is kept for the severe: with less room than this, records of TRACE and DEBUG are refused, with less than a half
     * of it INFO, too, with less than a quarter WARN. They are dropped and counted as {@code rejected}. Nothing by default.
     *
     * @param bytes 0 or more
     * @return this
     */
    public B minFree(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("min-free: " + bytes + " (expected: 0 or more)");
        }
        minFreeBytes = bytes;
        return self();
    }

    /**
     * Who may read and write a file that the handler creates, exactly and whatever the process's umask; 0640 less the umask by default. A
     * compressed file gets what its source has. Where files have no such permissions this has no effect, which is told once.
     *
     * @param octal as of {@code chmod}, so that the owner can read and write: {@code 0600}
     * @return this
     */
    public B mode(String octal) {
        mode = FileMode.of(Objects.requireNonNull(octal, "octal"));
        return self();
    }

    /**
     * Whether the directory of the file is made, with all above it, if it is missing; false by default.
     *
     * @param createDirectories true to make it
     * @return this
     */
    public B createDirectories(boolean createDirectories) {
        this.createDirectories = createDirectories;
        return self();
    }

    /**
     * Whether the path may be a symbolic link, which then stands for what it points to; true by default. Links on the way to
     * the directory are followed in any case.
     *
     * @param followLinks false to refuse one
     * @return this
     */
    public B followLinks(boolean followLinks) {
        this.followLinks = followLinks;
        return self();
    }
}
