package dev.weir.benchmarks.report;

import dev.weir.benchmarks.peer.Peer;
import dev.weir.benchmarks.report.Svg.Anchor;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** A line for each peer through some marks, over a logarithmic scale. */
final class LineChart {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;
    private static final int TOP = 50;
    private static final int LEFT = 80;
    private static final int RIGHT = 200;
    private static final int BOTTOM = 60;
    private static final double LEAST = 0.01;

    private final String title;
    private final String across;
    private final String unit;
    private final List<String> marks;
    private final List<Row> rows;

    /**
     * A peer's line.
     *
     * @param peer whose
     * @param values one for each mark
     */
    record Row(Peer peer, List<Double> values) {}

    LineChart(String title, String across, String unit, List<String> marks, List<Row> rows) {
        this.title = title;
        this.across = across;
        this.unit = unit;
        this.marks = marks;
        this.rows = rows;
    }

    String image() {
        Svg svg = new Svg(title, WIDTH);
        svg.text(0, 20, Anchor.START, "title", title);
        double lowest = Math.floor(Math.log10(extreme(true)));
        double highest = Math.max(Math.ceil(Math.log10(extreme(false))), lowest + 1);
        grid(svg, lowest, highest);
        int at = 0;
        for (Row row : rows) {
            line(svg, row, lowest, highest);
            key(svg, row.peer(), at++);
        }
        svg.text(x(0) + (x(marks.size() - 1) - x(0)) / 2, HEIGHT - 14, Anchor.MIDDLE, "axis", across);
        svg.upwards(18, TOP + (HEIGHT - TOP - BOTTOM) / 2.0, unit);
        return svg.image(HEIGHT);
    }

    private double extreme(boolean least) {
        var values = rows.stream()
                .flatMap(row -> row.values().stream())
                .filter(Double::isFinite)
                .mapToDouble(value -> Math.max(value, LEAST));
        return (least ? values.min() : values.max()).orElse(1);
    }

    private void grid(Svg svg, double lowest, double highest) {
        for (double power = lowest; power <= highest; power++) {
            double y = y(power, lowest, highest);
            svg.line(LEFT, y, WIDTH - RIGHT, y, "grid");
            svg.text(LEFT - 8, y + Svg.FONT / 3.0, Anchor.END, "axis", decimal(power));
        }
        for (int i = 0; i < marks.size(); i++) {
            svg.text(x(i), HEIGHT - BOTTOM + 20, Anchor.MIDDLE, "axis", marks.get(i));
        }
    }

    private static String decimal(double power) {
        String format = power >= 0 ? "%,.0f" : "%." + (int) -power + 'f';
        return String.format(Locale.ROOT, format, Math.pow(10, power));
    }

    private void line(Svg svg, Row row, double lowest, double highest) {
        StringJoiner points = new StringJoiner(" ");
        for (int i = 0; i < row.values().size(); i++) {
            double value = row.values().get(i);
            if (Double.isFinite(value)) {
                double y = y(Math.log10(Math.max(value, LEAST)), lowest, highest);
                points.add(Svg.number(x(i)) + ',' + Svg.number(y));
            }
        }
        svg.polyline(points.toString(), Colours.of(row.peer()), row.peer() == Peer.WEIR ? 3.5 : 2);
    }

    private void key(Svg svg, Peer peer, int at) {
        double y = TOP + 10 + at * 22.0;
        svg.rectangle(WIDTH - RIGHT + 16, y - 5, 18, 5, Colours.of(peer));
        svg.text(WIDTH - RIGHT + 40, y + 1, Anchor.START, peer == Peer.WEIR ? "strong" : "name", peer.title());
    }

    private double x(int mark) {
        return LEFT + 20 + mark * (WIDTH - LEFT - RIGHT - 40.0) / Math.max(1, marks.size() - 1);
    }

    private static double y(double power, double lowest, double highest) {
        return HEIGHT - BOTTOM - (power - lowest) / (highest - lowest) * (HEIGHT - TOP - BOTTOM);
    }
}
