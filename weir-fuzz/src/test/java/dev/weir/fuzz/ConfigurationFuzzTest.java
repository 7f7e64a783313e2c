package dev.weir.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.Weir;
import dev.weir.config.YamlConfigurationSource;
import dev.weir.spi.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Any bytes are a configuration, or are refused by problems that are a line each and say where. */
class ConfigurationFuzzTest {
    /** Between a file and the overlay of its profile, since it stands in no YAML. */
    private static final byte SEPARATOR = '\f';

    private static @Nullable Path directory;

    @FuzzTest
    void isReadOrRefused(byte[] bytes) throws IOException {
        int end = separator(bytes);
        byte[] overlay = Arrays.copyOfRange(bytes, Math.min(end + 1, bytes.length), bytes.length);
        Path file = Files.write(directory().resolve("weir.yaml"), Arrays.copyOf(bytes, end));
        Files.write(directory().resolve("weir-p.yaml"), overlay);
        System.setProperty("weir.config", file.toString());
        System.setProperty("weir.profiles", profiles(bytes, end));

        List<String> problems = problems();

        assertThat(problems)
                .hasSizeLessThanOrEqualTo(101)
                .allSatisfy(problem -> assertThat(problem)
                        .hasSizeLessThan(20_000)
                        .matches("-Dweir.profiles: .*|.*/weir(-p)?.yaml(:[0-9]+:[0-9]+)?: .*")
                        .doesNotMatch("(?s).*\\p{Cntrl}.*"));
    }

    private static List<String> problems() {
        try {
            new YamlConfigurationSource().configure(Weir.builder());
            return List.of();
        } catch (ConfigurationException e) {
            assertThat(e.problems()).isNotEmpty();
            return e.problems();
        }
    }

    private static int separator(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == SEPARATOR) {
                return i;
            }
        }
        return bytes.length;
    }

    /** The ready-made ones, too, if the file speaks of them. */
    private static String profiles(byte[] bytes, int end) {
        if (end == bytes.length) {
            return "";
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return (text.contains("kubernetes") ? "kubernetes," : "") + (text.contains("batch") ? "batch," : "") + "p";
    }

    private static Path directory() throws IOException {
        Path known = directory;
        if (known == null) {
            known = Files.createTempDirectory("weir-fuzz");
            known.resolve("weir.yaml").toFile().deleteOnExit();
            known.resolve("weir-p.yaml").toFile().deleteOnExit();
            directory = known;
        }
        return known;
    }
}
