package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.PipelineBuilder;
import dev.weir.Weir;
import dev.weir.spi.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** What is said of a wrong configuration, letter by letter. */
class ProblemsTest {
    private static List<String> problems(String yaml) {
        return ConfigurationText.of(yaml).problems();
    }

    @Test
    void namesAnUnknownKeyWithThoseThatAreKnownAndTheNearest() {
        assertThat(problems("""
                handlers:
                  out: { type: console, formater: json }
                """))
                .containsExactly(
                        "weir.yaml:2:25: handlers.out: unknown key \"formater\" (expected: type, stream, max-line, formatter, "
                                + "level, max-level, backlog, overflow, breaker, flush-on, filters, fallback; did you mean formatter?)");
    }

    @Test
    void knowsWhatThingsAreCalledElsewhere() {
        assertThat(problems("""
                handlers:
                  a: { type: file, fileName: a.log, path: a.log, layout: json, rotate: { every: daily, compress: gz, maxHistory: 7 } }
                loggers:
                  b: { additivity: false }
                """))
                .satisfiesExactly(
                        problem -> assertThat(problem).contains("\"fileName\"").endsWith("; did you mean path?)"),
                        problem -> assertThat(problem).contains("\"layout\"").endsWith("; did you mean formatter?)"),
                        problem -> assertThat(problem).contains("\"daily\"").endsWith("; did you mean day?)"),
                        problem -> assertThat(problem).contains("\"gz\"").endsWith("; did you mean gzip?)"),
                        problem ->
                                assertThat(problem).contains("\"maxHistory\"").endsWith("; did you mean keep?)"),
                        problem ->
                                assertThat(problem).contains("\"additivity\"").endsWith("; did you mean propagate?)"));
    }

    @Test
    void namesAnUnknownKeyOfTheDocument() {
        assertThat(problems("logger: {}\nprofile: {}\n"))
                .containsExactly(
                        "weir.yaml:1:1: unknown key \"logger\" (expected: version, queue, stats, jmx, shutdown, reload-on, profiles, "
                                + "formatters, filters, handlers, loggers, root; did you mean loggers?)",
                        "weir.yaml:2:1: unknown key \"profile\" (expected: version, queue, stats, jmx, shutdown, reload-on, profiles, "
                                + "formatters, filters, handlers, loggers, root; did you mean profiles?)");
    }

    @Test
    void reportsEveryProblemAtOnceInTheOrderOfTheFile() {
        assertThat(problems("""
                version: 2
                handlers:
                  out: { type: consol }
                  file: { type: file, append: maybe }
                root: { level: LOUD, handlers: [out, fil] }
                queue: { capacity: 12 parsecs }
                """))
                .containsExactly(
                        "weir.yaml:1:10: version: \"2\" (expected: 1)",
                        "weir.yaml:3:16: handlers.out.type: \"consol\" (expected: console, file, memory, null; did you mean console?)",
                        "weir.yaml:4:9: handlers.file: path is missing",
                        "weir.yaml:4:31: handlers.file.append: \"maybe\" (expected: true or false)",
                        "weir.yaml:5:16: root.level: \"LOUD\" (expected: TRACE, DEBUG, INFO, WARN, ERROR, CRITICAL or OFF)",
                        "weir.yaml:5:38: root.handlers: \"fil\" (expected: out, file; did you mean file?)",
                        "weir.yaml:6:20: queue.capacity: \"12 parsecs\" (expected: a number of bytes, as 65536, 64KiB or 8MiB)");
    }

    @Test
    void putsThemAllIntoTheMessageOfOneException() {
        PipelineBuilder builder = Weir.builder();
        ConfigurationText text = ConfigurationText.of("version: 2\nqueue: 3\n");

        Assertions.assertThatThrownBy(text::read)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("""
                        weir.yaml is not usable:
                          weir.yaml:1:10: version: "2" (expected: 1)
                          weir.yaml:2:8: queue: "3" (expected: keys with values)""");
        assertThat(builder).isNotNull();
    }

    @Test
    void findsAHandlerThatIsNotThere() {
        assertThat(problems("""
                handlers:
                  out: { type: console }
                loggers:
                  a.b:
                    handlers:
                      - out
                      - audit
                """)).containsExactly("weir.yaml:7:9: loggers.a.b.handlers: \"audit\" (expected: out)");
    }

    @Test
    void namesTheModuleOfATypeThatIsElsewhere() {
        assertThat(problems("handlers: { a: { type: http } }"))
                .containsExactly(
                        "weir.yaml:1:24: handlers.a.type: \"http\" (expected: console, file, memory, null)",
                        "weir.yaml:1:24: handlers.a.type: this type needs dev.weir:weir-http on the class path or the module path");
    }

    @Test
    void findsATargetThatIsNotThere() {
        assertThat(problems("""
                handlers:
                  a: { type: memory, target: b }
                  c: { type: memory }
                  d: { type: memory, target: a, capacity: 10 }
                """))
                .containsExactly(
                        "weir.yaml:2:30: handlers.a.target: \"b\" (expected: c, d)",
                        "weir.yaml:3:6: handlers.c: target is missing",
                        "weir.yaml:4:43: handlers.d.capacity: \"10\" (expected: at least 1KiB)");
    }

    @Test
    void findsCirclesOfHandlersAndAFallbackThatIsNone() {
        assertThat(problems("""
                handlers:
                  a: { type: memory, target: b }
                  b: { type: null, fallback: c }
                  c: { type: memory, target: a, fallback: d }
                  d: { type: "null", fallback: d }
                """))
                .containsExactly(
                        "weir.yaml:2:30: handlers.a.target: \"b\" (expected: a handler that does not pass on to this one)",
                        "weir.yaml:3:30: handlers.b.fallback: \"c\" (expected: a handler that does not pass on to this one)",
                        "weir.yaml:4:30: handlers.c.target: \"a\" (expected: a handler that does not pass on to this one)",
                        "weir.yaml:4:33: handlers.c: unknown key \"fallback\" (expected: type, target, capacity, flush-level, "
                                + "pass-level, per-trace, flush-on-close, level, max-level, backlog, overflow, breaker, flush-on, "
                                + "filters)",
                        "weir.yaml:5:32: handlers.d.fallback: \"d\" (expected: a, b, c)");
        assertThat(problems("handlers: { a: { type: memory, target: a } }"))
                .containsExactly(
                        "weir.yaml:1:40: handlers.a.target: \"a\" (expected: a name under handlers, where there is no other)");
    }

    @Test
    void findsAFormatterThatIsNotThere() {
        assertThat(problems("""
                formatters:
                  plain: { type: text }
                handlers:
                  out: { type: console, formatter: plan }
                """))
                .containsExactly("weir.yaml:4:36: handlers.out.formatter: \"plan\" (expected: json, text, plain; "
                        + "did you mean plain?)");
    }

    @Test
    void findsAKeyThatStandsTwice() {
        assertThat(problems("""
                handlers:
                  out: { type: console }
                  out: { type: console }
                """)).containsExactly("weir.yaml:3:3: handlers: \"out\" stands twice (first in line 2)");
        assertThat(problems("profiles: { p: { root: { level: INFO, level: WARN } } }"))
                .containsExactly("weir.yaml:1:39: profiles.p.root: \"level\" stands twice (first in line 1)");
    }

    @Test
    void findsValuesOfTheWrongKind() {
        assertThat(problems("""
                handlers:
                  a: [ console ]
                  b: { type: console, level: [ INFO ], overflow: { block: 1 } }
                  c: { type: file, path: }
                loggers: none
                root: { handlers: c }
                """))
                .containsExactly(
                        "weir.yaml:2:6: handlers.a: a list (expected: keys with values)",
                        "weir.yaml:2:6: handlers.a: type is missing",
                        "weir.yaml:3:30: handlers.b.level: a list (expected: TRACE, DEBUG, INFO, WARN, ERROR, CRITICAL)",
                        "weir.yaml:3:50: handlers.b.overflow: block-for is missing",
                        "weir.yaml:3:52: handlers.b.overflow: unknown key \"block\" (expected: block-for, per-second)",
                        "weir.yaml:4:25: handlers.c.path: nothing (expected: text)",
                        "weir.yaml:5:10: loggers: \"none\" (expected: keys with values)",
                        "weir.yaml:6:19: root.handlers: \"c\" (expected: a list)");
    }

    @Test
    void findsTimesThatAreNone() {
        assertThat(problems("""
                queue: { overflow: { block-for: 50, per-second: 1 minute } }
                handlers:
                  a: { type: console, overflow: { block-for: 0 } }
                  b: { type: console, overflow: drop-new }
                """))
                .containsExactly(
                        "weir.yaml:1:33: queue.overflow.block-for: \"50\" (expected: a time, as 500ms, 2s, 1m or 1h)",
                        "weir.yaml:1:49: queue.overflow.per-second: \"1 minute\" (expected: a time, as 500ms, 2s, 1m or 1h)",
                        "weir.yaml:3:46: handlers.a.overflow.block-for: \"0\" (expected: more than 0, at most 1d)",
                        "weir.yaml:4:33: handlers.b.overflow: \"drop-new\" (expected: drop-by-severity, drop-oldest, "
                                + "drop-newest, block or keys with values)");
    }

    @Test
    void findsAWaitThatIsNone() {
        assertThat(problems("queue: { wait: yields }"))
                .containsExactly(
                        "weir.yaml:1:16: queue.wait: \"yields\" (expected: adaptive, yield, spin; did you mean yield?)");
        assertThat(problems("queue: { wait: [ spin ] }"))
                .containsExactly("weir.yaml:1:16: queue.wait: a list (expected: adaptive, yield, spin)");
    }

    @Test
    void findsAPeriodThatIsNone() {
        assertThat(problems("stats: { every: 1ms }"))
                .containsExactly("weir.yaml:1:17: stats.every: 1ms (expected: from 100ms to a day, or 0 for never)");
        assertThat(problems("stats: { every: minute, each: 1m }"))
                .containsExactly(
                        "weir.yaml:1:17: stats.every: \"minute\" (expected: a time, as 500ms, 2s, 1m or 1h)",
                        "weir.yaml:1:25: stats: unknown key \"each\" (expected: every)");
    }

    @Test
    void findsWhatABreakerCannotBe() {
        assertThat(problems("""
                handlers:
                  a: { type: console, breaker: { failures: 0 } }
                  b: { type: console, breaker: { failures: some, slow: 0, wait: 1s } }
                  c: { type: console, breaker: { delay: 2s, max-delay: 1s } }
                  d: { type: console, breaker: { delay: 1m }, flush-on: OFF }
                """))
                .containsExactly(
                        "weir.yaml:2:44: handlers.a.breaker.failures: \"0\" (expected: at least 1)",
                        "weir.yaml:3:44: handlers.b.breaker.failures: \"some\" (expected: a whole number)",
                        "weir.yaml:3:56: handlers.b.breaker.slow: \"0\" (expected: more than 0, at most 1d)",
                        "weir.yaml:3:59: handlers.b.breaker: unknown key \"wait\" (expected: failures, slow, delay, max-delay)",
                        "weir.yaml:4:56: handlers.c.breaker.max-delay: 1s (expected: 2s, the delay, or more)",
                        "weir.yaml:5:57: handlers.d.flush-on: \"OFF\" (expected: TRACE, DEBUG, INFO, WARN, ERROR, CRITICAL, "
                                + "trace-end or a list)");
    }

    @Test
    void findsWhatEndsNoBatch() {
        assertThat(problems("""
                handlers:
                  a: { type: console, flush-on: [trace_end, LOUD] }
                  b: { type: console, flush-on: { trace-end: true } }
                  c: { type: console, flush-on: [[trace-end]] }
                """))
                .containsExactly(
                        "weir.yaml:2:34: handlers.a.flush-on: \"trace_end\" (expected: TRACE, DEBUG, INFO, WARN, ERROR, "
                                + "CRITICAL or trace-end)",
                        "weir.yaml:2:45: handlers.a.flush-on: \"LOUD\" (expected: TRACE, DEBUG, INFO, WARN, ERROR, CRITICAL "
                                + "or trace-end)",
                        "weir.yaml:3:33: handlers.b.flush-on: keys with values (expected: TRACE, DEBUG, INFO, WARN, ERROR, "
                                + "CRITICAL, trace-end or a list)",
                        "weir.yaml:4:34: handlers.c.flush-on: a list (expected: TRACE, DEBUG, INFO, WARN, ERROR, CRITICAL or "
                                + "trace-end)");
    }

    @Test
    void findsFallbacksThatAreNone() {
        assertThat(problems("""
                handlers:
                  a: { type: console, fallback: c }
                  b: { type: null, fallback: b }
                """))
                .containsExactly(
                        "weir.yaml:2:33: handlers.a.fallback: \"c\" (expected: b)",
                        "weir.yaml:3:30: handlers.b.fallback: \"b\" (expected: a)");
    }

    @Test
    void reportsACallerThatIsNeitherYesNorNoNorALevel() {
        assertThat(problems("root: { caller: yes }\nloggers: { a: { caller: [ true ] } }"))
                .containsExactly(
                        "weir.yaml:1:17: root.caller: \"yes\" (expected: true, false or TRACE, DEBUG, INFO, WARN, ERROR, CRITICAL)",
                        "weir.yaml:2:25: loggers.a.caller: a list (expected: true, false or TRACE, DEBUG, INFO, WARN, ERROR, "
                                + "CRITICAL)");
    }

    @Test
    void knowsNoLevelOffOfAHandler() {
        assertThat(problems("handlers: { out: { type: console, level: OFF } }"))
                .containsExactly(
                        "weir.yaml:1:42: handlers.out.level: \"OFF\" (expected: TRACE, DEBUG, INFO, WARN, ERROR, "
                                + "CRITICAL)");
    }

    @Test
    void findsLevelsInTheWrongOrder() {
        assertThat(problems("handlers: { out: { type: console, level: ERROR, max-level: INFO } }"))
                .containsExactly(
                        "weir.yaml:1:60: handlers.out.max-level: INFO (expected: ERROR, which is level, or above)");
    }

    @Test
    void placesWhatTheBuilderRefuses() {
        assertThat(problems("""
                queue: { capacity: 10KiB, max-record: 10 }
                handlers: { out: { type: console, backlog: 0 } }
                """))
                .containsExactly(
                        "weir.yaml:1:20: queue.capacity: \"10KiB\" (expected: at least 512KiB)",
                        "weir.yaml:1:39: queue.max-record: \"10\" (expected: at least 1KiB, at most 1GiB)",
                        "weir.yaml:2:44: handlers.out.backlog: \"0\" (expected: at least 1)");
    }

    @Test
    void placesWhatTheFormattersRefuse() {
        assertThat(problems("""
                formatters:
                  a: { type: json, preset: xml }
                  b: { type: json, fields: [ time, mesage ] }
                  c: { type: json, fields: [ time, time ] }
                  d: { type: json, fields: { t: tim } }
                  e: { type: text, datefmt: "%Q" }
                  f: { type: text, format: "%(message" }
                  g: { format: "%(message)s" }
                """))
                .satisfiesExactly(
                        problem -> assertThat(problem)
                                .isEqualTo("weir.yaml:2:28: formatters.a.preset: \"xml\" "
                                        + "(expected: weir, python, ecs, logstash, gelf, gcp)"),
                        problem -> assertThat(problem)
                                .startsWith(
                                        "weir.yaml:3:36: formatters.b.fields: field: mesage (expected: one of time, "),
                        problem -> assertThat(problem)
                                .isEqualTo(
                                        "weir.yaml:4:28: formatters.c.fields: field: time (expected: each field once)"),
                        problem -> assertThat(problem)
                                .startsWith(
                                        "weir.yaml:5:33: formatters.d.fields.t: field: tim (expected: one of time, "),
                        problem -> assertThat(problem).startsWith("weir.yaml:6:29: formatters.e.datefmt: "),
                        problem -> assertThat(problem).startsWith("weir.yaml:7:28: formatters.f.format: "),
                        problem -> assertThat(problem).isEqualTo("weir.yaml:8:6: formatters.g: type is missing"));
    }

    @Test
    void placesWhatATextRefuses() {
        assertThat(problems("""
                formatters:
                  a: { type: text, pattern: "%d %mesage%n" }
                  b: { type: text, format: "%(message)s", pattern: "%m" }
                  c: { type: text, pattern: "%m", preset: pretty }
                  d: { type: text, preset: prety }
                  e: { type: text, pattern: "%m", datefmt: "%H" }
                  f: { type: text, preset: pretty, datefmt: "%H" }
                  g: { type: text, zone: Mars, colours: sometimes, colors: never }
                  h: { type: text, defaults: { user: [ a ] } }
                """))
                .satisfiesExactly(
                        problem -> assertThat(problem)
                                .startsWith(
                                        "weir.yaml:2:29: formatters.a.pattern: \"%d %mesage%n\", position 4 (expected: ")
                                .endsWith("; found \"mesage\"; did you mean message?)"),
                        problem -> assertThat(problem)
                                .isEqualTo(
                                        "weir.yaml:3:52: formatters.b.pattern: beside format (expected: one of the two)"),
                        problem -> assertThat(problem)
                                .isEqualTo(
                                        "weir.yaml:4:43: formatters.c.preset: beside pattern (expected: one of the two)"),
                        problem -> assertThat(problem)
                                .isEqualTo(
                                        "weir.yaml:5:28: formatters.d.preset: \"prety\" (expected: python, pretty; did you mean pretty?)"),
                        problem -> assertThat(problem)
                                .isEqualTo("weir.yaml:6:44: formatters.e.datefmt: beside a layout that has no asctime "
                                        + "(expected: a time pattern within %d{…})"),
                        problem ->
                                assertThat(problem).startsWith("weir.yaml:7:45: formatters.f.datefmt: beside a layout"),
                        problem -> assertThat(problem)
                                .isEqualTo("weir.yaml:8:26: formatters.g.zone: \"Mars\" "
                                        + "(expected: a zone, as UTC or Europe/Berlin)"),
                        problem -> assertThat(problem)
                                .isEqualTo("weir.yaml:8:41: formatters.g.colours: \"sometimes\" "
                                        + "(expected: auto, always, never)"),
                        problem -> assertThat(problem)
                                .isEqualTo(
                                        "weir.yaml:8:52: formatters.g: unknown key \"colors\" (expected: type, format, "
                                                + "pattern, preset, datefmt, zone, defaults, colours; did you mean colours?)"),
                        problem -> assertThat(problem)
                                .isEqualTo("weir.yaml:9:38: formatters.h.defaults.user: a list (expected: text)"));
    }

    @Test
    void findsTwoHandlersOfOneFile() {
        assertThat(problems("""
                handlers:
                  a: { type: file, path: /tmp/weir-test.log }
                  b: { type: file, path: /tmp/../tmp/weir-test.log }
                """))
                .containsExactly(
                        "weir.yaml:3:6: handlers.b: writes to the same file as handlers.a (expected: one of its own)");
    }

    @Test
    void knowsTheRootByItsKeyOnly() {
        assertThat(problems("loggers: { ROOT: { level: INFO } }"))
                .containsExactly(
                        "weir.yaml:1:18: loggers.ROOT: not the name of a logger (expected: the key root beside "
                                + "loggers)");
    }

    @Test
    void showsContentThatCouldDisturbTheMessageEscapedAndShortened() {
        assertThat(problems("root: { level: \"a\\n\\e[31mb\\u202e" + "x".repeat(100) + "\" }"))
                .containsExactly("weir.yaml:1:16: root.level: \"a\\u000a\\u001b[31mb\\u202e" + "x".repeat(51)
                        + "…\" (expected: TRACE, DEBUG, INFO, WARN, ERROR, CRITICAL or OFF)");
    }

    @Test
    void showsNamesThatCouldDisturbTheMessageEscapedAndShortened() {
        String name = "a\\e[31m" + "x".repeat(100);

        assertThat(problems("handlers: { \"" + name + "\": { type: none } }"))
                .singleElement()
                .asString()
                .contains(": handlers.a\\u001b[31m" + "x".repeat(54) + "….type: \"none\" (expected: ");
    }

    @Test
    void staysShortWhereThereIsALotToSay() {
        StringBuilder yaml = new StringBuilder("handlers:\n");
        for (int i = 0; i < 20_000; i++) {
            yaml.append("  h" + i + ": { type: null }\n");
        }
        yaml.append("root: { handlers: [" + "x, ".repeat(20_000) + "] }\n");

        List<String> problems = problems(yaml.toString());

        assertThat(problems).hasSize(101);
        assertThat(problems.get(0))
                .endsWith(
                        " root.handlers: \"x\" (expected: h0, h1, h2, h3, h4, h5, h6, h7, h8, h9, h10, h11, h12, h13, h14, "
                                + "h15, h16, h17, h18, h19, …)");
        assertThat(problems.get(100)).isEqualTo("weir.yaml: and 19900 more problems");
    }

    @Test
    void refusesTags() {
        assertThat(problems("root: !!java.net.URL { level: !!binary SU5GTw== }"))
                .containsExactly(
                        "weir.yaml:1:7: root: the tag \"tag:yaml.org,2002:java.net.URL\" (expected: keys with values)");
        assertThat(problems("root: { level: !secret INFO }"))
                .containsExactly(
                        "weir.yaml:1:16: root.level: the tag \"!secret\" (expected: TRACE, DEBUG, INFO, WARN, ERROR, "
                                + "CRITICAL or OFF)");
    }

    @Test
    void placesSyntaxErrors() {
        assertThat(problems("root:\n\tlevel: INFO\n"))
                .containsExactly("weir.yaml:2:1: not YAML: a tab as indentation (expected: spaces)");
        assertThat(problems("root:\n  level: INFO\n  \thandlers: []\n"))
                .containsExactly("weir.yaml:3:3: not YAML: a tab as indentation (expected: spaces)");
        assertThat(problems("{\n\t\"root\": {\n\t\t\"level\": \"INFO\"\n\t\t\"handlers\": []\n\t}\n}"))
                .singleElement()
                .asString()
                .startsWith("weir.yaml:4:3: not YAML: while parsing a flow mapping, expected ',' or '}'");
        assertThat(problems("root: { level: INFO\n"))
                .singleElement()
                .asString()
                .startsWith("weir.yaml:2:1: not YAML: ");
        assertThat(problems("a: 1\n---\nb: 2\n")).singleElement().asString().startsWith("weir.yaml:2:1: not YAML: ");
        assertThat(problems("root: *nobody")).singleElement().asString().startsWith("weir.yaml:1:7: not YAML: ");
        assertThat(problems("- a\n- b\n")).containsExactly("weir.yaml:1:1: a list (expected: keys with values)");
        assertThat(problems("just text")).containsExactly("weir.yaml:1:1: \"just text\" (expected: keys with values)");
        assertThat(problems("[a, b]: c")).containsExactly("weir.yaml:1:1: a collection as a key (expected: a name)");
    }

    @Test
    void placesProblemsOfJson() {
        assertThat(problems("""
                {
                \t"version": 2,
                \t"handlers": {
                \t\t"out\\u0041": {"type": "console", "max-line": "\\ud83d\\ude00\\/", "level":"LOUD"}
                \t},
                \t"root": {"handlers": ["outA", "nobody"], "handlers": null}
                }
                """))
                .containsExactly(
                        "weir.yaml:2:13: version: \"2\" (expected: 1)",
                        "weir.yaml:4:48: handlers.outA.max-line: \"😀/\" (expected: a number of bytes, as 65536, 64KiB or "
                                + "8MiB)",
                        "weir.yaml:4:74: handlers.outA.level: \"LOUD\" (expected: TRACE, DEBUG, INFO, WARN, ERROR, CRITICAL)",
                        "weir.yaml:6:32: root.handlers: \"nobody\" (expected: outA)",
                        "weir.yaml:6:43: root: \"handlers\" stands twice (first in line 6)");
    }

    // hostile files

    @Test
    void readsABillionLaughsWithoutLaughing() {
        StringBuilder yaml = new StringBuilder("a: &a [x, x]\n");
        for (char c = 'b'; c <= 'm'; c++) {
            char before = (char) (c - 1);
            yaml.append(c + ": &" + c + " [*" + before + ",*" + before + ",*" + before + ",*" + before + "]\n");
        }
        yaml.append("root: { handlers: *m }\n");

        assertThat(problems(yaml.toString())).isNotEmpty();
    }

    @Test
    void limitsAliases() {
        String yaml = "a: &a [x]\nb: [" + "*a,".repeat(100) + "]\n";

        assertThat(problems(yaml))
                .containsExactly(
                        "weir.yaml:1:1: not usable as YAML: Number of aliases for non-scalar nodes exceeds the "
                                + "specified max=64");
    }

    @Test
    void refusesAGraphThatContainsItself() {
        assertThat(problems("handlers: &h { out: *h }"))
                .containsExactly(
                        "weir.yaml:1:11: handlers.out: an alias in it stands for it (expected: something else)");
        assertThat(problems("root: { handlers: &l [ [ *l ] ] }"))
                .containsExactly(
                        "weir.yaml:1:19: root.handlers: an alias in it stands for it (expected: something else)");
    }

    @Test
    void limitsWhatReferencesStandForInAll() {
        String values = "a,".repeat(20_000);
        String yaml = "filters: { f: { type: key-value, key: k, values: [" + values + "] } }\n"
                + "handlers: { c: { type: console, filters: [" + "f,".repeat(10_000) + "] } }\n";

        assertThat(problems(yaml))
                .containsExactly(
                        "the configuration is too large when all that it refers to is in its place (expected: at "
                                + "most 32 Mi characters)");
    }

    @Test
    void limitsWhatVariablesStandForInAll() {
        StringBuilder yaml = new StringBuilder("handlers: { c: { type: console, formatter: { type: json, add: {");
        for (int i = 0; i < 1000; i++) {
            yaml.append("k" + i + ": \"${LONG}\", ");
        }

        assertThat(ConfigurationText.of(yaml.append("} } } }").toString())
                        .with(Map.of("LONG", "x".repeat(1 << 16)))
                        .problems())
                .contains(
                        "the configuration is too large when all that it refers to is in its place (expected: at most 32 Mi "
                                + "characters)");
    }

    @Test
    void keepsWhatOthersSayShort() {
        assertThat(problems("formatters: { a: { type: text, pattern: \"%red(" + "x".repeat(100_000) + "\" } }"))
                .singleElement()
                .asString()
                .hasSizeLessThan(1200);
    }

    @Test
    void refusesAnEscapeThatIsNoCharacter() {
        assertThat(problems("root: { level: \"\\UFFFFFFFF\" }"))
                .containsExactly("weir.yaml:1:1: not usable as YAML: an escape that is no character (expected: up to "
                        + "\\U0010FFFF)");
    }

    @Test
    void limitsDepth() {
        assertThat(problems("a: " + "[".repeat(100_000)))
                .containsExactly("weir.yaml:1:35: not YAML: nested deeper than 32 levels");
    }

    @Test
    void limitsSize() {
        assertThat(problems("a: " + "x".repeat(1024 * 1024)))
                .containsExactly("weir.yaml:1:1: the file is too long (expected: at most 1048576 bytes)");
    }

    @Test
    void toleratesAScalarOfNearlyAMegabyte() {
        String yaml = "root: { level: " + "x".repeat(1_000_000) + " }";

        assertThat(problems(yaml)).singleElement().asString().hasSizeLessThan(200);
    }

    @Test
    void refusesWhatIsNotText() {
        assertThat(ConfigurationText.of(new byte[] {'a', ':', ' ', (byte) 0xFF, (byte) 0xFE})
                        .problems())
                .containsExactly("weir.yaml:1:1: the file is not text (expected: UTF-8)");
        assertThat(problems("version: 1\nroot: \u0000"))
                .containsExactly("weir.yaml:2:7: the character U+0000 (expected: printable characters)");
    }

    @Test
    void takesAByteOrderMark() {
        byte[] content = "\uFEFFversion: 2".getBytes(StandardCharsets.UTF_8);

        assertThat(ConfigurationText.of(content).problems())
                .containsExactly("weir.yaml:1:10: version: \"2\" (expected: 1)");
    }

    // variables

    @Test
    void placesVariables() {
        Map<String, String> variables = Map.of("LEVEL", "LOUD");

        assertThat(ConfigurationText.of("""
                        root: { level: "${LEVEL}" }
                        loggers:
                          a: { level: "${NOT_SET}" }
                          b: { level: "${sys:not.set}" }
                          c: { level: "${LEVEL:?needed}" }
                        """).with(variables).problems())
                .containsExactly(
                        "weir.yaml:1:16: root.level: \"LOUD\" from \"${LEVEL}\" (expected: TRACE, DEBUG, INFO, WARN, ERROR, "
                                + "CRITICAL or OFF)",
                        "weir.yaml:3:15: loggers.a.level: \"${NOT_SET}\" (expected: the environment variable NOT_SET to be "
                                + "set, or a default: ${NOT_SET:-…})",
                        "weir.yaml:4:15: loggers.b.level: \"${sys:not.set}\" (expected: the system property not.set to be "
                                + "set, or a default: ${sys:not.set:-…})",
                        "weir.yaml:5:15: loggers.c.level: \"${LEVEL:?needed}\" (expected: ${NAME}, ${env:NAME}, "
                                + "${sys:name} or ${file:/path}, each with or without :-default, or $$ for $)");
    }
}
