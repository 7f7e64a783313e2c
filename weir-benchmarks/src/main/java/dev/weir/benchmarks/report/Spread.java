package dev.weir.benchmarks.report;

import java.util.List;
import java.util.Locale;

/** The median of some numbers, with the least and the most. Never the best of them. */
record Spread(double median, double least, double most, int count) {
    static Spread of(List<Double> unsorted) {
        List<Double> sorted = unsorted.stream().sorted().toList();
        int count = sorted.size();
        if (count == 0) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN, 0);
        }
        int middle = count / 2;
        double median = count % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(count - 1), count);
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** As {@code median (least–most)}; a single number stands alone. */
    String text() {
        if (isEmpty()) {
            return "–";
        }
        return count == 1 ? number(median) : number(median) + " (" + number(least) + '–' + number(most) + ')';
    }

    /** With as many decimals as three digits need. */
    static String number(double value) {
        double size = Math.abs(value);
        String format = size >= 100 || value == 0 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}
