package dev.weir.benchmarks.suite;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * A named pipe whose reader can stop. It stays open for reading and writing, so whoever opens it does not wait for the
 * other end, and is never told that there is none.
 */
final class Pipe implements AutoCloseable {
    private static final int BLOCK = 1 << 16;

    private final RandomAccessFile both;
    private volatile boolean hangs;

    Pipe(Path path) throws IOException, InterruptedException {
        Process made = new ProcessBuilder("mkfifo", path.toString())
                .redirectErrorStream(true)
                .start();
        if (made.waitFor() != 0) {
            throw new IOException(path + ": mkfifo: exit " + made.exitValue() + " (expected: a pipe)");
        }
        both = new RandomAccessFile(path.toFile(), "rw");
        Thread reader = new Thread(this::read, "pipe-reader");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        byte[] block = new byte[BLOCK];
        try {
            while (!hangs && both.read(block) > 0) {
                // what is read is of no interest
            }
        } catch (IOException closed) {
            hangs = true;
        }
    }

    /** From now on nobody reads, but for one block at most. */
    void hang() {
        hangs = true;
    }

    /** Wakes the reader, if it waits, by a byte of its own. */
    @Override
    public void close() throws IOException {
        if (!hangs) {
            hangs = true;
            both.write(0);
        }
        both.close();
    }
}
