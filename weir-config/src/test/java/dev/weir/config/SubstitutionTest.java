package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of OpenTelemetry's specification, but that an undefined variable is an error, and what Weir adds. */
class SubstitutionTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "STRING_VALUE", "value",
            "BOOL_VALUE", "true",
            "FLOAT_VALUE", "1.1",
            "INVALID_MAP_VALUE", "value\nkey:value",
            "DO_NOT_REPLACE_ME", "Never use this value",
            "REPLACE_ME", "${DO_NOT_REPLACE_ME}",
            "VALUE_WITH_ESCAPE", "value$$",
            "EMPTY", "");
    private static final Map<String, String> PROPERTIES = Map.of("user.name", "weir", "a-b", "dashed");

    private final List<String> problems = new ArrayList<>();

    private String substituted(String text) {
        return new Substitution(new Variables(ENVIRONMENT::get, PROPERTIES::get), new Secrets(), problems::add)
                .apply(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '\'',
            value = {
                "${STRING_VALUE} => value",
                "${env:STRING_VALUE} => value",
                "foo ${STRING_VALUE} ${FLOAT_VALUE} => foo value 1.1",
                "${UNDEFINED_KEY:-fallback} => fallback",
                "${REPLACE_ME} => ${DO_NOT_REPLACE_ME}",
                "${UNDEFINED_KEY:-${STRING_VALUE}} => ${STRING_VALUE}",
                "$${STRING_VALUE} => ${STRING_VALUE}",
                "$$${STRING_VALUE} => $value",
                "$$$${STRING_VALUE} => $${STRING_VALUE}",
                "$${STRING_VALUE:-fallback} => ${STRING_VALUE:-fallback}",
                "$${STRING_VALUE:-${STRING_VALUE}} => ${STRING_VALUE:-value}",
                "${UNDEFINED_KEY:-$${UNDEFINED_KEY}} => ${UNDEFINED_KEY:-${UNDEFINED_KEY}}",
                "${VALUE_WITH_ESCAPE} => value$$",
                "a $$ b => a $ b",
                "a $ b => a $ b",
                "$${FOO} ${BOOL_VALUE} $${BAZ} => ${FOO} true ${BAZ}",
                "${EMPTY:-fallback} => fallback",
                "${STRING_VALUE:-fallback} => value",
                "${sys:user.name} => weir",
                "${sys:a-b}! => dashed!",
                "${sys:not.there:-of default} => of default",
                "${UNDEFINED_KEY:-http://host:4318/a?b=c} => http://host:4318/a?b=c",
                "${UNDEFINED_KEY:-} => ''",
                "x${EMPTY}y => xy",
                "${unclosed => ${unclosed",
                "100%$ => 100%$"
            })
    void replaces(String text, String expected) {
        assertThat(substituted(text)).isEqualTo(expected);
        assertThat(problems).isEmpty();
    }

    @Test
    void takesAValueOfSeveralLinesAsItIs() {
        assertThat(substituted("${INVALID_MAP_VALUE}")).isEqualTo("value\nkey:value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${STRING_VALUE:?error}",
                "${1API_KEY}",
                "${API_$KEY}",
                "${}",
                "${ STRING_VALUE }",
                "${STRING-VALUE}",
                "${env:}",
                "${sys:}",
                "${file:}",
                "${FILE:/etc/hostname}",
                "${ENV:STRING_VALUE}",
                "${${STRING_VALUE}}"
            })
    void refusesWhatIsNoReference(String text) {
        substituted(text);

        assertThat(problems).singleElement().asString().contains("expected: ${NAME}");
    }

    @Test
    void refusesAVariableThatIsNotSetAndHasNoDefault() {
        substituted("${UNDEFINED_KEY} and ${sys:undefined}");

        assertThat(problems)
                .containsExactly(
                        "\"${UNDEFINED_KEY}\" (expected: the environment variable UNDEFINED_KEY to be set, or a default: "
                                + "${UNDEFINED_KEY:-…})",
                        "\"${sys:undefined}\" (expected: the system property undefined to be set, or a default: "
                                + "${sys:undefined:-…})");
    }
}
