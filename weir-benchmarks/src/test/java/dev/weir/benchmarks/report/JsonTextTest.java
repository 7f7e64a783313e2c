package dev.weir.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonTextTest {
    @Test
    void isReadBackAsItWas() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("text", "a \"quoted\" \\ line\nand a tab\t");
        value.put("number", 1.5);
        value.put("none", Double.NaN);
        value.put("list", List.of(1, true, Map.of("inner", "é")));
        value.put("empty", List.of());

        JsonObject read = JsonParser.parseString(JsonText.of(value)).getAsJsonObject();

        assertThat(read.get("text").getAsString()).isEqualTo("a \"quoted\" \\ line\nand a tab\t");
        assertThat(read.get("number").getAsDouble()).isEqualTo(1.5);
        assertThat(read.get("none").isJsonNull()).isTrue();
        assertThat(read.getAsJsonArray("list")
                        .get(2)
                        .getAsJsonObject()
                        .get("inner")
                        .getAsString())
                .isEqualTo("é");
        assertThat(read.getAsJsonArray("empty")).isEmpty();
    }
}
