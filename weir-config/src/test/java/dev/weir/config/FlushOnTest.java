package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Level;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.nodes.Node;

class FlushOnTest {
    private final Map<String, String> environment = new HashMap<>();

    private @Nullable FlushOn read(String yaml) {
        Reading reading = new Reading("weir.yaml", new Variables(environment::get, name -> null));
        ConfigurationFile file = new ConfigurationFile("weir.yaml", yaml.getBytes(StandardCharsets.UTF_8));
        Node node = Objects.requireNonNull(YamlText.compose(file, reading));
        KindReader reader = new KindReader(FlushOnTest.class.getClassLoader());
        KindReader.Read<FlushOn> read = reader.read(new Value(reading, node, "flush-on"), FlushOn.KIND);
        assertThat(reading.problems()).isEmpty();
        return read == null ? null : read.value();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ERROR              | ERROR |",
                "trace-end          |       | x",
                "[ERROR, trace-end] | ERROR | x",
                "[trace-end, warn]  | WARN  | x",
                "[ERROR, INFO]      | INFO  |",
                "[]                 |       |"
            })
    void isALevelTheEndOfATraceOrAList(String yaml, @Nullable Level level, @Nullable String traceEnd) {
        assertThat(read(yaml)).isEqualTo(new FlushOn(level, traceEnd != null));
    }

    @Test
    void mayComeFromVariables() {
        environment.put("WHEN", "trace-end");

        assertThat(read("[ERROR, \"${WHEN}\"]")).isEqualTo(new FlushOn(Level.ERROR, true));
    }
}
