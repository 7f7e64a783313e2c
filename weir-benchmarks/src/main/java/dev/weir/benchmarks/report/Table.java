package dev.weir.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table of Markdown: the first column text, all others numbers. */
final class Table {
    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();

    Table(List<String> head) {
        this.head = head;
    }

    Table row(List<String> cells) {
        if (cells.size() != head.size()) {
            throw new IllegalArgumentException(cells + " (expected: " + head.size() + " cells)");
        }
        rows.add(cells);
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        line(head, out);
        out.append("|---|")
                .append(String.join("", Collections.nCopies(head.size() - 1, "---:|")))
                .append('\n');
        rows.forEach(row -> line(row, out));
        return out.toString();
    }

    private static void line(List<String> cells, StringBuilder out) {
        out.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
