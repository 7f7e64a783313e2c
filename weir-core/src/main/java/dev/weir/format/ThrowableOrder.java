package dev.weir.format;

import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import dev.weir.record.RecordThrowables;

/**
 * In which order the throwables of a record are written: as {@link Throwable#printStackTrace} does it, or the root cause first
 * and each throwable after its cause. What a throwable suppressed comes after it in both.
 */
final class ThrowableOrder {
    private final boolean rootFirst;
    private final Visitor visitor;

    /** What a throwable is to the one that was written before it. */
    enum Role {
        FIRST,
        CAUSE,
        SUPPRESSED,
        /** It was caused by the one before. */
        WRAPPER
    }

    /** Writes one throwable. */
    interface Visitor {
        void visit(LogRecord record, int throwable, Role role, ByteOutput out);
    }

    ThrowableOrder(boolean rootFirst, Visitor visitor) {
        this.rootFirst = rootFirst;
        this.visitor = visitor;
    }

    /** Visits all throwables of a record; none if it has none. */
    void visit(LogRecord record, ByteOutput out) {
        RecordThrowables throwables = record.throwables();
        int count = throwables.count();
        if (rootFirst && count > 0) {
            visitFromRoot(record, throwables.first(), count, out);
        } else {
            visitAll(record, throwables.first(), count, out);
        }
    }

    private void visitAll(LogRecord record, int first, int count, ByteOutput out) {
        int throwable = first;
        for (int left = count; left > 0; left--) {
            visitor.visit(record, throwable, role(record, throwable), out);
            throwable = record.throwables().after(throwable);
        }
    }

    private void visitFromRoot(LogRecord record, int throwable, int count, ByteOutput out) {
        RecordThrowables throwables = record.throwables();
        int suppressed = throwables.after(throwable);
        int cause = suppressed;
        int left = count - 1;
        while (left > 0 && throwables.depth(cause) > 0) {
            cause = throwables.after(cause);
            left--;
        }
        if (left > 0) {
            visitFromRoot(record, cause, left, out);
        }
        visitor.visit(record, throwable, left > 0 ? Role.WRAPPER : Role.FIRST, out);
        visitAll(record, suppressed, count - 1 - left, out);
    }

    private static Role role(LogRecord record, int throwable) {
        return switch (record.throwables().relation(throwable)) {
            case TOP -> Role.FIRST;
            case CAUSE -> Role.CAUSE;
            case SUPPRESSED -> Role.SUPPRESSED;
        };
    }
}
