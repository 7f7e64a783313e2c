package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.Types;
import dev.weir.Context;
import dev.weir.Level;
import dev.weir.Stats;
import dev.weir.Weir;
import dev.weir.spi.FilterFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Filters that a file names. */
class FiltersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private static Weir start(String yaml) {
        return ConfigurationText.of(yaml).read().start();
    }

    private static List<String> problems(String yaml) {
        return ConfigurationText.of(yaml).problems();
    }

    private static long filtered(Weir weir, String handler) {
        assertThat(weir.close(PATIENCE).complete()).isTrue();
        Stats stats = weir.stats();
        return stats.filtered(handler, Level.INFO);
    }

    @Test
    void handlersAndLoggersHaveThemByNameOrOnTheSpot() {
        Weir weir = start("""
                filters:
                  quiet: { type: name, name: noise, on-match: reject }
                  acme: { type: key-value, key: tenant, values: [acme] }
                handlers:
                  all: { type: null }
                  some: { type: null, filters: [ quiet, { type: marker, marker: SECRET, on-match: reject } ] }
                loggers:
                  tenants: { filters: [ acme ] }
                """);

        weir.loggerOf("noise.any").info("rejected");
        weir.loggerOf("any").atInfo().marker("SECRET").log("rejected");
        weir.loggerOf("any").info("accepted");
        weir.loggerOf("tenants").info("not logged");
        Context.put("tenant", "acme");
        weir.loggerOf("tenants").info("accepted");
        Context.clear();

        assertThat(filtered(weir, "some")).isEqualTo(2);
        assertThat(weir.stats().filtered("all", Level.INFO)).isZero();
        assertThat(weir.stats().emitted(Level.INFO)).isEqualTo(4);
    }

    @Test
    void eachHandlerHasItsOwnOfAName() {
        Weir weir = start("""
                filters: { calm: { type: rate-limit, records: 3, per: 1h }, once: { type: duplicates, window: 1h } }
                handlers:
                  a: { type: null, filters: [ calm ] }
                  b: { type: null, filters: [ calm ] }
                  c: { type: null, filters: [ once ] }
                """);

        for (int i = 0; i < 10; i++) {
            weir.loggerOf("any").info("again {}", i / 5);
        }

        assertThat(filtered(weir, "a")).isEqualTo(7);
        assertThat(weir.stats().filtered("b", Level.INFO)).isEqualTo(7);
        assertThat(weir.stats().filtered("c", Level.INFO)).isEqualTo(8);
    }

    @Test
    void everyProblemIsToldOnceAtItsPlace() {
        assertThat(problems("""
                filters:
                  a: { type: nam, name: x }
                  b: { type: name, nam: x }
                  c: { type: rate-limit, records: 0 }
                  d: { type: duplicates, window: 2d }
                  e: { type: key-value, key: k, values: v, on-match: pass }
                handlers:
                  h: { type: null, filters: [ b, f, { type: marker } ] }
                  i: { type: null, filters: c }
                loggers: { l: { filters: [ c, { type: duplicates } ] } }
                """))
                .containsExactly(
                        "weir.yaml:2:14: filters.a.type: \"nam\" (expected: name, marker, key-value, rate-limit, duplicates, mask; "
                                + "did you mean name?)",
                        "weir.yaml:3:6: filters.b: name is missing",
                        "weir.yaml:3:20: filters.b: unknown key \"nam\" (expected: type, name, on-match; did you mean name?)",
                        "weir.yaml:4:35: filters.c.records: \"0\" (expected: at least 1)",
                        "weir.yaml:5:34: filters.d.window: \"2d\" (expected: more than 0, at most 1d)",
                        "weir.yaml:6:41: filters.e.values: \"v\" (expected: a list)",
                        "weir.yaml:6:54: filters.e.on-match: \"pass\" (expected: accept, reject)",
                        "weir.yaml:8:34: handlers.h.filters: \"f\" (expected: a, b, c, d, e)",
                        "weir.yaml:8:37: handlers.h.filters: marker is missing",
                        "weir.yaml:9:29: handlers.i.filters: \"c\" (expected: a list)",
                        "weir.yaml:10:31: loggers.l.filters: a filter of records (expected: one that can decide about a call, "
                                + "as name, marker or key-value; others stand at handlers)");
    }

    @Test
    void aMaskIsSetUpByItsKeys() throws IOException {
        Path all = directory.resolve("all.log");
        Path few = directory.resolve("few.log");
        Path plain = directory.resolve("plain.log");
        Weir weir = ConfigurationText.of("""
                        formatters: { line: { type: text, format: "%(message)s pin=%(pin)s password=%(password)s" } }
                        handlers:
                          all: { type: file, path: "${ALL}", formatter: line, filters: [ { type: mask, keys: [ "p?n" ] } ] }
                          few: { type: file, path: "${FEW}", formatter: line,
                                 filters: [ { type: mask, keys: [ "p?n" ], default-keys: false, detect: [ bearer ], expressions: [ 'K-\\d+' ], mask: "#" } ] }
                          plain: { type: file, path: "${PLAIN}", formatter: line }
                        """)
                .with(Map.of("ALL", all.toString(), "FEW", few.toString(), "PLAIN", plain.toString()))
                .read()
                .start();

        weir.loggerOf("any")
                .atInfo()
                .keyValue("pin", 1234)
                .keyValue("password", "hunter2")
                .log("4111 1111 1111 1111, K-17, Bearer abc123");
        weir.close(PATIENCE);

        assertThat(Files.readString(all)).isEqualTo("***, K-17, Bearer *** pin=*** password=***\n");
        assertThat(Files.readString(few)).isEqualTo("4111 1111 1111 1111, #, Bearer # pin=# password=hunter2\n");
        assertThat(Files.readString(plain))
                .isEqualTo("4111 1111 1111 1111, K-17, Bearer abc123 pin=1234 password=hunter2\n");
    }

    @Test
    void whatIsWrongWithAMaskIsToldAtItsPlace() {
        assertThat(problems("""
                filters:
                  a: { type: mask, detect: [ crad ] }
                  b: { type: mask, expressions: [ "(" ] }
                  c: { type: mask, expressions: [ "((x){100}){2}" ] }
                  d: { type: mask, mask: "" }
                loggers: { l: { filters: [ { type: mask } ] } }
                """))
                .containsExactly(
                        "weir.yaml:2:30: filters.a.detect: \"crad\" (expected: card, bearer; did you mean card?)",
                        "weir.yaml:3:33: filters.b.expressions: \"(\" (expected: a regular expression; Unclosed group near index 1)",
                        "weir.yaml:4:33: filters.c.expressions: \"((x){100}){2}\" (expected: groups and boundaries that are repeated at "
                                + "most 100 times)",
                        "weir.yaml:5:26: filters.d.mask: \"\" (expected: from 1 to 64 bytes)",
                        "weir.yaml:6:28: loggers.l.filters: a filter of records (expected: one that can decide about a call, "
                                + "as name, marker or key-value; others stand at handlers)");
    }

    @Test
    void othersMayProvideTypes() throws IOException {
        try (Beside beside = Beside.of(directory, FilterFactory.class, List.of(Types.ShortOnes.class.getName()))) {
            Weir weir = ConfigurationText.of(
                            "handlers: { h: { type: null, filters: [ { type: short-ones, longest: 3 } ] } }")
                    .with(beside)
                    .read()
                    .start();
            weir.loggerOf("any").info("abc");
            weir.loggerOf("any").info("abcd");

            assertThat(filtered(weir, "h")).isEqualTo(1);
            assertThat(ConfigurationText.of(
                                    "handlers: { h: { type: null, filters: [ { type: short-ones, longest: 0 } ] } }")
                            .with(beside)
                            .problems())
                    .containsExactly("weir.yaml:1:70: handlers.h.filters.longest: 0 (expected: more than 0)");
        }
    }
}
