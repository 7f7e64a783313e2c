package dev.weir.cli.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What no reader knows, at any place of a file, is in the result by its name and its value. */
class NothingIsDroppedTest {
    private static final int SEEDS = 20;
    private static final int MOST_EXTRAS = 6;
    private static final Pattern TAG = Pattern.compile("<([A-Za-z][A-Za-z-]*)((?:\\s[^<>]*?)?)(/?)>");
    private static final Pattern MAPPING = Pattern.compile("(?<!\")\\{(?=\\s*\")");

    /** Whose children are variables, loggers or members, of which any name is known. */
    private static final List<String> DATA = List.of("fieldNames");

    static List<Path> samples() throws IOException {
        return SamplesTest.samples();
    }

    private record Extended(String text, List<String> extras) {}

    @ParameterizedTest
    @MethodSource("samples")
    void tellsOfEveryExtraElementAttributeAndKey(Path sample) throws Exception {
        String text = Files.readString(sample);
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            Extended extended =
                    sample.toString().endsWith(".xml") ? extendedXml(text, random) : extendedJson(text, random);

            String yaml = Converter.convert("example", extended.text.getBytes(StandardCharsets.UTF_8))
                    .yaml();

            for (String extra : extended.extras) {
                assertThat(yaml)
                        .as("seed %d: %s in\n%s", seed, extra, extended.text)
                        .contains("name-" + extra, "value-" + extra);
            }
            assertThat(Converted.problems(yaml)).as("seed %d: %s", seed, yaml).isEmpty();
        }
    }

    private static Extended extendedXml(String text, Random random) {
        List<MatchResult> tags = TAG.matcher(text).results().toList();
        List<String> extras = new ArrayList<>();
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (MatchResult tag : tags) {
            out.append(text, from, tag.start());
            String written = tag.group();
            if (extras.size() < MOST_EXTRAS && random.nextInt(tags.size()) < MOST_EXTRAS) {
                String extra = "x" + extras.size() + 'x';
                if (tag.group(3).isEmpty() && random.nextBoolean() && !DATA.contains(tag.group(1))) {
                    written += "<name-" + extra + ">value-" + extra + "</name-" + extra + '>';
                } else {
                    written = '<' + tag.group(1) + " name-" + extra + "=\"value-" + extra + '"' + tag.group(2)
                            + tag.group(3) + '>';
                }
                extras.add(extra);
            }
            out.append(written);
            from = tag.end();
        }
        return new Extended(out.append(text.substring(from)).toString(), extras);
    }

    /** Only of JSON: its mappings begin with a brace and a quotation mark. */
    private static Extended extendedJson(String text, Random random) {
        List<MatchResult> mappings = MAPPING.matcher(text).results().toList();
        List<String> extras = new ArrayList<>();
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (MatchResult mapping : mappings) {
            out.append(text, from, mapping.end());
            if (extras.size() < MOST_EXTRAS && random.nextInt(mappings.size()) < MOST_EXTRAS) {
                String extra = "x" + extras.size() + 'x';
                out.append("\"name-")
                        .append(extra)
                        .append("\": \"value-")
                        .append(extra)
                        .append("\", ");
                extras.add(extra);
            }
            from = mapping.end();
        }
        return new Extended(out.append(text.substring(from)).toString(), extras);
    }
}
