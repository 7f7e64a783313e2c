package dev.weir.handler;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** How a rolled file is compressed. */
public enum Compression {
    /** Not at all. */
    NONE(""),
    /** By gzip (RFC 1952), as {@code NAME.gz}. */
    GZIP(".gz") {
        @Override
        OutputStream compressing(OutputStream to) throws IOException {
            return new GZIPOutputStream(to, BUFFER_BYTES);
        }

        @Override
        InputStream decompressing(InputStream from) throws IOException {
            return new GZIPInputStream(from, BUFFER_BYTES);
        }
    },
    /**
     * By Zstandard (RFC 8878), as {@code NAME.zst}, with a checksum: a little smaller than gzip and several times as fast. Needs {@code
     * com.github.luben:zstd-jni} on the class path or the module path.
     */
    ZSTD(".zst") {
        @Override
        void check() {
            if (!Zstd.isThere()) {
                throw new IllegalArgumentException(
                        "compress: zstd (expected: com.github.luben:zstd-jni on the class path or the module path)");
            }
        }

        @Override
        OutputStream compressing(OutputStream to) throws IOException {
            return Zstd.compressing(to);
        }

        @Override
        InputStream decompressing(InputStream from) throws IOException {
            return Zstd.decompressing(from);
        }
    };

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final Compression[] ALL = values();

    private final String suffix;

    Compression(String suffix) {
        this.suffix = suffix;
    }

    /** What is at the end of the name of a compressed file; empty for {@link #NONE}. */
    String suffix() {
        return suffix;
    }

    /** How a file is compressed by its name; null if it is not. */
    static @Nullable Compression of(String name) {
        for (Compression compression : ALL) {
            if (compression != NONE && name.endsWith(compression.suffix)) {
                return compression;
            }
        }
        return null;
    }

    /**
     * Finds out whether what it needs is there; loads nothing native.
     *
     * @throws IllegalArgumentException if it is not
     */
    void check() {}

    /** A stream that compresses into another one, which it closes. */
    OutputStream compressing(OutputStream to) throws IOException {
        return to;
    }

    /** A stream of what another one has compressed, which it closes. */
    InputStream decompressing(InputStream from) throws IOException {
        return from;
    }
}
