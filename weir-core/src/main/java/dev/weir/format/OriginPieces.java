package dev.weir.format;

import dev.weir.record.ByteOutput;
import dev.weir.record.ByteOutput.Escape;
import dev.weir.record.LogRecord;
import java.util.ArrayList;
import java.util.List;

/** Pieces in a row that level, logger and thread alone decide: what was last written of them is kept. */
final class OriginPieces implements TextPiece {
    private final TextPiece pieces;
    private final OriginText kept = new OriginText();

    private OriginPieces(List<TextPiece> pieces) {
        this.pieces = pieces.size() == 1 ? pieces.get(0) : new Group(pieces);
    }

    /** Makes one of each row, if there is more to it than to copy one text. */
    static List<TextPiece> joined(List<TextPiece> pieces) {
        List<TextPiece> joined = new ArrayList<>();
        int next = 0;
        while (next < pieces.size()) {
            int from = next++;
            TextPiece first = pieces.get(from);
            while (first.isOrigin() && next < pieces.size() && pieces.get(next).isOrigin()) {
                next++;
            }
            boolean single = next - from == 1 && (first instanceof Literal || first instanceof Field);
            joined.add(single || !first.isOrigin() ? first : new OriginPieces(List.copyOf(pieces.subList(from, next))));
        }
        return joined;
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
