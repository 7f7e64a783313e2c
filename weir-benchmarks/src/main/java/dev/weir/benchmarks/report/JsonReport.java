package dev.weir.benchmarks.report;

import dev.weir.benchmarks.peer.Peer;
import dev.weir.benchmarks.suite.Environment;
import dev.weir.benchmarks.suite.Measurement;
import dev.weir.benchmarks.suite.Plan;
import dev.weir.benchmarks.suite.Results;
import dev.weir.benchmarks.trial.Case;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that a run found, every single round of it. */
final class JsonReport {
    private final Environment environment;
    private final Plan plan;
    private final Results results;

    JsonReport(Environment environment, Plan plan, Results results) {
        this.environment = environment;
        this.plan = plan;
        this.results = results;
    }

    String text() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("date", environment.date());
        all.put("commit", environment.commit());
        all.put("command", environment.command());
        all.put("machine", environment.machine());
        all.put("jdk", environment.jdk());
        all.put("laterJdk", environment.laterJdk());
        all.put("jvm", environment.jvm());
        all.put("loadBeforeRounds", results.loads());
        all.put("processorUseByOthers", results.others());
        Map<String, Object> peers = new LinkedHashMap<>();
        for (Peer peer : Peer.values()) {
            peers.put(peer.word(), peer.title());
        }
        all.put("peers", peers);
        List<Object> cases = new ArrayList<>();
        for (Case of : plan.cases()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("case", of.key());
            one.put("title", of.title());
            one.put("measurements", measurements(of));
            cases.add(one);
        }
        all.put("cases", cases);
        return JsonText.of(all);
    }

    private List<Object> measurements(Case of) {
        List<Object> measurements = new ArrayList<>();
        for (Measurement each : results.measurements()) {
            if (each.of().equals(of)) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("round", each.round());
                one.put("peer", each.peer().word());
                if (each.isMade()) {
                    one.put("values", each.values());
                } else {
                    one.put("failed", each.failure());
                }
                measurements.add(one);
            }
        }
        return measurements;
    }
}
