package dev.weir.format;

import dev.weir.internal.record.Bytes;
import dev.weir.internal.record.Utf8;
import dev.weir.record.ByteOutput;
import java.util.Arrays;

/** A short constant piece of output, kept in whole words so that appending it is a few stores. */
final class Fragment {
    private final long[] words;
    private final int length;

    Fragment(String text) {
        byte[] utf8 = Utf8.of(text);
        length = utf8.length;
        words = new long[(length + 7) / 8];
        byte[] whole = Arrays.copyOf(utf8, 8 * words.length);
        for (int i = 0; i < words.length; i++) {
            words[i] = Bytes.getLong(whole, 8 * i);
        }
    }

    void appendTo(ByteOutput out) {
        byte[] target = out.reserve(8 * words.length);
        int at = out.size();
        for (long word : words) {
            Bytes.putLong(target, at, word);
            at += 8;
        }
        out.advance(length);
    }
}
