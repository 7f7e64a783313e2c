package dev.weir.internal.record;

import org.jspecify.annotations.Nullable;

/**
 * Templates that were encoded lately, by the identity of their String: a template is nearly always a literal of its call
 * site. A few are kept, each in the place of the one before it, and short ones only.
 *
 * <p>Used by one thread at a time.
 */
final class EncodedTemplates {
    /** Longer ones are not kept. */
    static final int MOST_CHARS = 256;

    /** No value that is kept is longer. */
    static final int MOST_BYTES = 3 + 3 * MOST_CHARS;

    private static final int SLOTS = 16;

    private final @Nullable String[] templates = new String[SLOTS];
    private final byte[][] encoded = new byte[SLOTS][0];
    private final int[] lengths = new int[SLOTS];

    /**
     * Writes a template's value as it stands in a record.
     *
     * @param target has room for one of {@link #MOST_BYTES}
     * @return where it ends, or 0 if it is not kept
     */
    @SuppressWarnings("ReferenceEquality") // an equal one is only not found
    int put(String template, byte[] target, int at) {
        int slot = slot(template);
        if (templates[slot] != template) {
            return 0;
        }
        System.arraycopy(encoded[slot], 0, target, at, lengths[slot]);
        return at + lengths[slot];
    }

    /** Keeps a template with its value, which stands between two indexes. */
    void keep(String template, byte[] bytes, int from, int end) {
        int slot = slot(template);
        int length = end - from;
        templates[slot] = null;
        if (encoded[slot].length < length) {
            encoded[slot] = new byte[Math.min(MOST_BYTES, Math.max(length, 2 * encoded[slot].length))];
        }
        System.arraycopy(bytes, from, encoded[slot], 0, length);
        lengths[slot] = length;
        templates[slot] = template;
    }

    private static int slot(String template) {
        return (template.hashCode() * 0x9E3779B9) >>> 28;
    }
}
