package dev.weir.internal.record;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Frames of stack traces as they were encoded lately, since traces of the same program consist of the same frames. Found by
 * a hash, and taken only if all parts are equal. So many are kept at most, each in the place of the one before it.
 *
 * <p>Any thread. The table is read and written without ordering: a frame in it is never changed, so a thread sees one whole
 * or not yet.
 */
final class EncodedFrames {
    private static final int SLOTS = 1024;
    private static final int SLOT_SHIFT = 32 - 10;
    private static final int MOST_BYTES = 512;

    private final @Nullable Encoded[] table = new Encoded[SLOTS]; // racy, benign

    /** A frame's parts, and not the frame: one of another thread's stack may keep its class. */
    private record Encoded(
            @Nullable String module,
            String type,
            String method,
            @Nullable String file,
            int line,
            byte[] bytes) {
        boolean isOf(StackTraceElement frame) {
            return line == frame.getLineNumber()
                    && method.equals(frame.getMethodName())
                    && type.equals(frame.getClassName())
                    && Objects.equals(file, frame.getFileName())
                    && Objects.equals(module, frame.getModuleName());
        }
    }

    /** A frame as it stands in a record, not to be changed; null if it is not kept. */
    byte @Nullable [] find(StackTraceElement frame) {
        Encoded known = table[slot(frame)];
        return known != null && known.isOf(frame) ? known.bytes : null;
    }

    /** Keeps a frame with its bytes, which nobody changes any more. */
    void keep(StackTraceElement frame, byte[] bytes) {
        if (bytes.length <= MOST_BYTES) {
            table[slot(frame)] = new Encoded(
                    frame.getModuleName(),
                    frame.getClassName(),
                    frame.getMethodName(),
                    frame.getFileName(),
                    frame.getLineNumber(),
                    bytes);
        }
    }

    private static int slot(StackTraceElement frame) {
        int hash = 31 * frame.getClassName().hashCode() + frame.getMethodName().hashCode();
        return ((31 * hash + frame.getLineNumber()) * 0x9E3779B9) >>> SLOT_SHIFT;
    }
}
