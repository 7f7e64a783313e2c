package dev.weir.testkit;

import dev.weir.record.LogRecord;
import dev.weir.record.RecordThrowables;
import dev.weir.record.RecordThrowables.Relation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A throwable of a record, for assertions. Any thread; nothing changes it.
 *
 * @param type the name of its class
 * @param message null if it has none
 * @param suppressed those it has suppressed, in their order
 * @param causes its cause, that one's cause, and so on to the root; one that stands further up already is the last
 */
public record CapturedThrowable(
        String type, @Nullable String message, List<CapturedThrowable> suppressed, List<CapturedThrowable> causes) {

    /** The throwable of a record, which has one. */
    static CapturedThrowable of(LogRecord record) {
        return new Walk(record).next();
    }

    /** Goes through the throwables in the order in which they lie: each, what it suppressed, its causes. */
    private static final class Walk {
        private final LogRecord record;
        private final RecordThrowables throwables;
        private int place;
        private int left;

        Walk(LogRecord record) {
            this.record = record;
            throwables = record.throwables();
            place = throwables.first();
            left = throwables.count();
        }

        CapturedThrowable next() {
            int depth = throwables.depth(place);
            String type = record.values().text(throwables.typeOf(place));
            String message = (String) record.values().object(throwables.messageOf(place));
            place = throwables.after(place);
            left--;
            List<CapturedThrowable> suppressed = new ArrayList<>();
            while (is(Relation.SUPPRESSED, depth + 1)) {
                suppressed.add(next());
            }
            List<CapturedThrowable> causes = new ArrayList<>();
            if (is(Relation.CAUSE, depth)) {
                CapturedThrowable cause = next();
                causes.add(cause);
                causes.addAll(cause.causes());
            }
            return new CapturedThrowable(
                    type, message, Collections.unmodifiableList(suppressed), Collections.unmodifiableList(causes));
        }

        private boolean is(Relation relation, int depth) {
            return left > 0 && throwables.relation(place) == relation && throwables.depth(place) == depth;
        }
    }
}
