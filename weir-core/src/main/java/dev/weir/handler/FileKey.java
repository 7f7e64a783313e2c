package dev.weir.handler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One text for a file, however its path is spelled and whether or not the file is there yet. */
final class FileKey {
    private static final int MAX_LINKS = 40;

    private FileKey() {}

    static String of(Path path) {
        Path file = path.toAbsolutePath().normalize();
        try {
            for (int links = 0; links < MAX_LINKS && Files.isSymbolicLink(file) && !Files.exists(file); links++) {
                file = file.resolveSibling(Files.readSymbolicLink(file)).normalize();
            }
            if (Files.exists(file)) {
                return file.toRealPath().toString();
            }
            Path directory = file.getParent();
            return directory == null
                    ? file.toString()
                    : directory.toRealPath().resolve(file.getFileName()).toString();
        } catch (IOException unresolvable) {
            return file.toString(); // not to be had now; opening it will say why
        }
    }
}
