package dev.weir.format;

import dev.weir.record.ByteOutput;
import java.util.Arrays;

/**
 * A text that was written once and may come again, with the bytes it was made from. Its arrays are used again for the text
 * that takes its place, so that keeping allocates nothing but what they grow by.
 *
 * <p>Used by one thread.
 */
final class KeptText {
    private final int mostBytes;
    private byte[] source = {};
    private int sourceLength = -1;
    private byte[] text = {};
    private int length;

    /**
     * None yet.
     *
     * @param mostBytes what is longer, or was made from more, is not kept
     */
    KeptText(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Whether it was made from these bytes. */
    boolean isOf(byte[] bytes, int from, int end) {
        return end - from == sourceLength && Arrays.equals(bytes, from, end, source, 0, sourceLength);
    }

    /** Whether it was made from the bytes that begin here, which say themselves how many they are. */
    boolean isOf(byte[] bytes, int from) {
        int end = from + sourceLength;
        return sourceLength > 0 && end <= bytes.length && Arrays.equals(bytes, from, end, source, 0, sourceLength);
    }

    void appendTo(ByteOutput out) {
        out.put(text, 0, length);
    }

    /** Keeps what was made from some bytes: what the output has from an index on. */
    void keep(byte[] bytes, int from, int end, ByteOutput out, int textFrom) {
        sourceLength = -1;
        int size = out.size() - textFrom;
        if (end - from > mostBytes || size > mostBytes) {
            return;
        }
        source = copy(bytes, from, end - from, source);
        text = copy(out.array(), textFrom, size, text);
        length = size;
        sourceLength = end - from;
    }

    private byte[] copy(byte[] from, int at, int count, byte[] reused) {
        byte[] target =
                reused.length < count ? new byte[Math.min(mostBytes, Math.max(count, 2 * reused.length))] : reused;
        System.arraycopy(from, at, target, 0, count);
        return target;
    }
}
