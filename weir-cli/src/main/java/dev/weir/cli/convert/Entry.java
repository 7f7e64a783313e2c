package dev.weir.cli.convert;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value of the result, and the comments that stand above it. */
final class Entry {
    private final Content content;
    private final List<Remark> remarks = new ArrayList<>();
    private @Nullable Entry into;

    Entry(Content content) {
        this.content = content;
    }

    Content content() {
        return content;
    }

    /** In the order of the lines that they are about, and of one line always in the same. */
    List<Remark> remarks() {
        return remarks.stream()
                .sorted(Comparator.comparingInt(Remark::line).thenComparing(Remark::firstLine))
                .toList();
    }

    /** Tells of a part as a whole, which counts as read then. */
    void tell(Remark.Kind kind, Part part, String why) {
        List<String> lines = new ArrayList<>(part.takeWhole().described());
        lines.set(0, lines.get(0) + " (" + Part.shortened(why) + ')');
        add(new Remark(kind, part.line(), lines));
    }

    /** Says something about a line. */
    void say(Remark.Kind kind, int line, String text) {
        add(new Remark(kind, line, List.of(Part.shortened(text))));
    }

    /** Each once. */
    private void add(Remark remark) {
        if (into != null) {
            into.add(remark);
        } else if (!remarks.contains(remark)) {
            remarks.add(remark);
        }
    }

    /** Has another entry tell what this one has told and will tell. */
    void giveWayTo(Entry other) {
        remarks.forEach(other::add);
        remarks.clear();
        into = other;
    }

    void notConverted(Part part, String why) {
        tell(Remark.Kind.NOT_CONVERTED, part, why);
    }

    void notNeeded(Part part, String why) {
        tell(Remark.Kind.NOT_NEEDED, part, why);
    }

    void differs(Part part, String how) {
        tell(Remark.Kind.DIFFERS, part, how);
    }
}
