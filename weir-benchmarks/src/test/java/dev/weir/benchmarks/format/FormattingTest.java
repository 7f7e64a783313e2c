package dev.weir.benchmarks.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.benchmarks.FormatBenchmark;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;

/** What is measured is what is written: no contender leaves a record out or a part of it. */
class FormattingTest {
    /** Time, level, logger, thread, message. */
    private static final int SHORTEST_LINE = 75;

    static Stream<Arguments> all() throws NoSuchFieldException {
        List<String> shapes = parameters("shape");
        return parameters("formatter").stream()
                .flatMap(name -> shapes.stream().map(shape -> Arguments.of(name, shape)));
    }

    private static List<String> parameters(String field) throws NoSuchFieldException {
        return Arrays.asList(
                FormatBenchmark.class.getField(field).getAnnotation(Param.class).value());
    }

    @ParameterizedTest
    @MethodSource("all")
    void writesAllOfEachRecord(String name, String shape) {
        if (name.equals("logback-event")) {
            return; // writes nothing
        }
        Formatting formatting = Formatting.of(name, shape);

        long first = formatting.formatAll();

        assertThat(first)
                .isGreaterThan((long) Formatting.CALLS * (SHORTEST_LINE + (shape.startsWith("exc") ? 1_500 : 0)));
    }

    @Test
    void countsEachByteOnce() {
        Formatting weir = Formatting.of("pattern", "mdc");
        Formatting logback = Formatting.of("logback-pattern", "mdc");
        Formatting log4j = Formatting.of("log4j-pattern", "mdc");

        assertThat(weir.formatAll()).isEqualTo(logback.formatAll()).isEqualTo(log4j.formatAll());
        assertThat(weir.formatAll()).as("again").isEqualTo(log4j.formatAll());
    }
}
