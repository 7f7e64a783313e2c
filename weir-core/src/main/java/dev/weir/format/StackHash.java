package dev.weir.format;

import dev.weir.internal.record.Utf8;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import dev.weir.record.RecordThrowables;
import dev.weir.record.RecordValues;
import java.util.Arrays;

/**
 * A hash of what a record's throwable has in common with those of other runs, machines and releases in which the same thing
 * failed: the classes of it and its causes, and the classes and methods of their frames. What they say and the numbers of lines
 * do not count. Neither do frames of reflection, of which the JDK makes more or less as it goes, nor in names digits and
 * what follows {@code $$}: those are numbers and hashes that a compiler or a proxy has made up.
 *
 * <p>FNV-1a, 64 bits. Used by one thread.
 */
final class StackHash {
    private static final long BASIS = 0xCBF29CE484222325L;
    private static final long PRIME = 0x100000001B3L;

    /** Stands between names, and in none of them. */
    private static final int SEPARATOR = 0xFF;

    private static final byte[][] REFLECTION = {
        Utf8.of("jdk.internal.reflect."),
        Utf8.of("java.lang.reflect."),
        Utf8.of("java.lang.invoke."),
        Utf8.of("sun.reflect.")
    };

    private final byte[] digest = new byte[Long.BYTES];

    /** Appends 16 hexadecimal digits. */
    void append(LogRecord record, ByteOutput out) {
        RecordThrowables throwables = record.throwables();
        long hash = BASIS;
        int throwable = throwables.first();
        for (int left = throwables.count(); left > 0; left--) {
            hash = throwable(hash, record, throwable);
            throwable = throwables.after(throwable);
        }
        for (int i = 0; i < Long.BYTES; i++) {
            digest[i] = (byte) (hash >>> (56 - 8 * i));
        }
        out.putHex(digest, 0, Long.BYTES);
    }

    private static long throwable(long before, LogRecord record, int throwable) {
        RecordThrowables throwables = record.throwables();
        long hash = name(before, record, throwables.typeOf(throwable));
        int frame = throwables.firstFrame(throwable);
        for (int left = throwables.frameCount(throwable); left > 0; left--) {
            int name = throwables.classOf(frame);
            if (!isReflection(record, name)) {
                hash = name(name(hash, record, name), record, throwables.methodOf(frame));
            }
            frame = throwables.nextFrame(frame);
        }
        return mixed(hash, SEPARATOR);
    }

    private static boolean isReflection(LogRecord record, int name) {
        byte[] bytes = record.bytes();
        int from = record.values().textFrom(name);
        int length = record.values().textLength(name);
        for (byte[] prefix : REFLECTION) {
            if (length >= prefix.length && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length)) {
                return true;
            }
        }
        return false;
    }

    private static long name(long before, LogRecord record, int name) {
        RecordValues values = record.values();
        byte[] bytes = record.bytes();
        int from = values.textFrom(name);
        int end = from + values.textLength(name);
        long hash = before;
        for (int i = from; i < end; i++) {
            int c = bytes[i];
            if (c == '$' && i + 1 < end && bytes[i + 1] == '$') {
                break;
            }
            if (c < '0' || c > '9') {
                hash = mixed(hash, c & 0xFF);
            }
        }
        return mixed(hash, SEPARATOR);
    }

    private static long mixed(long hash, int value) {
        return (hash ^ value) * PRIME;
    }
}
