package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.weir.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The schema for editors, against the document itself. */
class SchemaTest {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ConfigurationCheck.schema(), InputFormat.JSON);

    /** What the schema says against a document. */
    private static List<String> errors(String yaml) {
        Object loaded =
                new Load(LoadSettings.builder().setSchema(new CoreSchema()).build()).loadFromString(yaml);
        return SCHEMA.validate(loaded == null ? "null" : Json.of(loaded), InputFormat.JSON).stream()
                .map(error -> error.toString())
                .toList();
    }

    @Test
    void isASchema() {
        Schema ofSchemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(ofSchemas.validate(ConfigurationCheck.schema(), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void acceptsWhateverTheDocumentAccepts() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int accepted = 0;
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            AnyDocument document = new AnyDocument(random);
            String yaml = document.yaml();
            if (Checked.problems(yaml).isEmpty()) {
                accepted++;
                keys.addAll(document.keys());
                assertThat(errors(yaml)).as("%s\nseed %s", yaml, seed).isEmpty();
            }
        }
        assertThat(accepted).as("seed %s", seed).isGreaterThan(150);
        assertThat(keys).as("seed %s", seed).hasSizeGreaterThan(60);
    }

    @Test
    void acceptsWhateverAProfileMaySay() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int accepted = 0;
        for (int i = 0; i < 1000; i++) {
            AnyDocument document = new AnyDocument(random);
            String yaml = document.withProfile();
            if (Checked.of(yaml, "p", Map.of()).problems().isEmpty()) {
                accepted++;
                assertThat(errors(yaml)).as("%s\nseed %s", yaml, seed).isEmpty();
            }
        }
        assertThat(accepted).as("seed %s", seed).isGreaterThan(50);
    }

    @Test
    void letsAProfileLeaveOutWhatIsRequired() {
        String yaml = """
                handlers: { a: { type: 'null', overflow: { block-for: 1s } } }
                profiles: { p: { handlers: { a: { overflow: { per-second: 2s } } } } }
                """;

        assertThat(Checked.of(yaml, "p", Map.of()).problems()).isEmpty();
        assertThat(errors(yaml)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "handlers: { out: { type: console, formater: json } }",
                "logger: {}",
                "version: 2",
                "handlers: { out: { type: consol } }",
                "handlers: { out: {} }",
                "handlers: { out: null }",
                "handlers: { file: { type: file } }",
                "handlers: { file: { type: file, path: null } }",
                "handlers: { file: { type: file, path: p, append: maybe } }",
                "handlers: { a: { type: memory } }",
                "handlers: { a: { type: memory, target: b, fallback: b } }",
                "handlers: { a: { type: console, path: p } }",
                "handlers: { a: { type: console, level: LOUD } }",
                "handlers: { a: { type: console, level: OFF } }",
                "handlers: { a: { type: console, overflow: bloc } }",
                "handlers: { a: { type: console, overflow: { per-second: 1s } } }",
                "handlers: { a: { type: console, filters: calm } }",
                "handlers: { a: { type: console, formatter: { type: text, fromat: x } } }",
                "handlers: { a: { type: console, formatter: { preset: ecs } } }",
                "handlers: { a: { type: console, breaker: { failures: 0 } } }",
                "handlers: { a: { type: console, breaker: { delay: 0 } } }",
                "handlers: { a: { type: console, flush-on: [trace-ends] } }",
                "handlers: [out]",
                "formatters: { a: json }",
                "filters: { a: { type: rate-limit, per: 10 } }",
                "root: { level: LOUD }",
                "root: { level: [INFO] }",
                "root: { propagate: false }",
                "root: { handlers: out }",
                "root: { caller: yes }",
                "queue: { capacity: 12 parsecs }",
                "queue: { capacity: 1024 }",
                "queue: 3",
                "stats: { every: 60 }",
                "shutdown: { deadline: never }",
                "jmx: 1",
                "reload-on: [files]",
                "profiles: { p: { handler: {} } }",
                "profiles: { p: { profiles: {} } }",
                "profiles: { p: { root: { level: LOUD } } }",
                "profiles: { p: { handlers: { a: { formater: json } } } }",
                "loggers: { a: { filters: [{ type: name }] } }",
                "[1]",
            })
    void refusesWhatTheDocumentRefuses(String yaml) {
        String profiles = yaml.startsWith("profiles") ? "p" : "";

        assertThat(Checked.of(yaml, profiles, Map.of()).problems()).isNotEmpty();
        assertThat(errors(yaml)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "handlers: { a: { type: 'console', level: '${LEVEL:-info}', max-line: '${N:-64KiB}' } }",
                "jmx: '${JMX:-true}'",
                "queue: { overflow: '${O:-block}', capacity: '${C:-1MiB}' }",
                "stats: { every: '${E:-0}' }",
                "handlers: { a: { type: '${T:-null}' } }",
                "root: { level: '${L:-off}', caller: '${C:-true}' }",
            })
    void letsAVariableStandForAnyScalar(String yaml) {
        assertThat(Checked.problems(yaml)).isEmpty();
        assertThat(errors(yaml)).isEmpty();
    }

    @Test
    void knowsEveryNameOfALevel() {
        int known = 0;
        for (String name : names()) {
            boolean isLevel = Level.ofName(name) != null;
            known += isLevel ? 1 : 0;
            assertThat(errors("root: { level: \"" + name + "\" }").isEmpty())
                    .as(name)
                    .isEqualTo(isLevel || name.equalsIgnoreCase("off"));
        }
        assertThat(known).isGreaterThan(50);
    }

    private static Set<String> names() {
        Set<String> names = new HashSet<>(List.of("off", "OFF", "Off", "LOUD", "INFO1", "INFO5", "INF", "NOTICE2"));
        for (String name : List.of(
                "TRACE FINEST DEBUG FINER FINE INFO CONFIG NOTICE INFORMATIONAL WARN WARNING ERROR SEVERE ERR CRITICAL FATAL CRIT ALERT EMERG EMERGENCY"
                        .split(" "))) {
            names.add(name);
            names.add(name.toLowerCase(java.util.Locale.ROOT));
            names.add(name.charAt(0) + name.substring(1).toLowerCase(java.util.Locale.ROOT));
            for (int i = 1; i <= 5; i++) {
                names.add(name + i);
            }
        }
        return names;
    }
}
