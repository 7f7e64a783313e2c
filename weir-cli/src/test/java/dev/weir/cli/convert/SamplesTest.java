package dev.weir.cli.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Configurations of the kinds that the manuals of Logback and Log4j show for their appenders, and CPython's cookbook for
 * dictConfig, beside what is made of them. With {@code -Dweir.samples=write} the expected files are written anew.
 */
class SamplesTest {
    private static final Path SAMPLES = Path.of("src/test/resources");
    private static final String EXPECTED = ".weir.yaml";

    static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.walk(SAMPLES, 2)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(EXPECTED))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void becomesWhatIsExpectedAndIsReadWithoutAProblem(Path sample) throws Exception {
        String name = String.valueOf(sample.getFileName());
        Path expected = sample.resolveSibling(name.replaceFirst("\\.[a-z]+$", "") + EXPECTED);

        String yaml = Converter.convert(name, Files.readAllBytes(sample)).yaml();

        if (System.getProperty("weir.samples", "").toLowerCase(Locale.ROOT).equals("write")) {
            Files.writeString(expected, yaml);
        }
        assertThat(yaml).isEqualTo(Files.readString(expected));
        assertThat(Converted.problems(yaml)).isEmpty();
    }
}
