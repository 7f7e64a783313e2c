package dev.weir.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the trials of {@link EndToEnd} gave, round by round, and the table of it. */
final class Results {
    private static final String BEGIN = "<!-- begin: written by EndToEnd -->";
    private static final String END = "<!-- end: written by EndToEnd -->";

    private final Map<Contender, Map<String, List<Double>>> values = new EnumMap<>(Contender.class);
    private final List<Double> loads = new ArrayList<>();
    private final List<Double> others = new ArrayList<>();

    /** Notes how busy the machine was before a round. */
    void load(double average) {
        loads.add(average);
    }

    /** Adds a trial. */
    void add(Contender contender, String kind, int threads, Map<String, String> result) {
        if (kind.equals("latency")) {
            for (String key : List.of("p50", "p99", "p999", "max")) {
                series(contender, key).add(number(result, key) / 1000);
            }
        } else {
            series(contender, "rate" + threads).add(number(result, "records") / number(result, "seconds"));
            series(contender, "cpu" + threads).add(number(result, "cpuMicros"));
            others.add(number(result, "others"));
        }
        series(contender, "lost").add(number(result, "emitted") - number(result, "written"));
        series(contender, "emitted").add(number(result, "emitted"));
    }

    private static double number(Map<String, String> result, String key) {
        return Double.parseDouble(result.getOrDefault(key, "NaN"));
    }

    private List<Double> series(Contender contender, String key) {
        return values.computeIfAbsent(contender, added -> new TreeMap<>())
                .computeIfAbsent(key, added -> new ArrayList<>());
    }

    // the table

    /** The result as Markdown: medians of the rounds with least and most, ratios within each round. */
    String markdown(List<Contender> contenders, String jvm, String command) throws IOException {
        StringBuilder out = new StringBuilder(4096);
        out.append("Written by `").append(command).append("` on ").append(LocalDate.now(ZoneOffset.UTC));
        out.append(", commit ").append(commit()).append(".\n");
        out.append("Machine: ").append(machine()).append(".\nJDK: ").append(System.getProperty("java.vm.name"));
        out.append(' ')
                .append(System.getProperty("java.runtime.version"))
                .append(", `")
                .append(jvm);
        out.append("`.\nNoise: load average before each round ").append(spread(loads, "%.1f"));
        out.append(", processor use by others during measurements ").append(spread(others, "%.2f"));
        out.append(" of the machine.\nWeir is called through ");
        out.append(isWeirThroughSlf4j() ? "SLF4J" : "its own `dev.weir.Logger`, the peers through SLF4J");
        out.append(
                ".\n\nRecords per second, from the first call to the last line in the file; median (least–most) of ");
        out.append(loads.size()).append(" rounds. × is how often Weir does as much, median of the rounds.\n\n");
        out.append("| | 1 thread, 1000/s | × | 2 threads, 1000/s | × | µs of processor per record, 1 thread "
                + "| 2 threads | lost |\n|---|---:|---:|---:|---:|---:|---:|---:|\n");
        for (Contender contender : contenders) {
            row(out, contender);
        }
        if (!series(contenders.get(0), "p50").isEmpty()) {
            out.append("\nWhat a caller waits at a steady 50 000 records a second, in µs from the intended start;"
                    + " median (least–most) of the rounds.\n\n| | p50 | p99 | p99.9 | longest |\n"
                    + "|---|---:|---:|---:|---:|\n");
            for (Contender contender : contenders) {
                out.append("| ").append(contender.title());
                for (String key : List.of("p50", "p99", "p999", "max")) {
                    out.append(" | ").append(spread(series(contender, key), "%.2f"));
                }
                out.append(" |\n");
            }
        }
        return out.toString();
    }

    private void row(StringBuilder out, Contender contender) {
        out.append("| ").append(contender.title());
        for (String key : List.of("rate1", "rate2")) {
            List<Double> thousands =
                    series(contender, key).stream().map(rate -> rate / 1000).toList();
            out.append(" | ").append(spread(thousands, "%.0f"));
            out.append(" | ").append(spread(ratios(contender, key), "%.1f"));
        }
        out.append(" | ").append(spread(series(contender, "cpu1"), "%.2f"));
        out.append(" | ").append(spread(series(contender, "cpu2"), "%.2f"));
        out.append(" | ").append(sum(series(contender, "lost"))).append(" of ");
        out.append(sum(series(contender, "emitted"))).append(" |\n");
    }

    private List<Double> ratios(Contender contender, String key) {
        List<Double> weir = series(Contender.WEIR, key);
        List<Double> own = series(contender, key);
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(weir.size(), own.size()); round++) {
            ratios.add(weir.get(round) / own.get(round));
        }
        return ratios;
    }

    private static long sum(List<Double> values) {
        return (long) values.stream().mapToDouble(Double::doubleValue).sum();
    }

    private static String spread(List<Double> unsorted, String format) {
        if (unsorted.isEmpty()) {
            return "–";
        }
        List<Double> sorted = unsorted.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return String.format(
                Locale.ROOT,
                format + " (" + format + "–" + format + ")",
                median,
                sorted.get(0),
                sorted.get(sorted.size() - 1));
    }

    // where it was measured

    private static boolean isWeirThroughSlf4j() {
        return WeirBackend.class.getResource("/dev/weir/slf4j/WeirServiceProvider.class") != null;
    }

    private static String machine() throws IOException {
        Path cpus = Path.of("/proc/cpuinfo");
        String model = "";
        if (Files.isReadable(cpus)) {
            model = Files.readAllLines(cpus, StandardCharsets.UTF_8).stream()
                    .filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip() + ", ")
                    .orElse("");
        }
        return model + Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.name")
                + ' ' + System.getProperty("os.version") + ' ' + System.getProperty("os.arch");
    }

    private static String commit() throws IOException {
        Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(git.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            return line == null ? "unknown" : line;
        }
    }

    /** Replaces what stands between the marks of a document. */
    static void replaceIn(Path document, String table) throws IOException {
        String text = Files.readString(document);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(document + " (expected: the lines " + BEGIN + " and " + END + ")");
        }
        Files.writeString(
                document, text.substring(0, begin + BEGIN.length()) + "\n\n" + table + '\n' + text.substring(end));
    }
}
