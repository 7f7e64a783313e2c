package dev.weir.config;

import static dev.weir.config.Checked.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is warned of in the routes, letter by letter, and what is not. */
class RouteWarningsTest {
    private static final String TWO = "handlers: { a: { type: 'null' }, b: { type: 'null' } }\n";

    @Test
    void tellsOfAHandlerThatALoggerAndOneAboveItName() {
        assertThat(warnings(TWO + """
                loggers:
                  x: { handlers: [b] }
                  x.y: { handlers: [a, b] }
                root: { handlers: [a] }
                """))
                .containsExactly(
                        "weir.yaml:4:21: loggers.x.y.handlers: a is attached to root, too, and a record gets there once "
                                + "(expected: one of the two, or propagate: false here)",
                        "weir.yaml:4:24: loggers.x.y.handlers: b is attached to loggers.x, too, and a record gets there once "
                                + "(expected: one of the two, or propagate: false here)");
        assertThat(warnings(TWO + "loggers: { x: { handlers: [b] } }\n"))
                .containsExactly(
                        "weir.yaml:2:28: loggers.x.handlers: b is attached to root, which has all handlers unless it "
                                + "names some, too, and a record gets there once (expected: one of the two, or propagate: false here)");
    }

    @Test
    void tellsOnceOfAHandlerThatThreeName() {
        assertThat(warnings(TWO + "loggers: { x: { handlers: [b] }, x.y: { handlers: [b] } }\n"))
                .filteredOn(warning -> warning.contains("loggers.x.y"))
                .singleElement()
                .asString()
                .contains("b is attached to loggers.x, too");
    }

    @Test
    void tellsOfAMemoryHandlerBesideItsTarget() {
        String memory = "handlers: { a: { type: 'null' }, m: { type: memory, target: a } }\n";

        assertThat(warnings(memory + "loggers: { x: { handlers: [a] } }\n"))
                .containsExactly(
                        "weir.yaml:2:28: loggers.x.handlers: a and m are on one way, and a gets twice what the other "
                                + "passes on to it (expected: one of the two)");
        assertThat(warnings(memory + "loggers: { x: { handlers: [m] } }\nroot: { handlers: [a] }\n"))
                .containsExactly(
                        "weir.yaml:2:28: loggers.x.handlers: m and a are on one way, and a gets twice what the other "
                                + "passes on to it (expected: one of the two)");
    }

    @Test
    void tellsOnceOfAMemoryHandlerAndItsTargetInOneList() {
        assertThat(
                        warnings(
                                "handlers: { a: { type: 'null' }, m: { type: memory, target: a } }\nroot: { handlers: [a, m] }\n"))
                .singleElement()
                .asString()
                .contains("root.handlers: m and a are on one way, and a gets twice");
    }

    @Test
    void tellsOfLevelsThatNobodyTakes() {
        assertThat(warnings("""
                handlers: { a: { type: 'null', level: WARN } }
                root: { level: DEBUG }
                """))
                .containsExactly(
                        "weir.yaml:2:16: root.level: no handler on the way takes DEBUG, INFO (expected: a level that one "
                                + "takes, or a handler with these levels)");
        assertThat(warnings("""
                handlers: { a: { type: 'null', max-level: WARN }, b: { type: 'null' } }
                loggers: { x: { level: INFO, propagate: false, handlers: [a] } }
                """))
                .containsExactly(
                        "weir.yaml:2:24: loggers.x.level: no handler on the way takes ERROR, CRITICAL (expected: a level "
                                + "that one takes, or a handler with these levels)");
    }

    @Test
    void tellsOfRecordsThatNoHandlerGets() {
        assertThat(warnings(TWO + "loggers: { x: { propagate: false } }\n"))
                .containsExactly(
                        "weir.yaml:2:28: loggers.x.propagate: no handler gets what is logged here: it is discarded "
                                + "(expected: handlers, or level: OFF if that is meant)");
        assertThat(warnings(TWO + "loggers: { x: { handlers: [a, b] } }\nroot: { handlers: [] }\n"))
                .containsExactly("weir.yaml:3:19: root.handlers: no handler gets what is logged here: it is discarded "
                        + "(expected: handlers, or level: OFF if that is meant)");
    }

    @Test
    void tellsOfAHandlerThatNothingLeadsTo() {
        assertThat(warnings(TWO + "root: { handlers: [b] }\n"))
                .containsExactly(
                        "weir.yaml:1:16: handlers.a: nothing leads here (expected: a logger or root that names it, or a "
                                + "handler whose fallback or target it is)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "handlers: { a: { type: 'null', level: WARN } }",
                "handlers: { a: { type: 'null' }, b: { type: 'null' } }\nroot: { handlers: [a] }\n"
                        + "profiles: { p: { root: { handlers: [b] } } }",
                "handlers: { a: { type: 'null', fallback: b }, b: { type: 'null', level: ERROR } }\nroot: { level: DEBUG }",
                "handlers: { a: { type: 'null' }, m: { type: memory, target: a } }\nroot: { level: TRACE }",
                "handlers: { a: { type: 'null', level: INFO }, b: { type: 'null' } }\n"
                        + "loggers: { x: { handlers: [b] } }\nroot: { level: DEBUG, handlers: [a] }",
                "handlers: { a: { type: 'null', level: WARN } }\nroot: { level: OFF }",
                "handlers: { a: { type: 'null' } }\nloggers: { x: { propagate: false, handlers: [] } }",
                "handlers: { a: { type: 'null' } }\nloggers: { x: { propagate: false, level: OFF } }",
                "handlers: { a: { type: 'null' } }\nloggers: { x: { propagate: false, handlers: [a] } }",
                "handlers: { a: { type: 'null' } }\nloggers: { x: { level: OFF, handlers: [a] } }\nroot: { level: OFF, handlers: [] }",
                "handlers: { a: { type: 'null', max-level: WARN }, b: { type: 'null', level: ERROR } }\nroot: { level: TRACE }",
            })
    void hasNoFalseAlarm(String yaml) {
        assertThat(warnings(yaml)).isEmpty();
    }

    @Test
    void tellsOnceOfWhatAProfileSilences() {
        ConfigurationCheck check = Checked.of(
                "handlers: { a: { type: 'null' }, b: { type: 'null' } }\nroot: { handlers: [a] }\n"
                        + "loggers: { x: { handlers: [b] } }\nprofiles: { p: { handlers: { a: null } } }",
                "p",
                Map.of());

        assertThat(check.warnings())
                .isEqualTo(List.of(
                        check.name() + ":4:30: root: no handler is left, so what only it would get is discarded"));
    }

    @Test
    void readsManyLoggersInTimeThatGrowsWithThem() {
        StringBuilder yaml = new StringBuilder("handlers: { a: { type: 'null' } }\nloggers:\n");
        for (int i = 0; i < 20_000; i++) {
            yaml.append("  x").append(i).append(": { level: DEBUG }\n");
        }

        assertThat(warnings(yaml.toString())).isEmpty();
    }
}
