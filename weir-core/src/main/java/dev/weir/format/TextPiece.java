package dev.weir.format;

import dev.weir.internal.record.RecordLayout;
import dev.weir.record.ByteOutput;
import dev.weir.record.ByteOutput.Escape;
import dev.weir.record.LogRecord;
import java.util.List;

/**
 * One thing that a text format shows of a record, or a few of them: what all formats of text are compiled to.
 *
 * <p>Used by one thread.
 */
interface TextPiece {
    /**
     * Appends it.
     *
     * @param escape TEXT; or NONE, if all of it is going to be escaped by whoever asks for it
     */
    void append(LogRecord record, ByteOutput out, Escape escape);

    /** Of what a record has, what decides what is appended; all of it, unless it is known to be less. */
    default Source source() {
        return Source.RECORD;
    }

    /** A part of a record. */
    enum Source {
        /** No part. */
        CONSTANT,
        /** Level, logger and thread. */
        ORIGIN,
        /** The context, and the key-values if there are any. */
        CONTEXT,
        /** More than that. */
        RECORD;

        /** What decides if both do. */
        Source with(Source other) {
            return this == CONSTANT || this == other ? other : other == CONSTANT ? this : RECORD;
        }
    }

    /** What the format itself says. */
    record Literal(Fragment text) implements TextPiece {
        @Override
        public void append(LogRecord record, ByteOutput out, Escape escape) {
            text.appendTo(out);
        }

        @Override
        public Source source() {
            return Source.CONSTANT;
        }
    }

    /** What a setting gives for something that a record does not have; escaped as if it had it. */
    record Given(byte[] utf8) implements TextPiece {
        @Override
        public void append(LogRecord record, ByteOutput out, Escape escape) {
            out.putText(utf8, 0, utf8.length, escape);
        }

        @Override
        public Source source() {
            return Source.CONSTANT;
        }
    }

    /**
     * A field.
     *
     * @param absent for a record that does not have it
     */
    record Field(TextField field, TextPiece absent) implements TextPiece {
        @Override
        public void append(LogRecord record, ByteOutput out, Escape escape) {
            if (!field.append(record, out, escape)) {
                absent.append(record, out, escape);
            }
        }

        @Override
        public Source source() {
            return field.isOrigin() ? Source.ORIGIN : Source.RECORD;
        }
    }

    /** The time of the record. */
    record Time(TimeText time) implements TextPiece {
        @Override
        public void append(LogRecord record, ByteOutput out, Escape escape) {
            time.append(record.timeNanos(), out);
        }
    }

    /** What was thrown, each line ended; nothing if nothing was. */
    record Thrown(StackTraces traces) implements TextPiece {
        @Override
        public void append(LogRecord record, ByteOutput out, Escape escape) {
            traces.append(record, out);
        }
    }

    /** Some, one behind the other. */
    record Group(List<TextPiece> pieces) implements TextPiece {
        @Override
        public void append(LogRecord record, ByteOutput out, Escape escape) {
            for (int i = 0; i < pieces.size(); i++) {
                pieces.get(i).append(record, out, escape);
            }
        }

        @Override
        public Source source() {
            Source source = Source.CONSTANT;
            for (TextPiece piece : pieces) {
                source = source.with(piece.source());
            }
            return source;
        }
    }

    /** Some in a colour, by what begins it. */
    record Coloured(Fragment start, TextPiece inner) implements TextPiece {
        @Override
        public void append(LogRecord record, ByteOutput out, Escape escape) {
            Colour.append(start, inner, record, out, escape);
        }

        @Override
        public Source source() {
            return inner.source();
        }
    }

    /** Some in the colour of the record's level. */
    record Highlighted(TextPiece inner) implements TextPiece {
        @Override
        public void append(LogRecord record, ByteOutput out, Escape escape) {
            int level = record.bytes()[RecordLayout.levelAt(record.start())];
            Colour.append(Colour.startOf(level), inner, record, out, escape);
        }

        @Override
        public Source source() {
            return inner.source().with(Source.ORIGIN);
        }
    }
}
