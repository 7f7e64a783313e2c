package dev.weir.cli.convert;

import org.jspecify.annotations.Nullable;

/** Tells of all that no reader has taken: so nothing of a file is dropped in silence, whatever readers know. */
final class Rest {
    private static final String UNKNOWN = "Weir has nothing for it";

    private Rest() {}

    /**
     * Goes through a file.
     *
     * @param whole its root
     * @param top where it is told of what belongs nowhere else
     */
    static void tell(Part whole, Entry top) {
        within(whole, top);
    }

    private static void within(Part part, Entry outer) {
        @Nullable Entry home = part.home();
        Entry entry = home == null ? outer : home;
        if (part.hasLooseText()) {
            entry.say(Remark.Kind.NOT_CONVERTED, part.line(), "the text within " + part.brief() + " (" + UNKNOWN + ')');
        }
        for (Part child : part.children()) {
            if (child.isTaken()) {
                within(child, entry);
            } else {
                entry.notConverted(child, UNKNOWN);
            }
        }
    }
}
