package dev.weir.handler;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;

/**
 * How the files of a handler are looked at, created and opened.
 *
 * @param createDirectories whether missing directories are made
 * @param followLinks whether a path that is a symbolic link stands for what it points to
 */
record FileAccess(boolean createDirectories, boolean followLinks) {
    private static final String NEW_FILE = "rw-r-----";

    /** Finds out whether a file could be opened, and changes nothing. */
    void prepare(Path path) throws IOException {
        Path directory = directory(path);
        Path there = directory;
        while (createDirectories && !Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        check(path, there);
        Path asked = Files.exists(path) ? path : there;
        if (!Files.isWritable(asked)) {
            throw new IOException(path + ": " + asked + " is not writable");
        }
    }

    /** Makes the directory of a file, if that is wanted and it is missing. */
    void makeDirectory(Path path) throws IOException {
        Path directory = directory(path);
        if (createDirectories && !Files.exists(directory)) {
            Files.createDirectories(directory);
        }
    }

    /** Opens a file for appending; one that is missing is created. */
    FileChannel append(Path path) throws IOException {
        makeDirectory(path);
        check(path, directory(path));
        return FileChannel.open(
                path,
                options(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                ownerAndGroup(path));
    }

    private Set<OpenOption> options(OpenOption... always) {
        Set<OpenOption> options = new HashSet<>(Set.of(always));
        if (!followLinks) {
            options.add(LinkOption.NOFOLLOW_LINKS);
        }
        return options;
    }

    private void check(Path path, Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw Files.exists(directory)
                    ? new IOException(path + ": " + directory + " is not a directory")
                    : new NoSuchFileException(path.toString(), null, "the directory " + directory + " does not exist");
        }
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

    /** A new file can be read by its owner and group and written by its owner. */
    static FileAttribute<?>[] ownerAndGroup(Path path) {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(NEW_FILE))
                }
                : new FileAttribute<?>[0];
    }
}
