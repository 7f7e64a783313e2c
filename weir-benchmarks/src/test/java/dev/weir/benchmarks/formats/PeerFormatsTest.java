package dev.weir.benchmarks.formats;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import co.elastic.logging.logback.EcsEncoder;
import com.google.gson.stream.JsonReader;
import de.siegmar.logbackgelf.GelfEncoder;
import dev.weir.format.Formatter;
import dev.weir.format.JsonFormatter;
import dev.weir.record.ByteOutput;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import net.logstash.logback.encoder.LogstashEncoder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The presets member by member beside the encoders that have these formats elsewhere, with all that these can write switched
 * on. What differs is listed here by sample, and in docs/formats.md by member with the reason.
 */
class PeerFormatsTest {
    private static final Path PAGE = Path.of("../docs/formats.md");

    private final LoggerContext logback = new LoggerContext();

    private static Map<String, List<String>> differences(Formatter ours, EncoderBase<ILoggingEvent> theirs)
            throws IOException {
        theirs.start();
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (Map.Entry<String, Sample> sample : Sample.all().entrySet()) {
            ByteOutput out = new ByteOutput(64);
            ours.format(sample.getValue().ours(), out);
            String their = new String(theirs.encode(sample.getValue().theirs()), StandardCharsets.UTF_8);
            List<String> found = differences(members(out.toString()), members(their));
            if (!found.isEmpty()) {
                all.put(sample.getKey(), found);
            }
        }
        return all;
    }

    private static List<String> differences(Map<String, @Nullable Object> ours, Map<String, @Nullable Object> theirs) {
        List<String> found = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(ours.keySet());
        names.addAll(theirs.keySet());
        for (String name : names) {
            if (!theirs.containsKey(name)) {
                found.add("+" + name);
            } else if (!ours.containsKey(name)) {
                found.add("-" + name);
            } else if (!Objects.equals(ours.get(name), theirs.get(name))) {
                found.add("!" + name);
            }
        }
        return found;
    }

    /** Of a name that comes twice the second has a mark. */
    private static Map<String, @Nullable Object> members(String json) throws IOException {
        JsonReader reader = new JsonReader(new StringReader(json));
        return object(reader);
    }

    private static Map<String, @Nullable Object> object(JsonReader reader) throws IOException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            members.put(members.containsKey(name) ? name + " again" : name, value(reader));
        }
        reader.endObject();
        return members;
    }

    private static @Nullable Object value(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> object(reader);
            case BEGIN_ARRAY -> {
                List<@Nullable Object> elements = new ArrayList<>();
                reader.beginArray();
                while (reader.hasNext()) {
                    elements.add(value(reader));
                }
                reader.endArray();
                yield elements;
            }
            case NUMBER -> new BigDecimal(reader.nextString());
            case BOOLEAN -> reader.nextBoolean();
            case NULL -> {
                reader.nextNull();
                yield null;
            }
            default -> reader.nextString();
        };
    }

    /** Every member that differs in some sample stands in the preset's table, and no other. */
    private static void assertExplained(String preset, Map<String, List<String>> differences) throws IOException {
        TreeSet<String> members = new TreeSet<>();
        differences.values().forEach(names -> names.forEach(name -> members.add(name.substring(1))));
        String page = Files.readString(PAGE);
        int from = page.indexOf("## " + preset + "\n");
        assertThat(from).isNotNegative();
        int next = page.indexOf("\n## ", from);
        TreeSet<String> explained = new TreeSet<>();
        for (String line : page.substring(from, next < 0 ? page.length() : next).split("\n", -1)) {
            if (line.startsWith("| `")) {
                for (String cell : line.substring(2, line.indexOf(" |", 2)).split(", ", -1)) {
                    explained.add(cell.replace("`", ""));
                }
            }
        }
        assertThat(explained).isEqualTo(members);
    }

    @Test
    void differsFromTheEcsEncoderInWhatThePageSays() throws IOException {
        EcsEncoder theirs = new EcsEncoder();
        theirs.setServiceName("shop");
        theirs.setServiceVersion("1.0");
        theirs.setServiceEnvironment("test");
        theirs.setServiceNodeName("n1");
        theirs.setIncludeMarkers(true);
        theirs.setIncludeOrigin(true);
        theirs.setContext(logback);
        JsonFormatter ours = JsonFormatter.builder()
                .preset("ecs")
                .add("service.name", "shop")
                .add("service.version", "1.0")
                .add("service.environment", "test")
                .add("service.node.name", "n1")
                .add("event.dataset", "shop")
                .build();

        Map<String, List<String>> differences = differences(ours, theirs);

        Map<String, List<String>> expected = new LinkedHashMap<>();
        expected.put("values", List.of("+amount", "+items", "+map", "+nothing", "+ok", "+ratio"));
        expected.put("object", List.of("+point"));
        expected.put("key twice", List.of("!user"));
        expected.put("keys of members", List.of("+attr.message"));
        expected.put("trace", List.of("+span.id", "-span_id", "+trace.id", "-trace_id"));
        expected.put(
                "caller", List.of("-log", "+log.origin.file.line", "+log.origin.file.name", "+log.origin.function"));
        expected.put("half a character", List.of("!message"));
        assertThat(differences).isEqualTo(expected);
        assertExplained("ecs", differences);
    }

    @Test
    void differsFromTheLogstashEncoderInWhatThePageSays() throws IOException {
        LogstashEncoder theirs = new LogstashEncoder();
        theirs.setIncludeCallerData(true);
        theirs.setCustomFields("{\"app\":\"shop\"}");
        theirs.setContext(logback);
        JsonFormatter ours =
                JsonFormatter.builder().preset("logstash").add("app", "shop").build();

        Map<String, List<String>> differences = differences(ours, theirs);

        Map<String, List<String>> expected = new LinkedHashMap<>();
        expected.put("object", List.of("!point"));
        expected.put("key twice", List.of("!user", "-user again"));
        expected.put(
                "keys of members",
                List.of("+attr.logger_name", "+attr.message", "-logger_name again", "-message again"));
        expected.put("cause", List.of("!stack_trace"));
        expected.put("half a character", List.of("!message"));
        assertThat(differences).isEqualTo(expected);
        assertExplained("logstash", differences);
    }

    @Test
    void differsFromTheGelfEncoderInWhatThePageSays() throws IOException {
        GelfEncoder theirs = new GelfEncoder();
        theirs.setOriginHost("h1");
        theirs.setIncludeMarker(true);
        theirs.setIncludeCallerData(true);
        theirs.addStaticField("app", "shop");
        theirs.setContext(logback);
        JsonFormatter ours = JsonFormatter.builder()
                .preset("gelf")
                .host("h1")
                .add("app", "shop")
                .build();

        Map<String, List<String>> differences = differences(ours, theirs);

        Map<String, List<String>> expected = new LinkedHashMap<>();
        Sample.all().keySet().forEach(sample -> expected.put(sample, new ArrayList<>(List.of("-full_message"))));
        expected.remove("thrown");
        add(expected, "number as text", "!_count");
        add(expected, "keys of members", "+_attr.id", "+_attr.logger_name");
        add(expected, "strange key", "+_a_b");
        add(expected, "markers", "!_marker");
        expected.put("cause", List.of("!full_message"));
        add(expected, "controls", "!short_message");
        add(expected, "half a character", "!short_message");
        add(expected, "blank", "!short_message");
        assertThat(differences).isEqualTo(expected);
        assertExplained("gelf", differences);
    }

    /** In the order of the members' names. */
    private static void add(Map<String, List<String>> expected, String sample, String... members) {
        List<String> all = new ArrayList<>(List.of(members));
        all.addAll(expected.getOrDefault(sample, List.of()));
        all.sort(Comparator.comparing((String member) -> member.substring(1)));
        expected.put(sample, all);
    }
}
