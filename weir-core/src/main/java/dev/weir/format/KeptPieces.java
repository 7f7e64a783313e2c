package dev.weir.format;

import dev.weir.internal.record.RecordSections;
import dev.weir.record.ByteOutput;
import dev.weir.record.ByteOutput.Escape;
import dev.weir.record.LogRecord;
import java.util.ArrayList;
import java.util.List;

/** Pieces in a row that are decided by what comes again and again: what was last written of them is kept, and copied. */
final class KeptPieces {
    private KeptPieces() {}

    /** Makes one of each row, if there is more to it than to copy one text. */
    static List<TextPiece> joined(List<TextPiece> pieces) {
        List<TextPiece> joined = new ArrayList<>();
        int next = 0;
        while (next < pieces.size()) {
            int from = next;
            TextPiece.Source source = pieces.get(next++).source();
            while (next < pieces.size()
                    && source != TextPiece.Source.RECORD
                    && source.with(pieces.get(next).source()) != TextPiece.Source.RECORD) {
                source = source.with(pieces.get(next++).source());
            }
            joined.add(of(source, List.copyOf(pieces.subList(from, next))));
        }
        return joined;
    }

    private static TextPiece of(TextPiece.Source source, List<TextPiece> row) {
        TextPiece pieces = row.size() == 1 ? row.get(0) : new TextPiece.Group(row);
        return switch (source) {
            case ORIGIN -> pieces instanceof TextPiece.Field ? pieces : new OfOrigin(pieces);
            case CONTEXT -> new OfContext(pieces);
            case CONSTANT, RECORD -> pieces;
        };
    }

    /** Level, logger and thread decide. */
    private static final class OfOrigin implements TextPiece {
        private final TextPiece pieces;
        private final OriginText kept = new OriginText();

        OfOrigin(TextPiece pieces) {
            this.pieces = pieces;
        }

        @Override
        public void append(LogRecord record, ByteOutput out, Escape escape) {
            if (!kept.append(record, out)) {
                int from = out.size();
                pieces.append(record, out, escape);
                kept.keep(record, out, from);
            }
        }
    }

    /** The context decides, if there are no key-values, which may have the same keys. */
    private static final class OfContext implements TextPiece {
        private final TextPiece pieces;
        private final ContextText kept = new ContextText();

        OfContext(TextPiece pieces) {
            this.pieces = pieces;
        }

        @Override
        public void append(LogRecord record, ByteOutput out, Escape escape) {
            byte[] bytes = record.bytes();
            int start = record.start();
            int section = RecordSections.contextAt(bytes, start);
            if (section == 0 || RecordSections.keyValuesAt(bytes, start) != 0) {
                pieces.append(record, out, escape);
            } else if (!kept.append(bytes, start, section, out)) {
                int from = out.size();
                pieces.append(record, out, escape);
                kept.keep(bytes, start, section, JsonValues.skip(bytes, section), out, from);
            }
        }
    }
}
