package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.Types;
import dev.weir.Level;
import dev.weir.Weir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types of handlers that are not Weir's own. */
class TypeRegistryTest {
    @TempDir
    private Path directory;

    private Beside beside;

    @AfterEach
    void close() throws IOException {
        if (beside != null) {
            beside.close();
        }
    }

    private ConfigurationText text(String yaml, Stream<String> factories) {
        beside = Beside.of(directory, factories.toList());
        return ConfigurationText.of(yaml).with(beside);
    }

    private List<String> problems(String yaml, Class<?>... factories) {
        return text(yaml, Arrays.stream(factories).map(Class::getName)).problems();
    }

    /** What the handler reads, one line each. */
    private List<String> read(String yaml, Class<?>... factories) throws IOException {
        Path sheet = directory.resolve("sheet");
        Weir weir = text(
                        yaml.replace("SHEET", sheet.toString()),
                        Arrays.stream(factories).map(Class::getName))
                .read()
                .start();
        weir.loggerOf("a").log(Level.ERROR, "");
        weir.close(Duration.ofSeconds(30));
        return Files.readAllLines(sheet);
    }

    @Test
    void readsKeysOfEveryKind() throws IOException {
        assertThat(read("""
                handlers:
                  a:
                    type: every-kind
                    path: "SHEET"
                    other-path: /some/path
                    text: ""
                    other-text: "${sys:some.dir}"
                    number: 0
                    other-number: 9
                    bytes: 64KiB
                    other-bytes: 1KiB
                    duration: 250ms
                    other-duration: 1h
                    bool: false
                    one-of: high
                    other-one-of: low
                    texts: [b, "${sys:some.dir}", 3]
                    other-texts: []
                    named-texts: { X-B: c, X-A: d }
                    other-named-texts:
                    section: { port: 80, deeper: { deep: true } }
                    token: abc
                    formatter: text
                    level: ERROR
                    backlog: 1MiB
                """, Types.EveryKind.class))
                .containsExactly(
                        "/some/path",
                        "",
                        "/srv",
                        "0",
                        "9",
                        "65536",
                        "1024",
                        "PT0.25S",
                        "PT1H",
                        "false",
                        "2",
                        "1",
                        "[b, /srv, 3]",
                        "[]",
                        "{X-B=c, X-A=d}",
                        "{}",
                        "80",
                        "true",
                        "3",
                        "TextFormatter");
    }

    @Test
    void givesDefaultsForWhatIsNotThere() throws IOException {
        assertThat(read("""
                handlers:
                  a: { type: every-kind, path: "SHEET", text: t, number: 1, bytes: 2, duration: 3s, one-of: low,
                       texts: [], named-texts: {}, section: { port: 4 } }
                """, Types.EveryKind.class))
                .containsExactly(
                        "other",
                        "t",
                        "other",
                        "1",
                        "-1",
                        "2",
                        "-1",
                        "PT3S",
                        "PT0S",
                        "true",
                        "1",
                        "0",
                        "[]",
                        "[other]",
                        "{}",
                        "{other=named}",
                        "4",
                        "false",
                        "4",
                        "JsonFormatter");
    }

    @Test
    void reportsAllThatIsWrongAtOnce() {
        assertThat(problems("""
                handlers:
                  a:
                    type: every-kind
                    path: [ a ]
                    other-path: "\\0"
                    text: { }
                    number: -1
                    bytes: 1 byte
                    duration: 1 second
                    bool: maybe
                    one-of: lo
                    texts: [ x, [ y ], { } ]
                    other-texts: x
                    named-texts: { x: [ y ] }
                    other-named-texts: [ x ]
                    section: { port: http, deeper: { deep: 2, deap: true }, deper: }
                    formatter: xml
                    formater: json
                    level: LOUD
                root: { level: LOUD }
                """, Types.EveryKind.class))
                .containsExactly(
                        "weir.yaml:4:11: handlers.a.path: a list (expected: text)",
                        "weir.yaml:5:17: handlers.a.other-path: Nul character not allowed: \\u0000",
                        "weir.yaml:6:11: handlers.a.text: keys with values (expected: text)",
                        "weir.yaml:7:13: handlers.a.number: \"-1\" (expected: a whole number)",
                        "weir.yaml:8:12: handlers.a.bytes: \"1 byte\" (expected: a number of bytes, as 65536, 64KiB or 8MiB)",
                        "weir.yaml:9:15: handlers.a.duration: \"1 second\" (expected: a time, as 500ms, 2s, 1m or 1h)",
                        "weir.yaml:10:11: handlers.a.bool: \"maybe\" (expected: true or false)",
                        "weir.yaml:11:13: handlers.a.one-of: \"lo\" (expected: low, high)",
                        "weir.yaml:12:17: handlers.a.texts: a list (expected: text)",
                        "weir.yaml:12:24: handlers.a.texts: keys with values (expected: text)",
                        "weir.yaml:13:18: handlers.a.other-texts: \"x\" (expected: a list)",
                        "weir.yaml:14:23: handlers.a.named-texts.x: a list (expected: text)",
                        "weir.yaml:15:24: handlers.a.other-named-texts: a list (expected: keys with values)",
                        "weir.yaml:16:22: handlers.a.section.port: \"http\" (expected: a whole number)",
                        "weir.yaml:16:44: handlers.a.section.deeper.deep: \"2\" (expected: true or false)",
                        "weir.yaml:16:47: handlers.a.section.deeper: unknown key \"deap\" (expected: deep; did you mean deep?)",
                        "weir.yaml:16:61: handlers.a.section: unknown key \"deper\" (expected: port, deeper; did you mean deeper?)",
                        "weir.yaml:17:16: handlers.a.formatter: \"xml\" (expected: json, text)",
                        "weir.yaml:18:5: handlers.a: unknown key \"formater\" (expected: type, path, other-path, text, other-text, "
                                + "number, other-number, bytes, other-bytes, duration, other-duration, bool, one-of, "
                                + "other-one-of, texts, other-texts, named-texts, other-named-texts, section, token, formatter, "
                                + "level, max-level, backlog, overflow, breaker, flush-on, filters, fallback; did you mean formatter?)",
                        "weir.yaml:19:12: handlers.a.level: \"LOUD\" (expected: TRACE, DEBUG, INFO, WARN, ERROR, CRITICAL)",
                        "weir.yaml:20:16: root.level: \"LOUD\" (expected: TRACE, DEBUG, INFO, WARN, ERROR, CRITICAL or OFF)");
    }

    @Test
    void reportsAllThatIsMissingAtOnce() {
        assertThat(problems("handlers: { a: { type: every-kind } }", Types.EveryKind.class))
                .containsExactly(
                        "weir.yaml:1:16: handlers.a: bytes is missing",
                        "weir.yaml:1:16: handlers.a: duration is missing",
                        "weir.yaml:1:16: handlers.a: named-texts is missing",
                        "weir.yaml:1:16: handlers.a: number is missing",
                        "weir.yaml:1:16: handlers.a: one-of is missing",
                        "weir.yaml:1:16: handlers.a: path is missing",
                        "weir.yaml:1:16: handlers.a: section is missing",
                        "weir.yaml:1:16: handlers.a: text is missing",
                        "weir.yaml:1:16: handlers.a: texts is missing");
    }

    @Test
    void reportsWhatIsOutOfItsRange() {
        assertThat(problems("""
                handlers:
                  a: { type: every-kind, path: p, text: t, number: 1, bytes: 2, duration: 3s, one-of: low, texts: [],
                       named-texts: {}, section: { port: 4 },
                       other-number: 1, other-bytes: 1023, other-duration: 0 }
                  b: { type: every-kind, path: p, text: t, number: 1, bytes: 2, duration: 3s, one-of: low, texts: [],
                       named-texts: {}, section: { port: 4 },
                       other-number: 10, other-bytes: 1KiB, other-duration: 61m }
                """, Types.EveryKind.class))
                .containsExactly(
                        "weir.yaml:4:22: handlers.a.other-number: \"1\" (expected: at least 2, at most 9)",
                        "weir.yaml:4:38: handlers.a.other-bytes: \"1023\" (expected: at least 1KiB)",
                        "weir.yaml:4:60: handlers.a.other-duration: \"0\" (expected: more than 0, at most 1h)",
                        "weir.yaml:7:22: handlers.b.other-number: \"10\" (expected: at least 2, at most 9)",
                        "weir.yaml:7:61: handlers.b.other-duration: \"61m\" (expected: more than 0, at most 1h)");
    }

    @Test
    void showsNoSecret() {
        String yaml = """
                handlers:
                  a: { type: every-kind, path: p, text: t, number: 1, bytes: 2, duration: 3s, one-of: low, texts: [],
                       named-texts: {}, section: { port: 4 }, token: hunter2 }
                """;
        assertThat(problems(yaml, Types.EveryKind.class))
                .containsExactly("weir.yaml:3:54: handlers.a.token: *** is too long");
        beside = null;
        assertThat(ConfigurationText.of(yaml.replace("hunter2", "[ hunter2 ]"))
                        .with(Beside.of(directory, List.of(Types.EveryKind.class.getName())))
                        .problems())
                .containsExactly("weir.yaml:3:54: handlers.a.token: a list (expected: text)");
    }

    @Test
    void showsNoSecretInWhatATypeSays() {
        assertThat(ConfigurationText.of("""
                        handlers:
                          a: { type: talkative, token: "hun${LETTER}er2", wrong: true }
                          b: { type: talkative, token: hunter2 }
                        """)
                        .with(Map.of("LETTER", "t"))
                        .with(Beside.of(directory, List.of(Types.Talkative.class.getName())))
                        .problems())
                .containsExactly(
                        "weir.yaml:2:6: handlers.a: cannot parse ***",
                        "weir.yaml:3:6: handlers.b: its type failed: java.lang.IllegalStateException: cannot parse ***");
    }

    @Test
    void readsAKeyAgainAndWhatIsLeftOut() throws IOException {
        assertThat(read(
                        "handlers: { a: { type: forgetful, path: \"SHEET\", text: t, section: { port: 1 } } }",
                        Types.Forgetful.class))
                .containsExactly("true", "Optional[t]", "Optional[t]", "Optional[1]");
        assertThat(read("handlers: { a: { type: forgetful, path: \"SHEET\" } }", Types.Forgetful.class))
                .containsExactly("false", "Optional.empty", "Optional.empty", "Optional.empty");
    }

    @Test
    void reportsAKeyThatIsReadButNotDeclaredAndOneThatIsDeclaredTwice() {
        assertThat(problems(
                        "handlers: { a: { type: secretive }, b: { type: twofold } }",
                        Types.Secretive.class,
                        Types.Twofold.class))
                .containsExactly(
                        "weir.yaml:1:16: handlers.a: its type failed: java.lang.IllegalStateException: the key hidden is read, but not declared",
                        "weir.yaml:1:40: handlers.b: its type failed: java.lang.IllegalArgumentException: the key text is declared twice");
    }

    @Test
    void namesTheTypesThatAreKnown() {
        assertThat(problems("handlers: { a: { type: fauly } }", Types.Picky.class, Types.Faulty.class))
                .containsExactly(
                        "weir.yaml:1:24: handlers.a.type: \"fauly\" (expected: console, file, memory, null, faulty, picky; "
                                + "did you mean faulty?)");
    }

    // what a factory says

    @Test
    void placesWhatAFactoryRefuses() {
        assertThat(problems("""
                handlers:
                  a: { type: picky, refusal: "size: 0 (expected: more)", size: 0 }
                  b: { type: picky, refusal: "section.port: 0 (expected: more)", section: { port: 0 } }
                  c: { type: picky, refusal: "size: 0 (expected: more)" }
                  d: { type: picky, refusal: "section.port: 0 (expected: more)" }
                  e: { type: picky, refusal: "not today" }
                """, Types.Picky.class))
                .containsExactly(
                        "weir.yaml:2:64: handlers.a.size: 0 (expected: more)",
                        "weir.yaml:3:83: handlers.b.section.port: 0 (expected: more)",
                        "weir.yaml:4:6: handlers.c: size: 0 (expected: more)",
                        "weir.yaml:5:6: handlers.d: section.port: 0 (expected: more)",
                        "weir.yaml:6:6: handlers.e: not today");
    }

    @Test
    void placesAllThatAFactoryRefusesAtOnce() {
        assertThat(problems("handlers: { a: { type: choosy, first: 1, second: 2 } }", Types.Choosy.class))
                .containsExactly(
                        "weir.yaml:1:39: handlers.a.first: 1 (expected: another)",
                        "weir.yaml:1:50: handlers.a.second: 2 (expected: another)");
    }

    @Test
    void asksNoFactoryIfItsSettingsAreWrong() {
        assertThat(problems("""
                handlers:
                  a: { type: picky, refusal: here, size: big }
                  b: { type: picky, refused: 1, level: LOUD }
                """, Types.Picky.class))
                .containsExactly(
                        "weir.yaml:2:42: handlers.a.size: \"big\" (expected: a whole number)",
                        "weir.yaml:3:6: handlers.b: refusal is missing",
                        "weir.yaml:3:21: handlers.b: unknown key \"refused\" (expected: type, size, section, refusal, level, "
                                + "max-level, backlog, overflow, breaker, flush-on, filters, fallback; did you mean refusal?)",
                        "weir.yaml:3:40: handlers.b.level: \"LOUD\" (expected: TRACE, DEBUG, INFO, WARN, ERROR, CRITICAL)");
    }

    @Test
    void placesAFactoryThatFails() {
        assertThat(problems("""
                handlers:
                  a: { type: faulty, reason: "mistake\\nof mine" }
                  b: { type: idle }
                """, Types.Faulty.class, Types.Idle.class))
                .containsExactly(
                        "weir.yaml:2:6: handlers.a: its type failed: java.lang.IllegalStateException: mistake\\u000aof mine",
                        "weir.yaml:3:6: handlers.b: its type failed: java.lang.NullPointerException: no handler");
    }

    @Test
    void refusesATypeThatReadsAKeyOfAllHandlers() {
        assertThat(problems("handlers: { a: { type: greedy } }", Types.Greedy.class))
                .containsExactly(
                        "weir.yaml:1:16: handlers.a: its type reads flush-on (expected: a key that not every handler has)");
    }

    // what is not to be had

    @Test
    void refusesTwoFactoriesOfOneType() {
        assertThat(problems(
                        "handlers: { a: { type: every-kind, level: LOUD }, b: { type: console }, c: { type: null } }",
                        Types.EveryKind.class,
                        Types.EveryKindAgain.class,
                        Types.Console.class))
                .containsExactly(
                        "weir.yaml:1:24: handlers.a.type: \"every-kind\" is made by com.example.Types$EveryKind and "
                                + "com.example.Types$EveryKindAgain (expected: one factory for a type)",
                        "weir.yaml:1:62: handlers.b.type: \"console\" is made by dev.weir.config.BuiltIn and "
                                + "com.example.Types$Console (expected: one factory for a type)");
    }

    @Test
    void saysWhatCouldNotBeLoadedWhereATypeIsNotFound() {
        Stream<String> factories = Stream.of(
                "com.example.Gone",
                Types.Unloadable.class.getName(),
                Types.Nameless.class.getName(),
                Types.Idle.class.getName());

        assertThat(text("handlers: { a: { type: unloadable } }", factories).problems())
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem)
                                .isEqualTo(
                                        "weir.yaml:1:24: handlers.a.type: \"unloadable\" (expected: console, file, memory, null, idle)"),
                        problem -> assertThat(problem)
                                .startsWith("weir.yaml:1:24: handlers.a.type: a type could not be loaded: ")
                                .contains("com.example.Gone"),
                        problem -> assertThat(problem)
                                .startsWith("weir.yaml:1:24: handlers.a.type: a type could not be loaded: ")
                                .contains(Types.Unloadable.class.getName())
                                .endsWith(" (java.lang.IllegalStateException: no library)"),
                        problem -> assertThat(problem)
                                .isEqualTo("weir.yaml:1:24: handlers.a.type: a type could not be loaded: "
                                        + "com.example.Types$Nameless: java.lang.IllegalStateException: no name"));
    }

    @Test
    void needsNotWhatCouldNotBeLoaded() {
        assertThat(problems("handlers: { a: { type: console } }", Types.Unloadable.class, Types.Nameless.class))
                .isEmpty();
    }
}
