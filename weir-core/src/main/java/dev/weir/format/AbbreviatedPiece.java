package dev.weir.format;

import dev.weir.record.ByteOutput;
import dev.weir.record.ByteOutput.Escape;
import dev.weir.record.LogRecord;

/**
 * A name with dots that is made shorter as Logback's {@code %logger{36}} does it: from the left, parts are cut to their first
 * character until the whole has no more characters than it should. The last part always stays; of 0 characters, it is all
 * that stays.
 */
final class AbbreviatedPiece implements TextPiece {
    private final TextPiece name;
    private final int most;
    private final ByteOutput whole = new ByteOutput(64);

    AbbreviatedPiece(TextPiece name, int most) {
        this.name = name;
        this.most = most;
    }

    @Override
    public Source source() {
        return name.source();
    }

    @Override
    public void append(LogRecord record, ByteOutput out, Escape escape) {
        whole.truncate(0);
        name.append(record, whole, Escape.NONE);
        int from = most == 0 ? lastDot() + 1 : abbreviate();
        out.putText(whole.array(), from, whole.size() - from, escape);
    }

    private int lastDot() {
        int at = whole.size() - 1;
        while (at >= 0 && whole.array()[at] != '.') {
            at--;
        }
        return at;
    }

    /** Moves what is left of the parts against the rest; returns where they begin now. */
    private int abbreviate() {
        int surplus = whole.characters(0) - most;
        int lastDot = surplus > 0 ? lastDot() : -1;
        byte[] bytes = whole.array();
        int read = 0;
        int written = 0;
        while (read < lastDot && surplus > 0) {
            boolean first = true;
            while (bytes[read] != '.') {
                int next = nextCharacter(bytes, read);
                if (first) {
                    System.arraycopy(bytes, read, bytes, written, next - read);
                    written += next - read;
                    first = false;
                } else {
                    surplus--;
                }
                read = next;
            }
            bytes[written++] = '.';
            read++;
        }
        int from = read - written;
        System.arraycopy(bytes, 0, bytes, from, written);
        return from;
    }

    private static int nextCharacter(byte[] utf8, int at) {
        int next = at + 1;
        while ((utf8[next] & 0xC0) == 0x80) {
            next++;
        }
        return next;
    }
}
