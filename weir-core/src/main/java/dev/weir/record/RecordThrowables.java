package dev.weir.record;

import dev.weir.internal.record.Bytes;
import dev.weir.internal.record.RecordLayout;
import dev.weir.internal.record.ValueDecoder;
import dev.weir.internal.record.ValueTag;

/**
 * The throwable of a record, what it suppressed and its causes, where they lie: one after the other as {@link
 * Throwable#printStackTrace} has them, each with its frames. Places are those of {@link RecordValues}, which reads the texts and
 * values.
 *
 * <pre>{@code
 * RecordThrowables throwables = record.throwables();
 * int throwable = throwables.first();
 * for (int left = throwables.count(); left > 0; left--) {
 *     int frame = throwables.firstFrame(throwable);
 *     for (int frames = throwables.frameCount(throwable); frames > 0; frames--) {
 *         …
 *         frame = throwables.nextFrame(frame);
 *     }
 *     throwable = throwables.after(throwable);
 * }
 * }</pre>
 *
 * <p>Used by the thread that was lent the record.
 */
public final class RecordThrowables {
    private static final int COUNT_BYTES = 2;
    private static final int LINE_BYTES = 4;
    /** How far before the first frame it stands how many bytes all of them have. */
    private static final int FRAMES_BYTES_BEFORE = 4;

    private static final int NATIVE_LINE = -2;

    private final LogRecord record;

    /** What a throwable is to the one that encloses it. */
    public enum Relation {
        /** It is the one that was logged. */
        TOP,
        /** The cause of the last one before it whose depth is the same. */
        CAUSE,
        /** Suppressed by the last one before it whose depth is less by one. */
        SUPPRESSED
    }

    /** Of a view, with which they move. */
    RecordThrowables(LogRecord record) {
        this.record = record;
    }

    /**
     * How many throwables there are.
     *
     * @return 0 to 64
     */
    public int count() {
        int at = record.throwablesAt();
        return at == 0 ? 0 : unsignedShort(at);
    }

    /**
     * The one that was logged, if there is one.
     *
     * @return its place
     */
    public int first() {
        return record.throwablesAt() + COUNT_BYTES;
    }

    /**
     * What comes after a throwable, if it is not the last one.
     *
     * @param throwable its place
     * @return the place of the next one
     */
    public int after(int throwable) {
        return firstFrame(throwable) + unsignedShort(countsOf(throwable) + 4);
    }

    // one of them

    /**
     * What a throwable is to others.
     *
     * @param throwable its place
     * @return its relation
     */
    public Relation relation(int throwable) {
        return switch (record.bytes()[throwable] & ~RecordLayout.RELATION_CIRCULAR) {
            case RecordLayout.RELATION_CAUSE -> Relation.CAUSE;
            case RecordLayout.RELATION_SUPPRESSED -> Relation.SUPPRESSED;
            default -> Relation.TOP;
        };
    }

    /**
     * Whether a throwable stands further up already. Its frames and causes are not told again.
     *
     * @param throwable its place
     * @return true if the causes go in a circle
     */
    public boolean isCircular(int throwable) {
        return (record.bytes()[throwable] & RecordLayout.RELATION_CIRCULAR) != 0;
    }

    /**
     * How many throwables have suppressed it, one the other; a cause stands where what it caused does.
     *
     * @param throwable its place
     * @return 0 or more
     */
    public int depth(int throwable) {
        return record.bytes()[throwable + 1] & 0xFF;
    }

    /**
     * The name of a throwable's class.
     *
     * @param throwable its place
     * @return the place of a text
     */
    public int typeOf(int throwable) {
        return throwable + 2;
    }

    /**
     * What a throwable says.
     *
     * @param throwable its place
     * @return the place of a value: a STRING, or NULL
     */
    public int messageOf(int throwable) {
        return ValueDecoder.skipText(record.bytes(), typeOf(throwable));
    }

    /**
     * How many frames a throwable has in common with the one that encloses it, at its end, where they are left out.
     *
     * @param throwable its place
     * @return 0 to 65,535
     */
    public int commonFrames(int throwable) {
        return unsignedShort(countsOf(throwable));
    }

    /**
     * How many frames were left out for their number, before those in common.
     *
     * @param throwable its place
     * @return 0 to 65,535
     */
    public int omittedFrames(int throwable) {
        return unsignedShort(countsOf(throwable) + 2);
    }

    /**
     * How many frames of a throwable are here.
     *
     * @param throwable its place
     * @return 0 to 1,024
     */
    public int frameCount(int throwable) {
        return unsignedShort(countsOf(throwable) + 6);
    }

    // frames

    /**
     * The frame where a throwable was made, if there is one.
     *
     * @param throwable its place
     * @return the frame's place
     */
    public int firstFrame(int throwable) {
        return countsOf(throwable) + 8;
    }

    /**
     * Where the frames of a throwable end, for who keeps what it made from them.
     *
     * @param throwable its place
     * @return an index of {@link LogRecord#bytes()}; they begin at {@link #firstFrame}
     */
    public int framesEnd(int throwable) {
        int first = firstFrame(throwable);
        return first + unsignedShort(first - FRAMES_BYTES_BEFORE);
    }

    /**
     * The caller of a frame, if it is not the last one of its throwable.
     *
     * @param frame its place
     * @return the place of the next one
     */
    public int nextFrame(int frame) {
        return lineOf(frame) + LINE_BYTES;
    }

    /**
     * The name of a frame's module.
     *
     * @param frame its place
     * @return the place of a text, empty if there is none
     */
    public int moduleOf(int frame) {
        return frame;
    }

    /**
     * The name of a frame's class.
     *
     * @param frame its place
     * @return the place of a text
     */
    public int classOf(int frame) {
        return skip(moduleOf(frame));
    }

    /**
     * The name of a frame's method.
     *
     * @param frame its place
     * @return the place of a text
     */
    public int methodOf(int frame) {
        return skip(classOf(frame));
    }

    /**
     * The name of a frame's source file.
     *
     * @param frame its place
     * @return the place of a text, empty if it is unknown
     */
    public int fileOf(int frame) {
        return skip(methodOf(frame));
    }

    /**
     * The number of a frame's line.
     *
     * @param frame its place
     * @return negative if it is unknown
     */
    public int line(int frame) {
        return Bytes.getInt(record.bytes(), lineOf(frame));
    }

    /**
     * Whether a frame is that of a native method.
     *
     * @param frame its place
     * @return true if it has no line for that reason
     */
    public boolean isNative(int frame) {
        return line(frame) == NATIVE_LINE;
    }

    private int lineOf(int frame) {
        return skip(fileOf(frame));
    }

    /** Where the numbers of frames are: in common, omitted, bytes of those here, those here. */
    private int countsOf(int throwable) {
        return ValueTag.skip(record.bytes(), messageOf(throwable));
    }

    private int skip(int text) {
        return ValueDecoder.skipText(record.bytes(), text);
    }

    private int unsignedShort(int at) {
        return Bytes.getUnsignedShort(record.bytes(), at);
    }
}
