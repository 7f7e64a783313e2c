package dev.weir.benchmarks.report;

import dev.weir.benchmarks.peer.Peer;
import dev.weir.benchmarks.peer.Policy;
import dev.weir.benchmarks.peer.Shape;
import dev.weir.benchmarks.suite.Environment;
import dev.weir.benchmarks.suite.Measurement;
import dev.weir.benchmarks.suite.Numbers;
import dev.weir.benchmarks.suite.Plan;
import dev.weir.benchmarks.suite.Results;
import dev.weir.benchmarks.trial.Case;
import dev.weir.benchmarks.trial.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** What a run found, as tables: medians of the rounds with the least and the most, ratios within each round. */
final class MarkdownReport {
    private static final List<String> PERCENTILES = List.of("p50", "p90", "p99", "p99.9", "p99.99", "max");
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double BYTES_PER_KIB = 1024;

    private final Environment environment;
    private final Plan plan;
    private final Results results;
    private final StringBuilder out = new StringBuilder(16_384);

    MarkdownReport(Environment environment, Plan plan, Results results) {
        this.environment = environment;
        this.plan = plan;
        this.results = results;
    }

    String text() {
        head();
        base();
        axes("Thousands of records per second", measurement -> Numbers.perSecond(measurement) / 1e3);
        axes("µs of processor time per record", Numbers::cpuMicros);
        leftOut();
        cases(Kind.RESPONSE).forEach(this::response);
        outage();
        secondSink();
        startUp();
        disabled();
        allocation();
        failures();
        return out.toString();
    }

    private void head() {
        out.append("Written by `").append(environment.command()).append("` on ").append(environment.date());
        out.append(", commit ")
                .append(environment.commit())
                .append(".\nMachine: ")
                .append(environment.machine());
        out.append(".\nJDK: ").append(environment.jdk()).append(", `");
        out.append(String.join(" ", environment.jvm())).append("`.\nNoise: load average before each round ");
        out.append(Spread.of(results.loads()).text()).append(", processor use by others during measurements ");
        out.append(Spread.of(results.others()).text()).append(" of the machine.\n");
        out.append("All numbers are the median (least–most) of the rounds; a number alone comes from one round.\n");
    }

    private List<Case> cases(Kind kind) {
        return plan.cases().stream().filter(of -> of.kind() == kind).toList();
    }

    private void title(String text) {
        out.append("\n### ").append(text).append("\n\n");
    }

    /** A cell: the spread of a number, and why there is none. */
    private String cell(Case of, Peer peer, ToDoubleFunction<Measurement> number) {
        if (!plan.peers(of).contains(peer)) {
            return "n/a";
        }
        Spread spread = Spread.of(results.series(of, peer, number));
        boolean failed = results.of(of, peer).stream().anyMatch(each -> !each.isMade());
        return failed ? spread.isEmpty() ? "failed" : spread.text() + ", failed once or more" : spread.text();
    }

    // sustained

    private void base() {
        for (Case of : cases(Kind.SUSTAINED)) {
            if (Plan.base().contains(of)) {
                title("Sustained: " + of.title());
                Table table = new Table(List.of(
                        "",
                        "1000 records/s",
                        "Weir does × as many",
                        "µs of processor per record",
                        "bytes per record, callers",
                        "all threads",
                        "% of the time collecting",
                        "peak memory, MiB",
                        "lost"));
                plan.peers(of).forEach(peer -> table.row(baseRow(of, peer)));
                out.append(table);
            }
        }
    }

    private List<String> baseRow(Case of, Peer peer) {
        return List.of(
                peer.title(),
                cell(of, peer, measurement -> Numbers.perSecond(measurement) / 1e3),
                Spread.of(results.ratios(of, Peer.WEIR, peer, Numbers::perSecond))
                        .text(),
                cell(of, peer, Numbers::cpuMicros),
                cell(of, peer, Numbers::callerBytes),
                cell(of, peer, Numbers::processBytes),
                cell(of, peer, Numbers::collectionPercent),
                cell(of, peer, Numbers::peakMebibytes),
                lost(of, peer));
    }

    private String lost(Case of, Peer peer) {
        double lost = sum(of, peer, Numbers::lost);
        return lost == 0
                ? "0"
                : String.format(
                        Locale.ROOT,
                        "**%.0f of %.0f**",
                        lost,
                        sum(of, peer, measurement -> Numbers.raw(measurement, "emitted")));
    }

    private double sum(Case of, Peer peer, ToDoubleFunction<Measurement> number) {
        return results.series(of, peer, number).stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    /** All sustained cases beside each other; a loss stands in its cell. */
    private void axes(String what, ToDoubleFunction<Measurement> number) {
        List<Case> cases = cases(Kind.SUSTAINED);
        if (cases.isEmpty()) {
            return;
        }
        title(what);
        List<Peer> peers = peers(cases);
        List<String> head = new ArrayList<>(List.of(""));
        peers.forEach(peer -> head.add(peer.title()));
        Table table = new Table(head);
        for (Case of : cases) {
            List<String> row = new ArrayList<>(List.of(of.title()));
            for (Peer peer : peers) {
                String lost = lost(of, peer);
                row.add(cell(of, peer, number) + (lost.equals("0") ? "" : ", lost " + lost));
            }
            table.row(row);
        }
        out.append(table);
    }

    private List<Peer> peers(List<Case> cases) {
        Set<Peer> peers = new LinkedHashSet<>();
        for (Peer peer : Peer.values()) {
            if (cases.stream().anyMatch(of -> plan.peers(of).contains(peer))) {
                peers.add(peer);
            }
        }
        return List.copyOf(peers);
    }

    private void leftOut() {
        List<Case> cases = cases(Kind.SUSTAINED);
        Set<String> reasons = new LinkedHashSet<>();
        for (Peer peer : peers(cases)) {
            for (Case of : cases) {
                String reason = Plan.reasonAgainst(peer, of);
                if (!reason.isEmpty()) {
                    reasons.add(peer.title() + ' ' + reason);
                }
            }
        }
        if (!cases.isEmpty() && environment.laterJdk().isEmpty()) {
            reasons.add("virtual threads were left out, for want of a JDK 21");
        } else if (cases.stream().anyMatch(Case::virtual)) {
            reasons.add("virtual threads ran on " + environment.laterJdk());
        }
        if (!reasons.isEmpty()) {
            out.append('\n').append(String.join("; ", reasons)).append(".\n");
        }
    }

    // response

    private void response(Case of) {
        title("Response time, µs: " + of.title());
        out.append(percentiles(of, List.of()));
    }

    /** The percentiles of a case, and more columns before them. */
    private Table percentiles(Case of, List<Column> more) {
        List<String> head = new ArrayList<>(List.of(""));
        more.forEach(column -> head.add(column.title()));
        head.addAll(PERCENTILES);
        Table table = new Table(head);
        for (Peer peer : plan.peers(of)) {
            List<String> row = new ArrayList<>(List.of(peer.title()));
            more.forEach(column -> row.add(cell(of, peer, column.number())));
            for (String name : PERCENTILES) {
                row.add(cell(of, peer, measurement -> Numbers.raw(measurement, name) / NANOS_PER_MICRO));
            }
            table.row(row);
        }
        return table;
    }

    private record Column(String title, ToDoubleFunction<Measurement> number) {}

    // outage

    private void outage() {
        for (Case of : cases(Kind.OUTAGE)) {
            if (of.policy() == Policy.DROP) {
                title("The only sink hangs, the policy drops: response time at 10 000/s, µs");
                out.append(percentiles(of, List.of()));
            } else {
                title("The only sink hangs, the caller waits: records until one call took longer than two seconds");
                Table table = new Table(List.of("", "blocked after records"));
                for (Peer peer : plan.peers(of)) {
                    table.row(List.of(peer.title(), cell(of, peer, each -> Numbers.raw(each, "blockedAfter"))));
                }
                out.append(table);
            }
        }
    }

    private void secondSink() {
        for (Case of : cases(Kind.SECOND_SINK)) {
            title("A healthy file " + of.title() + ": what it gets of 50 000 records/s, and response time, µs");
            out.append(percentiles(
                    of,
                    List.of(new Column(
                            "records/s to the file", measurement -> Numbers.raw(measurement, "perSecond")))));
        }
    }

    // start-up

    private void startUp() {
        for (Case of : cases(Kind.START_UP)) {
            title("Start-up");
            Table table =
                    new Table(List.of("", "ms to the first line", "ms of processor", "classes loaded", "jars, KiB"));
            for (Peer peer : plan.peers(of)) {
                table.row(List.of(
                        peer.title(),
                        cell(of, peer, each -> Numbers.raw(each, "wallNanos") / NANOS_PER_MILLI),
                        cell(of, peer, each -> Numbers.raw(each, "cpuNanos") / NANOS_PER_MILLI),
                        cell(of, peer, each -> Numbers.raw(each, "classes")),
                        cell(of, peer, each -> Numbers.raw(each, "jarBytes") / BYTES_PER_KIB)));
            }
            out.append(table);
        }
    }

    // calls

    private void disabled() {
        for (Case of : cases(Kind.DISABLED)) {
            title("A level that is off, ns per call");
            Table table = new Table(List.of("", "constant message", "3 arguments"));
            for (Peer peer : plan.peers(of)) {
                table.row(List.of(
                        peer.title(),
                        cell(of, peer, each -> Numbers.raw(each, "constant")),
                        cell(of, peer, each -> Numbers.raw(each, "arguments"))));
            }
            out.append(table);
        }
    }

    private void allocation() {
        for (Case of : cases(Kind.ALLOCATION)) {
            title("Bytes that a call allocates on its own thread");
            List<String> head = new ArrayList<>(List.of(""));
            for (Shape shape : Shape.values()) {
                head.add(shape.title());
            }
            Table table = new Table(head);
            for (Peer peer : plan.peers(of)) {
                List<String> row = new ArrayList<>(List.of(peer.title()));
                for (Shape shape : Shape.values()) {
                    String name = shape.name().toLowerCase(Locale.ROOT).replace('_', '-');
                    row.add(cell(of, peer, each -> Numbers.raw(each, name)));
                }
                table.row(row);
            }
            out.append(table);
        }
    }

    private void failures() {
        List<Measurement> failed =
                results.measurements().stream().filter(each -> !each.isMade()).toList();
        if (!failed.isEmpty()) {
            title("Failed");
            for (Measurement each : failed) {
                out.append("- ")
                        .append(each.of().key())
                        .append(", ")
                        .append(each.peer().title());
                out.append(", round ")
                        .append(each.round())
                        .append(": `")
                        .append(each.failure())
                        .append("`\n");
            }
        }
    }
}
