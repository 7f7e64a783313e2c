package dev.weir.internal.record;

import org.jspecify.annotations.Nullable;

/**
 * Captures a throwable at the call as structure: it, what it suppressed and its causes, each with class, message, frames
 * and how many frames it has in common with the one that encloses it, in the order of {@link Throwable#printStackTrace}.
 *
 * <p>All getters of a throwable may be overridden and are user code: what one throws, or a null it returns, shows in the
 * record and nowhere else. Circular causes are told once. The sum of throwables and the frames of each are limited.
 */
final class ThrowableEncoder {
    private static final int MAX_THROWABLES = 64;
    private static final int MAX_FRAMES = 1024;
    private static final StackTraceElement[] NO_FRAMES = {};
    private static final Throwable[] NONE = {};

    private final RecordEncoder out;
    private final EncodedFrames known;
    private final @Nullable Throwable[] seen = new Throwable[MAX_THROWABLES];
    private int count;

    ThrowableEncoder(RecordEncoder out, EncodedFrames known) {
        this.out = out;
        this.known = known;
    }

    void encode(Throwable top) {
        int countAt = out.position();
        count = 0;
        out.putShort(0);
        try {
            tree(top, RecordLayout.RELATION_TOP, 0, NO_FRAMES);
        } finally {
            out.putShortAt(countAt, count);
            for (int i = 0; i < count; i++) {
                seen[i] = null;
            }
        }
    }

    /** One throwable, what it suppressed, and then along its causes, which stand at its own depth. */
    private void tree(Throwable first, byte firstRelation, int depth, StackTraceElement[] firstEnclosing) {
        Throwable thrown = first;
        byte relation = firstRelation;
        StackTraceElement[] enclosing = firstEnclosing;
        while (true) {
            if (count == MAX_THROWABLES || !out.hasRoom()) {
                out.markTruncated();
                return;
            }
            if (isSeen(thrown)) {
                one(thrown, (byte) (relation | RecordLayout.RELATION_CIRCULAR), depth, NO_FRAMES, enclosing);
                return;
            }
            StackTraceElement[] frames = frames(thrown);
            one(thrown, relation, depth, frames, enclosing);
            for (Throwable suppressed : suppressed(thrown)) {
                tree(suppressed, RecordLayout.RELATION_SUPPRESSED, depth + 1, frames);
            }
            Throwable cause = cause(thrown);
            if (cause == null) {
                return;
            }
            thrown = cause;
            relation = RecordLayout.RELATION_CAUSE;
            enclosing = frames;
        }
    }

    private void one(
            Throwable thrown, byte relation, int depth, StackTraceElement[] frames, StackTraceElement[] enclosing) {
        int start = out.position();
        seen[count++] = thrown;
        try {
            out.putByte(relation);
            out.putByte(depth);
            out.text(thrown.getClass().getName());
            out.string(message(thrown));
            int common = relation == RecordLayout.RELATION_TOP ? 0 : common(frames, enclosing);
            int own = frames.length - common;
            out.putShort(common);
            frames(frames, own);
        } catch (Throwable failure) {
            count--;
            out.rewind(start);
            throw failure;
        }
    }

    private void frames(StackTraceElement[] frames, int own) {
        int omittedAt = out.position();
        out.putShort(0);
        out.putShort(0);
        out.putShort(0);
        int start = out.position();
        int written = 0;
        while (written < own && written < MAX_FRAMES && out.position() - start < RecordLayout.MAX_TEXT_BYTES / 2) {
            frame(frames[written++]);
        }
        if (written < own) {
            out.markTruncated();
        }
        out.putShortAt(omittedAt, own - written);
        out.putShortAt(omittedAt + 2, out.position() - start);
        out.putShortAt(omittedAt + 4, written);
    }

    private void frame(StackTraceElement frame) {
        byte[] encoded = known.find(frame);
        if (encoded != null) {
            out.putBytes(encoded); // whole, even where a record is so long already that others are cut
            return;
        }
        int start = out.position();
        boolean whole = !out.isTruncated();
        encode(frame);
        if (whole && !out.isTruncated()) {
            known.keep(frame, out.copyFrom(start));
        }
    }

    private void encode(StackTraceElement frame) {
        String module = frame.getModuleName();
        String file = frame.getFileName();
        out.text(module == null ? "" : module);
        out.text(frame.getClassName());
        out.text(frame.getMethodName());
        out.text(file == null ? "" : file);
        out.putInt(frame.getLineNumber());
    }

    private static int common(StackTraceElement[] frames, StackTraceElement[] enclosing) {
        int m = frames.length - 1;
        int n = enclosing.length - 1;
        int common = 0;
        while (m >= 0 && n >= 0 && frames[m].equals(enclosing[n])) {
            m--;
            n--;
            common++;
        }
        return common;
    }

    private boolean isSeen(Throwable thrown) {
        for (int i = 0; i < count; i++) {
            if (seen[i] == thrown) {
                return true;
            }
        }
        return false;
    }

    private @Nullable String message(Throwable thrown) {
        try {
            return thrown.getLocalizedMessage();
        } catch (Throwable failure) {
            out.countFailure();
            return "[FAILED getMessage()]";
        }
    }

    private StackTraceElement[] frames(Throwable thrown) {
        try {
            StackTraceElement[] frames = thrown.getStackTrace();
            return frames == null ? NO_FRAMES : frames;
        } catch (Throwable failure) {
            out.countFailure();
            return NO_FRAMES;
        }
    }

    private @Nullable Throwable cause(Throwable thrown) {
        try {
            Throwable cause = thrown.getCause();
            return cause == thrown ? null : cause;
        } catch (Throwable failure) {
            out.countFailure();
            return null;
        }
    }

    private Throwable[] suppressed(Throwable thrown) {
        try {
            return thrown.getSuppressed();
        } catch (Throwable failure) {
            out.countFailure();
            return NONE;
        }
    }
}
