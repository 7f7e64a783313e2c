package dev.weir.handler;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The right to rename and compress a log and its rolled files, for one handler of one process: a lock of the operating system on
 * {@code .NAME.lock} beside the log, which ends with the process at the latest.
 *
 * <p>The file is deleted when the right is given back. So whoever gets a lock makes sure that the file still has its name, and
 * tries again otherwise: it writes into the file and looks whether its name shows that.
 *
 * <p>On most systems a process loses all its locks on a file when it closes any channel to it. So a process opens a lock file once:
 * {@link #OPEN} has those that this class has open, and one on which somebody else in this process has a lock stays open.
 */
final class LockFile {
    private static final int ATTEMPTS = 10;
    private static final int MAX_PADDING = 4096;
    private static final Set<OpenOption> OPTIONS = Set.of(
            StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    /** Concurrent, since handlers of several pipelines may come and go at once; a path is entered before it is opened. */
    private static final Map<Path, LockFile> OPEN = new ConcurrentHashMap<>();

    private final Path log;
    private final Path path;
    private @Nullable FileChannel channel;
    private boolean held;
    /** Somebody else in this process has the lock. */
    private boolean taken;

    /** Of a log. */
    LockFile(Path log) {
        this.log = log;
        path = FileAccess.directory(log).resolve("." + log.getFileName() + ".lock");
    }

    /** Finds out whether another process has the right; keeps nothing. */
    void check() throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && OPEN.putIfAbsent(path, this) == null) {
            try {
                lock();
            } finally {
                close();
            }
        }
    }

    /** Whether this handler has got the right; not any more if the file has been deleted, perhaps with its directory. */
    boolean isHeld() {
        return held && Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Takes the right, if this handler has not got it already. */
    void acquire() throws IOException {
        if (isHeld()) {
            return;
        }
        if (held) {
            held = false;
            close(); // and what may get its name meanwhile is not for this handler to delete
        }
        LockFile other = OPEN.putIfAbsent(path, this);
        if (other != null && other != this) {
            throw new IOException(log + ": is rotated by another handler of this process");
        }
        try {
            for (int attempt = 0; attempt < ATTEMPTS && !held; attempt++) {
                held = lock() && isStillThere();
                if (!held) {
                    close();
                    OPEN.put(path, this);
                }
            }
        } finally {
            if (!held) {
                close();
            }
        }
        if (!held) {
            throw new IOException(path + ": is deleted by others again and again (expected: left to this process)");
        }
    }

    private boolean lock() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            open = FileChannel.open(path, OPTIONS, FileMode.DEFAULT.attributes(path));
            channel = open;
        }
        try {
            if (open.tryLock() == null) {
                throw new IOException(log + ": is rotated by another process" + owner(open)
                        + " (expected: one that rotates a file; others may append to it without \"rotate\")");
            }
            taken = false;
            return true;
        } catch (OverlappingFileLockException inThisProcess) {
            taken = true;
            throw new IOException(log + ": is rotated by another Weir in this process", inThisProcess);
        }
    }

    private static String owner(FileChannel open) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(20);
        open.read(text, 0);
        String pid = StandardCharsets.US_ASCII.decode(text.flip()).toString().trim();
        return pid.matches("[0-9]+") ? ", " + pid : "";
    }

    private boolean isStillThere() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            return false;
        }
        String pid = ProcessHandle.current().pid() + " ";
        int padding = ThreadLocalRandom.current().nextInt(MAX_PADDING);
        byte[] content = (pid + " ".repeat(padding) + '\n').getBytes(StandardCharsets.US_ASCII);
        open.truncate(0);
        open.write(ByteBuffer.wrap(content), 0);
        try {
            return Files.size(path) == content.length;
        } catch (NoSuchFileException deleted) {
            return false;
        }
    }

    /** Gives the right back, if this handler has got it. */
    void release() throws IOException {
        if (held) {
            held = false;
            try {
                Files.deleteIfExists(path);
            } finally {
                close();
            }
        }
    }

    private void close() throws IOException {
        if (taken) {
            return;
        }
        FileChannel open = channel;
        channel = null;
        try {
            if (open != null) {
                open.close();
            }
        } finally {
            OPEN.remove(path, this);
        }
    }
}
