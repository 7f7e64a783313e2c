package dev.weir.cli.convert;

import dev.weir.Level;
import dev.weir.cli.convert.Content.Items;
import dev.weir.cli.convert.Content.Keys;
import dev.weir.cli.convert.Content.Scalar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filter of Logback's or Log4j's, which answers with one of three words: what is denied is gone, what is accepted passes
 * all filters behind it, and the rest goes on to those.
 *
 * @param part where it stands; counts as read when a handler does what it says
 * @param ranges whether its condition is about levels
 * @param least the least severe level that matches
 * @param most the most severe level that matches
 * @param filter the keys of a filter of Weir's for another condition, without {@code on-match}
 * @param variable the least severe level that matches, if only the running process knows it
 */
record Rule(
        Part part,
        boolean ranges,
        Level least,
        Level most,
        Keys filter,
        @Nullable Resolved variable,
        String onMatch,
        String onMismatch) {
    private static final String ACCEPT = "ACCEPT";
    private static final String DENY = "DENY";

    static Rule ofLevels(Part part, Level least, Level most, String onMatch, String onMismatch) {
        return new Rule(part, true, least, most, new Keys(), null, onMatch, onMismatch);
    }

    /** A threshold that a variable names. */
    static Rule ofVariable(Part part, Resolved level) {
        return new Rule(part, true, Level.TRACE, Level.CRITICAL, new Keys(), level, "NEUTRAL", DENY);
    }

    static Rule of(Part part, Keys filter, String onMatch, String onMismatch) {
        return new Rule(part, false, Level.TRACE, Level.TRACE, filter, null, onMatch, onMismatch);
    }

    static Keys marker(Resolved marker) {
        return new Keys().put("type", "marker").put("marker", Scalar.of(marker));
    }

    static Keys keyValue(Resolved key, List<Resolved> values) {
        Keys filter = new Keys().put("type", "key-value").put("key", Scalar.of(key));
        return values.isEmpty()
                ? filter
                : filter.put(
                        "values",
                        new Items(values.stream().<Content>map(Scalar::of).toList()));
    }

    /** Has a handler do what these do one after the other; what it cannot do is told beside it. */
    static void apply(List<Rule> rules, HandlerDraft handler) {
        for (int i = 0; i < rules.size(); i++) {
            rules.get(i).apply(handler, i == rules.size() - 1);
        }
    }

    private void apply(HandlerDraft handler, boolean last) {
        part.take();
        boolean requires = onMismatch.equalsIgnoreCase(DENY) && passes(onMatch, last);
        boolean forbids = onMatch.equalsIgnoreCase(DENY) && passes(onMismatch, last);
        if (requires) {
            require(handler);
        } else if (forbids) {
            forbid(handler);
        } else if (passes(onMatch, last) && passes(onMismatch, last)) {
            handler.entry().notNeeded(part, "it lets everything pass");
        } else {
            handler.entry()
                    .notConverted(
                            part,
                            onMatch.equalsIgnoreCase(DENY)
                                    ? "it denies everything: take the handler off its loggers"
                                    : "what it accepts passes the filters behind it, which no filter here does");
        }
    }

    private static boolean passes(String reply, boolean last) {
        return !reply.equalsIgnoreCase(DENY) && (last || !reply.equalsIgnoreCase(ACCEPT));
    }

    private void require(HandlerDraft handler) {
        if (variable != null) {
            handler.raise(variable, part);
        } else if (ranges) {
            handler.raise(least);
            handler.lower(most);
        } else {
            handler.addFilter(filter);
        }
    }

    private void forbid(HandlerDraft handler) {
        if (!ranges) {
            Keys reject = new Keys();
            filter.entries().forEach((key, entry) -> reject.put(key, entry.content()));
            handler.addFilter(reject.put("on-match", "reject"));
        } else if (least == Level.TRACE && most != Level.CRITICAL) {
            handler.raise(Levels.shifted(most, 1));
        } else if (most == Level.CRITICAL && least != Level.TRACE) {
            handler.lower(Levels.shifted(least, -1));
        } else {
            handler.entry().notConverted(part, "a handler takes all levels between two, without a hole");
        }
    }
}
