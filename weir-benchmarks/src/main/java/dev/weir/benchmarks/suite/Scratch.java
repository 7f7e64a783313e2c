package dev.weir.benchmarks.suite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory for one measurement, gone after it. */
final class Scratch implements AutoCloseable {
    private static final int BLOCK = 1 << 20;

    private final Path directory;

    Scratch(Path parent) throws IOException {
        directory = Files.createTempDirectory(parent, "weir-bench-");
    }

    Path resolve(String name) {
        return directory.resolve(name);
    }

    /**
     * Writes a file as large as the measurement will need memory, and deletes it. A virtual machine pays several times as
     * much for the first touch of a page of memory as for the next, and who pays should not depend on who was measured
     * before.
     */
    void touchMemory(long bytes) throws IOException {
        Path file = resolve("touched");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
            for (long written = 0; written < bytes; written += BLOCK) {
                channel.write(block.clear());
            }
        }
        Files.delete(file);
    }

    @Override
    public void close() throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> inner;
        try (Stream<Path> walk = Files.walk(directory)) {
            inner = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : inner) {
            Files.deleteIfExists(path);
        }
    }
}
