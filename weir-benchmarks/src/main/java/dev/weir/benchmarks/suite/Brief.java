package dev.weir.benchmarks.suite;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A measurement in a few words, for whoever watches. */
final class Brief {
    private Brief() {}

    static String of(Measurement made) {
        Map<String, Double> values = made.values();
        if (values.containsKey("seconds")) {
            return String.format(
                    Locale.ROOT,
                    "%.0f thousand/s, %.2f us of processor a record, %.0f of %.0f written",
                    Numbers.perSecond(made) / 1e3,
                    Numbers.cpuMicros(made),
                    values.get("written"),
                    values.get("emitted"));
        }
        return values.entrySet().stream()
                .map(value -> value.getKey() + '=' + String.format(Locale.ROOT, "%.4g", value.getValue()))
                .collect(Collectors.joining(" "));
    }
}
