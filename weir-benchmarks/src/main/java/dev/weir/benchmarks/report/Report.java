package dev.weir.benchmarks.report;

import dev.weir.benchmarks.suite.Environment;
import dev.weir.benchmarks.suite.Plan;
import dev.weir.benchmarks.suite.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The files that a run leaves behind. */
public final class Report {
    private static final String JSON = "results.json";

    private final String markdown;
    private final String json;
    private final Map<String, String> charts;

    /** A report of a run. */
    public Report(Environment environment, Plan plan, Results results) {
        markdown = new MarkdownReport(environment, plan, results).text();
        json = new JsonReport(environment, plan, results).text();
        charts = new Charts(plan, results).images();
    }

    /** As Markdown. */
    public String markdown() {
        return markdown;
    }

    /** Writes everything into a directory, which is created if it is not there. */
    public void writeTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("report.md"), markdown);
        writeData(directory);
    }

    /** Puts the tables into a document, between its marks, and the rest into a directory beside it. */
    public void writeInto(Path document, Path directory) throws IOException {
        Marks.replaceIn(document, markdown);
        Files.createDirectories(directory);
        writeData(directory);
    }

    private void writeData(Path directory) throws IOException {
        Files.writeString(directory.resolve(JSON), json);
        for (Map.Entry<String, String> chart : charts.entrySet()) {
            Files.writeString(directory.resolve(chart.getKey()), chart.getValue());
        }
    }
}
