package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Context;
import dev.weir.Weir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of formatters of type json. */
class JsonFormatTest {
    @TempDir
    private Path directory;

    private String written(String formatter) throws IOException {
        Path file = directory.resolve("written.log");
        Weir weir = ConfigurationText.of(
                        "handlers: { a: { type: file, path: \"" + file + "\", formatter: " + formatter + " } }")
                .read()
                .start();
        Context.put("tenant", "t1");
        Context.put("secret", "s");
        Throwable thrown = new IllegalStateException("no stock");
        thrown.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("shop.stock.Shelf", "take", "Shelf.java", 12),
            new StackTraceElement("shop.Till", "main", "Till.java", 3)
        });
        weir.loggerOf("a")
                .atWarn()
                .keyValue("x.a", 1)
                .keyValue("x.b", 2)
                .cause(new Error(thrown))
                .log("m");
        Context.clear();
        weir.close(Duration.ofSeconds(30));
        return Files.readString(file);
    }

    @Test
    void chooseKeys() throws IOException {
        assertThat(
                        written(
                                "{ type: json, fields: [context, key_values], context: { exclude: [sec*] }, key-values: { include: [\"?.a\"] } }"))
                .isEqualTo("{\"tenant\":\"t1\",\"x.a\":1}\n");
    }

    @Test
    void addAndNest() throws IOException {
        assertThat(written("{ type: json, fields: { log.level: level, added: added, log.name: logger }, nested: true, "
                        + "add: { service.name: shop, service.version: 1.10 } }"))
                .isEqualTo(
                        "{\"log\":{\"level\":\"WARN\",\"name\":\"a\"},\"service\":{\"name\":\"shop\",\"version\":\"1.10\"}}\n");
    }

    @Test
    void layOutThrowables() throws IOException {
        assertThat(
                        written(
                                "{ type: json, fields: [exception], exception: { max-frames: 1, root-first: true, shorten-packages: true } }"))
                .startsWith(
                        "{\"exception\":\"java.lang.IllegalStateException: no stock\\n\\tat s.s.Shelf.take(Shelf.java:12)\\n"
                                + "\\t... 1 omitted\\nWrapped by: java.lang.Error: java.lang.IllegalStateException: no stock\\n\\tat ")
                .contains("d.w.c.JsonFormatTest.written(JsonFormatTest.java:");
    }

    @Test
    void nameHostAndProject() throws IOException {
        assertThat(written("{ type: json, preset: gelf, fields: [host, level, short_message], host: h1 }"))
                .isEqualTo("{\"host\":\"h1\",\"level\":4,\"short_message\":\"m\"}\n");
        assertThat(ConfigurationText.of("formatters: { a: { type: json, preset: gcp, project: p } }")
                        .problems())
                .isEmpty();
    }

    @Test
    void areReportedWhereTheyAreWrong() {
        List<String> problems = ConfigurationText.of("""
                formatters:
                  a: { type: json, nested: perhaps }
                  b: { type: json, context: { includes: [a] } }
                  c: { type: json, key-values: { include: a } }
                  d: { type: json, exception: { max-frames: -1 } }
                  e: { type: json, preset: gelf, add: { _id: x } }
                  f: { type: json, host: h }
                  g: { type: json, add: [a] }
                """).problems();

        assertThat(problems)
                .containsExactly(
                        "weir.yaml:2:28: formatters.a.nested: \"perhaps\" (expected: true or false)",
                        "weir.yaml:3:31: formatters.b.context: unknown key \"includes\" (expected: include, exclude; "
                                + "did you mean include?)",
                        "weir.yaml:4:43: formatters.c.key-values.include: \"a\" (expected: a list)",
                        "weir.yaml:5:45: formatters.d.exception.max-frames: \"-1\" (expected: a whole number)",
                        "weir.yaml:6:6: formatters.e: field name: _id (expected: one of GELF's own, or an underscore and letters, "
                                + "digits, _ . -, but not _id)",
                        "weir.yaml:7:26: formatters.f.host: h (expected: none, there is no field host)",
                        "weir.yaml:8:25: formatters.g.add: a list (expected: keys with values)");
    }
}
