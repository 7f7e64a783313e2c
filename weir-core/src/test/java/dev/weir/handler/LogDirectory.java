package dev.weir.handler;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a handler has left in a directory. */
final class LogDirectory {
    private LogDirectory() {}

    /** The content of each file by its name, whatever is compressed. */
    static Map<String, String> contents(Path directory) {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), content(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return contents;
    }

    static String content(Path file) throws IOException {
        Compression compression = Compression.of(file.toString());
        if (compression == null) {
            return Files.readString(file);
        }
        try (InputStream in = compression.decompressing(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** All lines of all files. */
    static List<String> lines(Path directory) {
        List<String> lines = new ArrayList<>();
        contents(directory).values().forEach(content -> content.lines().forEach(lines::add));
        return lines;
    }
}
