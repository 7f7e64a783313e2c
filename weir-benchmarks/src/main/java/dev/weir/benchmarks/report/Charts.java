package dev.weir.benchmarks.report;

import dev.weir.benchmarks.peer.Peer;
import dev.weir.benchmarks.suite.Measurement;
import dev.weir.benchmarks.suite.Numbers;
import dev.weir.benchmarks.suite.Plan;
import dev.weir.benchmarks.suite.Results;
import dev.weir.benchmarks.trial.Case;
import dev.weir.benchmarks.trial.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The charts of a run, by the names of their files. */
final class Charts {
    private static final List<String> PERCENTILES = List.of("p50", "p90", "p99", "p99.9", "p99.99", "max");

    private final Plan plan;
    private final Results results;

    Charts(Plan plan, Results results) {
        this.plan = plan;
        this.results = results;
    }

    Map<String, String> images() {
        Map<String, String> images = new LinkedHashMap<>();
        List<Case> base = plan.cases().stream().filter(Plan.base()::contains).toList();
        if (!base.isEmpty()) {
            images.put(
                    "sustained.svg",
                    bars(
                            "Records from the call to the JSON file: more is better",
                            "million records per second",
                            base,
                            measurement -> Numbers.perSecond(measurement) / 1e6));
            images.put(
                    "processor.svg",
                    bars(
                            "Processor time of a record, all threads: less is better",
                            "µs per record",
                            base,
                            Numbers::cpuMicros));
        }
        for (Case of : plan.cases()) {
            if (of.kind() == Kind.RESPONSE) {
                images.put(of.key().replace(' ', '-') + ".svg", percentiles(of));
            }
        }
        return images;
    }

    private String bars(String title, String unit, List<Case> cases, ToDoubleFunction<Measurement> number) {
        List<String> series = cases.stream()
                .map(of -> of.threads() == 1 ? "1 thread" : of.threads() + " threads")
                .toList();
        List<BarChart.Row> rows = new ArrayList<>();
        for (Peer peer : plan.peers(cases.get(0))) {
            List<Spread> values = cases.stream()
                    .map(of -> Spread.of(results.series(of, peer, number)))
                    .toList();
            rows.add(new BarChart.Row(peer, values));
        }
        return new BarChart(title, unit, series, rows).image();
    }

    private String percentiles(Case of) {
        List<LineChart.Row> rows = new ArrayList<>();
        for (Peer peer : plan.peers(of)) {
            List<Double> values = PERCENTILES.stream()
                    .map(name -> Spread.of(results.series(of, peer, each -> Numbers.raw(each, name) / 1e3))
                            .median())
                    .toList();
            rows.add(new LineChart.Row(peer, values));
        }
        String title = "What a caller waits, " + of.title() + ": less is better";
        return new LineChart(title, "percentile of the calls", "µs, logarithmic", PERCENTILES, rows).image();
    }
}
