package dev.weir.benchmarks;

import dev.weir.benchmarks.report.Report;
import dev.weir.benchmarks.suite.Environment;
import dev.weir.benchmarks.suite.Options;
import dev.weir.benchmarks.suite.Plan;
import dev.weir.benchmarks.suite.Runner;
import dev.weir.benchmarks.suite.UsageException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The benchmark suite; {@code ./weir bench --help} says what it understands. */
public final class Bench {
    private static final int USAGE = 2;

    private Bench() {}

    /**
     * Measures, prints the report on stdout and writes it into files.
     *
     * @param args as {@link Options#usage} says
     * @throws IOException if this machine cannot do it at all
     * @throws InterruptedException if the thread is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        try {
            run(Options.parse(args, Path.of(System.getProperty("bench.root", "."))), args);
        } catch (UsageException wrong) {
            System.err.println("weir bench: " + wrong.getMessage());
            System.exit(USAGE);
        }
    }

    private static void run(Options options, String[] args) throws IOException, InterruptedException, UsageException {
        if (options.isHelp()) {
            System.out.print(Options.usage());
            return;
        }
        Environment environment = Environment.of(options, command(args));
        Plan plan = new Plan(options);
        Runner runner = new Runner(options, plan);
        runner.run(results -> new Report(environment, plan, results).writeTo(options.out()));
        Report report = new Report(environment, plan, runner.results());
        if (options.isWrite()) {
            Path docs = options.root().resolve("docs");
            report.writeInto(docs.resolve("benchmarks.md"), docs.resolve("benchmarks"));
        }
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)
                .println(report.markdown());
        System.err.println("written to " + options.out());
    }

    /** As a shell would take it. */
    private static String command(String[] args) {
        StringBuilder command = new StringBuilder("./weir bench");
        for (String arg : args) {
            command.append(' ').append(arg.matches("[\\w./,:=+-]+") ? arg : "'" + arg + "'");
        }
        return command.toString();
    }
}
