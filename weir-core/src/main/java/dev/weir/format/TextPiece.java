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

    /** Whether level, logger and thread alone decide what it appends. */
    default boolean isOrigin() {
        return false;
    }

    /** What the format itself says. */
    record Literal(Fragment text) implements TextPiece {
        @Override
        public void append(LogRecord record, ByteOutput out, Escape escape) {
            text.appendTo(out);
        }

        @Override
        public boolean isOrigin() {
            return true;
        }
    }

    /** What a setting gives for something that a record does not have; escaped as if it had it. */
    record Given(byte[] utf8) implements TextPiece {
        @Override
        public void append(LogRecord record, ByteOutput out, Escape escape) {
            out.putText(utf8, 0, utf8.length, escape);
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
        public boolean isOrigin() {
            return field.isOrigin();
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
        public boolean isOrigin() {
            return pieces.stream().allMatch(TextPiece::isOrigin);
        }
    }

    /** Some in a colour, by what begins it. */
    record Coloured(Fragment start, TextPiece inner) implements TextPiece {
        @Override
        public void append(LogRecord record, ByteOutput out, Escape escape) {
            start.appendTo(out);
            inner.append(record, out, escape);
            Colour.reset().appendTo(out);
        }

        @Override
        public boolean isOrigin() {
            return inner.isOrigin();
        }
    }

    /** Some in the colour of the record's level. */
    record Highlighted(TextPiece inner) implements TextPiece {
        @Override
        public void append(LogRecord record, ByteOutput out, Escape escape) {
            int level = record.bytes()[RecordLayout.levelAt(record.start())];
            Colour.startOf(level).appendTo(out);
            inner.append(record, out, escape);
            Colour.reset().appendTo(out);
        }

        @Override
        public boolean isOrigin() {
            return inner.isOrigin();
        }
    }
}
