package dev.weir.benchmarks.report;

import dev.weir.benchmarks.peer.Peer;
import dev.weir.benchmarks.report.Svg.Anchor;
import java.util.List;

/**
 * Horizontal bars: a group for each peer, a bar for each series. A bar ends at the median; a thin line goes from the least
 * to the most.
 */
final class BarChart {
    private static final int WIDTH = 760;
    private static final int TOP = 64;
    private static final int LEFT = 230;
    private static final int RIGHT = 90;
    private static final int BAR = 16;
    private static final int GAP = 12;
    private static final int TICKS = 5;

    private final String title;
    private final String unit;
    private final List<String> series;
    private final List<Row> rows;

    /**
     * A peer's bars.
     *
     * @param peer whose
     * @param values one for each series
     */
    record Row(Peer peer, List<Spread> values) {}

    BarChart(String title, String unit, List<String> series, List<Row> rows) {
        this.title = title;
        this.unit = unit;
        this.series = series;
        this.rows = rows;
    }

    String image() {
        Svg svg = new Svg(title, WIDTH);
        svg.text(0, 20, Anchor.START, "title", title);
        svg.text(0, 42, Anchor.START, "axis", legend());
        double scale = (WIDTH - LEFT - RIGHT) / most();
        double height = TOP + rows.size() * (double) groupHeight();
        grid(svg, scale, height);
        double y = TOP;
        for (Row row : rows) {
            group(svg, row, y, scale);
            y += groupHeight();
        }
        svg.text(LEFT + (WIDTH - LEFT - RIGHT) / 2.0, height + 36, Anchor.MIDDLE, "axis", unit);
        return svg.image(height + 48);
    }

    private String legend() {
        return series.size() == 1 ? series.get(0) : "from top to bottom in each group: " + String.join(", ", series);
    }

    private int groupHeight() {
        return series.size() * BAR + GAP;
    }

    private double most() {
        double most = rows.stream()
                .flatMap(row -> row.values().stream())
                .mapToDouble(Spread::most)
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        return Math.max(most, Double.MIN_NORMAL);
    }

    private void grid(Svg svg, double scale, double height) {
        double step = step(most());
        for (double value = 0; value <= most() * 1.001; value += step) {
            double x = LEFT + value * scale;
            svg.line(x, TOP - 4, x, height, "grid");
            svg.text(x, height + 16, Anchor.MIDDLE, "axis", value == 0 ? "0" : Spread.number(value));
        }
    }

    /** 1, 2 or 5 times a power of ten. */
    static double step(double most) {
        double rough = most / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double digit = rough / power;
        return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
    }

    private void group(Svg svg, Row row, double top, double scale) {
        String style = row.peer() == Peer.WEIR ? "strong" : "name";
        double middle = top + series.size() * BAR / 2.0 + Svg.FONT / 3.0;
        svg.text(LEFT - 8, middle, Anchor.END, style, row.peer().title());
        double y = top;
        for (Spread value : row.values()) {
            bar(svg, row.peer(), value, y, scale);
            y += BAR;
        }
    }

    private static void bar(Svg svg, Peer peer, Spread value, double y, double scale) {
        double text = y + BAR / 2.0 + Svg.FONT / 3.0;
        if (value.isEmpty()) {
            svg.text(LEFT + 6, text, Anchor.START, "axis", "n/a");
            return;
        }
        double end = LEFT + value.median() * scale;
        svg.rectangle(LEFT, y + 1, value.median() * scale, BAR - 2, Colours.of(peer));
        if (value.most() > value.least()) {
            double middle = y + BAR / 2.0;
            svg.line(LEFT + value.least() * scale, middle, LEFT + value.most() * scale, middle, "range");
        }
        double labelAt = Math.max(end, LEFT + value.most() * scale) + 6;
        svg.text(labelAt, text, Anchor.START, "value", Spread.number(value.median()));
    }
}
