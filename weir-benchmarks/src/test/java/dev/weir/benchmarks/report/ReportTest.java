package dev.weir.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weir.benchmarks.peer.Peer;
import dev.weir.benchmarks.peer.Shape;
import dev.weir.benchmarks.peer.Sink;
import dev.weir.benchmarks.suite.Environment;
import dev.weir.benchmarks.suite.Measurement;
import dev.weir.benchmarks.suite.Options;
import dev.weir.benchmarks.suite.Plan;
import dev.weir.benchmarks.suite.Results;
import dev.weir.benchmarks.trial.Case;
import dev.weir.benchmarks.trial.Load;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** Reports of a run that is made up. */
final class ReportTest {
    private static final Environment ENVIRONMENT = new Environment(
            "2026-11-30", "0123456789ab", "./weir bench --quick", "a machine", "a JDK 17", "", List.of("-Xmx1g"));
    private static final Case BASE = Case.sustained(Sink.JSON, Shape.MDC, 1);

    @TempDir
    private Path directory;

    private final Results results = new Results();
    private Plan plan;

    @BeforeEach
    void makeUp() throws Exception {
        String[] args = {"--peers", "weir,logback-async,tinylog", "--cases", "sustained,response"};
        plan = new Plan(Options.parse(args, Path.of(".")));
        results.addLoad(0.5);
        for (int round = 1; round <= 3; round++) {
            add(BASE, Peer.WEIR, round, sustained(2_000_000 + round * 1000, 0));
            add(BASE, Peer.LOGBACK_ASYNC, round, sustained(500_000, 7));
            add(Case.response(Load.STEADY_50K), Peer.WEIR, round, Map.of("p50", 200.0, "p99", 900.0, "max", 12_000.0));
        }
        results.add(new Measurement(BASE, Peer.TINYLOG, 1, Map.of(), "java.lang.OutOfMemoryError: <heap>"));
    }

    private void add(Case of, Peer peer, int round, Map<String, Double> values) {
        results.add(new Measurement(of, peer, round, values, ""));
    }

    private static Map<String, Double> sustained(double records, double lost) {
        return Map.of(
                "records", records, "seconds", 1.0, "cpuNanos", 1e9, "emitted", records, "written", records - lost);
    }

    private String markdown() {
        return new Report(ENVIRONMENT, plan, results).markdown();
    }

    @Test
    void saysWhereTheNumbersComeFrom() {
        assertThat(markdown())
                .contains("./weir bench --quick", "2026-11-30", "0123456789ab", "a machine", "a JDK 17", "-Xmx1g");
    }

    @Test
    void givesMediansAndRatiosWithinTheRounds() {
        assertThat(markdown()).contains("| Weir | 2002 (2001–2003) | 1.00 (1.00–1.00) |");
        assertThat(markdown()).contains("| Logback async | 500 (500–500) | 4.00 (4.00–4.01) |");
    }

    @Test
    void showsALossBesideTheSpeed() {
        assertThat(markdown()).contains("**21 of 1500000**");
    }

    @Test
    void showsWhoFailedAndWhy() {
        assertThat(markdown())
                .contains(
                        "| tinylog | failed |",
                        "- sustained json mdc 1, tinylog, round 1: `java.lang.OutOfMemoryError");
    }

    @Test
    void hasEveryRoundInItsJson() throws Exception {
        new Report(ENVIRONMENT, plan, results).writeTo(directory);

        JsonObject json = JsonParser.parseString(Files.readString(directory.resolve("results.json")))
                .getAsJsonObject();
        JsonObject base = json.getAsJsonArray("cases").get(0).getAsJsonObject();
        assertThat(base.get("case").getAsString()).isEqualTo("sustained json mdc 1");
        assertThat(base.getAsJsonArray("measurements")).hasSize(7);
    }

    @Test
    void drawsChartsWithTitlesAndUnits() throws Exception {
        new Report(ENVIRONMENT, plan, results).writeTo(directory);

        assertThat(textOf("sustained.svg")).contains("Weir", "Logback async", "million records per second", "2.00");
        assertThat(textOf("processor.svg")).contains("µs per record");
        assertThat(textOf("response-steady-50k.svg")).contains("p99.99", "µs, logarithmic", "percentile of the calls");
    }

    private String textOf(String chart) throws Exception {
        byte[] bytes = Files.readAllBytes(directory.resolve(chart));
        Document parsed =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
        assertThat(new String(bytes, StandardCharsets.UTF_8)).doesNotContain("NaN");
        return parsed.getDocumentElement().getTextContent();
    }

    @Test
    void goesBetweenTheMarksOfADocument() throws Exception {
        Path document = directory.resolve("benchmarks.md");
        Files.writeString(document, "before\n" + Marks.BEGIN + "\nold\n" + Marks.END + "\nafter\n");

        new Report(ENVIRONMENT, plan, results).writeInto(document, directory.resolve("benchmarks"));

        assertThat(Files.readString(document))
                .startsWith("before\n" + Marks.BEGIN)
                .endsWith(Marks.END + "\nafter\n")
                .contains("### Sustained")
                .doesNotContain("old\n");
        try (Stream<Path> beside = Files.list(directory.resolve("benchmarks"))) {
            assertThat(beside).anyMatch(path -> path.endsWith("results.json"));
        }
    }
}
