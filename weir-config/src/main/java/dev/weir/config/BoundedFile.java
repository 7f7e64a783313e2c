package dev.weir.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Reads a file that may be anything, in bounded time and memory. Symbolic links are followed, as mounted configurations
 * consist of them. What is no regular file is not opened, since to open a pipe can take for ever. Who puts one there between the
 * look and the opening could as well have written the file.
 */
final class BoundedFile {
    private BoundedFile() {}

    /**
     * Reads what a file holds.
     *
     * @param most how many bytes the caller can use
     * @return at most one byte more than that
     * @throws IOException for the {@link #reason} that it gives
     */
    static byte[] read(Path path, int most) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (attributes.isDirectory()) {
            throw new IOException("it is a directory");
        }
        if (!attributes.isRegularFile()) {
            throw new IOException("it is a pipe, a device or a socket");
        }
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(most + 1);
        }
    }

    /** Why a file could not be read, without its path. */
    static String reason(Exception e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        String reason = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
        return reason == null ? e.toString() : reason;
    }
}
