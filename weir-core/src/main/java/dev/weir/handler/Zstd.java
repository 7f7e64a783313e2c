package dev.weir.handler;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;

/**
 * The streams of zstd-jni, if an application has that; found by name, so that nobody has to. Its native library is loaded with
 * the first stream, unpacked into the directory for temporary files.
 */
final class Zstd {
    private static final String PACKAGE = "com.github.luben.zstd.";
    private static final String OUTPUT = PACKAGE + "ZstdOutputStreamNoFinalizer";
    private static final String INPUT = PACKAGE + "ZstdInputStreamNoFinalizer";

    private Zstd() {}

    static boolean isThere() {
        try {
            Class.forName(OUTPUT, false, Zstd.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }

    static OutputStream compressing(OutputStream to) throws IOException {
        OutputStream stream = open(OUTPUT, OutputStream.class, to);
        try {
            stream.getClass().getMethod("setChecksum", boolean.class).invoke(stream, true);
        } catch (ReflectiveOperationException e) {
            throw unusable(e);
        }
        return stream;
    }

    static InputStream decompressing(InputStream from) throws IOException {
        return open(INPUT, InputStream.class, from);
    }

    private static <T> T open(String name, Class<T> type, T inner) throws IOException {
        try {
            return type.cast(Class.forName(name).getConstructor(type).newInstance(inner));
        } catch (InvocationTargetException e) {
            throw unusable(e.getCause() == null ? e : e.getCause());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw unusable(e);
        }
    }

    private static IOException unusable(Throwable cause) {
        return new IOException("zstd-jni (com.github.luben) cannot be used: " + cause, cause);
    }
}
