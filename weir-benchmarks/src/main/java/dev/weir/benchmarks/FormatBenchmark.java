package dev.weir.benchmarks;

import dev.weir.benchmarks.format.Formatting;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to format a record, Weir's formatters beside those of others: a thousand calls, again and again. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FormatBenchmark {
    /** Which formatter. */
    @Param({
        "weir",
        "python",
        "ecs",
        "logstash",
        "gelf",
        "gcp",
        "text",
        "pattern",
        "pattern-mdc",
        "pretty",
        "logback-event",
        "logback-pattern",
        "logback-pattern-mdc",
        "logback-logstash",
        "log4j-pattern",
        "log4j-pattern-mdc",
        "log4j-ecs",
        "log4j-logstash",
        "log4j-gelf",
        "log4j-gcp"
    })
    public String formatter = "";

    /** What is in the records, as {@link Formatting#of} says. */
    @Param({"mdc", "never-again", "key-values", "exception", "exceptions"})
    public String shape = "";

    private Formatting formatting = () -> 0;

    /** Makes the formatter and the calls. */
    @Setup(Level.Trial)
    public void make() {
        formatting = Formatting.of(formatter, shape);
    }

    /**
     * Formats all of them.
     *
     * @return how many bytes they made
     */
    @Benchmark
    @OperationsPerInvocation(Formatting.CALLS)
    public long format() {
        return formatting.formatAll();
    }
}
