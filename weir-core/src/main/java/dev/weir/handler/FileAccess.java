package dev.weir.handler;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the files of one handler are looked at, created and opened. Used by one thread, but for {@link #prepare}. */
final class FileAccess {
    private static final Set<OpenOption> APPENDING =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    private static final Set<OpenOption> APPENDING_TO_NO_LINK = Set.of(
            StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);

    private final boolean createDirectories;
    private final boolean followLinks;
    private final FileMode mode;
    private boolean told;

    /**
     * A way to files.
     *
     * @param createDirectories whether missing directories are made
     * @param followLinks whether a path that is a symbolic link stands for what it points to
     * @param mode of new files
     */
    FileAccess(boolean createDirectories, boolean followLinks, FileMode mode) {
        this.createDirectories = createDirectories;
        this.followLinks = followLinks;
        this.mode = mode;
    }

    boolean followLinks() {
        return followLinks;
    }

    /** Finds out whether a file could be opened, and changes nothing. */
    void prepare(Path path) throws IOException {
        Path directory = directory(path);
        Path there = directory;
        while (createDirectories && !Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        checkDirectory(path, there);
        checkFile(path);
        Path asked = Files.exists(path) ? path : there;
        if (!Files.isWritable(asked)) {
            throw new IOException(path + ": " + asked + " is not writable");
        }
    }

    /** Sees to it that the directory of a file is there: makes it, if that is wanted and it is missing. */
    void makeDirectory(Path path) throws IOException {
        Path directory = directory(path);
        if (createDirectories && !Files.exists(directory)) {
            Files.createDirectories(directory);
        }
        checkDirectory(path, directory);
    }

    /** Opens a file for appending; one that is missing is created. */
    FileChannel append(Path path) throws IOException {
        makeDirectory(path);
        checkFile(path);
        boolean created = mode.exact() && !Files.exists(path);
        FileChannel channel =
                FileChannel.open(path, followLinks ? APPENDING : APPENDING_TO_NO_LINK, mode.attributes(path));
        if (created) {
            complete(path, channel);
        }
        return channel;
    }

    private void complete(Path path, FileChannel channel) throws IOException {
        try {
            mode.complete(path, followLinks ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS});
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** What of that has no effect where a file is; once, then null. */
    @Nullable
    IOException takeNotice(Path path) {
        if (told || !mode.exact() || FileMode.isKnown(path)) {
            return null;
        }
        told = true;
        return new IOException(path + ": mode " + mode
                + " has no effect, since the file system knows no such permissions (expected: one of POSIX)");
    }

    private static void checkDirectory(Path path, Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw Files.exists(directory)
                    ? new IOException(path + ": " + directory + " is not a directory")
                    : new NoSuchFileException(path.toString(), null, "the directory " + directory + " does not exist");
        }
    }

    private void checkFile(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException(path + ": is a directory (expected: a file)");
        }
        if (!followLinks && Files.isSymbolicLink(path)) {
            throw new IOException(path + ": is a symbolic link (expected: a file, since links are not followed)");
        }
    }

    static Path directory(Path path) {
        Path directory = path.toAbsolutePath().getParent();
        return directory == null ? path.toAbsolutePath() : directory;
    }
}
