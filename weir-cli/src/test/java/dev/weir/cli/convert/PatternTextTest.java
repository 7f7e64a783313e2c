package dev.weir.cli.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.format.TextFormatter;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternTextTest {
    private static PatternText.Result logback(String pattern) {
        return PatternText.ofLogback(Resolved.literal(pattern), key -> key.equals("contextName") ? "harbour" : null);
    }

    private static PatternText.Result log4j(String pattern) {
        return PatternText.ofLog4j(Resolved.literal(pattern));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "%d{HH:mm:ss.SSS} [%thread] %-5level %logger{36} - %msg%n;%d{HH:mm:ss.SSS} [%thread] %-5level %logger{36} - %msg%n",
                "%d{ISO8601, UTC} %-20.30c{0} %replace(%msg){'\\s', ' '};%d{ISO8601, UTC} %-20.30c{0} %replace(%msg){'\\s', ' '}",
                "%clr(%d){faint} %clr(%5p) %m%n%wEx;%faint(%d) %highlight(%5p) %m%n%ex",
                "%X{user:-nobody} %kvp %marker %ex{5};%X{user:-nobody} %kvp %marker %ex{5}",
                "100%% \\(%t\\) %-30(%d [%t]) %m;100%% \\(%t\\) %-30(%d [%t]) %m",
                "[%contextName] %m;[harbour] %m",
            })
    void keepsWordsOfLogback(String pattern, String expected) {
        PatternText.Result result = logback(pattern);

        assertThat(result.pattern().text()).isEqualTo(expected);
        assertThat(result.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "%d{ISO8601} %d{DEFAULT} %d{ABSOLUTE} %d{HH:mm}{UTC};%d{yyyy-MM-dd'T'HH:mm:ss,SSS} %d{DEFAULT} %d{ABSOLUTE} %d{HH:mm}{UTC}",
                "%c{1} %logger{1.} %C{1} %c;%c{0} %logger{1} %C{0} %c",
                "(%F:%L) %l;\\(%F:%L\\) %C.%M\\(%F:%L\\)",
                "%highlight{%p %m} %style{%t}{red} %style{%t}{bright,blue};%highlight(%p %m) %red(%t) %boldBlue(%t)",
                "%replace{%m}{\\s+}{ } %maxLen{%m}{20} %enc{%m}{CRLF};%replace(%m){\\s+}{ } %.-20(%m) %(%m)",
                "%markerSimpleName %tid %pid %X{user} %m%n%xEx;%marker %tid %pid %X{user} %m%n%xEx",
                "%level{length=1} 5%%;%level 5%%",
                "%mm;%m\\_m",
                "a\\tb;a\tb",
            })
    void putsWordsOfLog4jIntoThoseOfWeir(String pattern, String expected) {
        assertThat(log4j(pattern).pattern().text()).isEqualTo(expected);
    }

    @Test
    void saysWhatItLeavesOut() {
        assertThat(logback("%msg %foo{bar} %lsn").problems())
                .containsExactly("%foo{bar} (no such word here)", "%lsn (no such word here)");
        assertThat(logback("%prefix(%msg)").problems())
                .singleElement()
                .asString()
                .startsWith("%prefix(…)");
        assertThat(logback("%property{any}").problems()).hasSize(1);
        assertThat(log4j("%u %K{a} %sn %x %c{2} %level{length=1} %X{a, b} %style{%m}{blink}")
                        .problems())
                .hasSize(8);
        assertThat(log4j("%equals{%m}{a}{b} %notEmpty{%X{a}}").problems()).hasSize(2);
        assertThat(log4j("%highlight{%m}{ERROR=red}").problems()).hasSize(1);
        assertThat(logback("% 5m").problems()).isNotEmpty();
    }

    @Test
    void knowsWhetherTheCallerIsShown() {
        assertThat(logback("%m %replace(%L){1}{2}").showsCaller()).isTrue();
        assertThat(log4j("%highlight{%F}").showsCaller()).isTrue();
        assertThat(log4j("%m").showsCaller()).isFalse();
    }

    @Test
    void keepsReferencesWithinAPattern() {
        Log4jLookups lookups = new Log4jLookups();
        Lookups.Place place = new Lookups.Place(new Entry(new Content.Keys()), 1);

        PatternText.Result result = PatternText.ofLog4j(lookups.resolve("%d{${env:DATE:-HH:mm}} $1 %m", place));

        assertThat(result.problems()).isEmpty();
        assertThat(result.pattern().weir()).isEqualTo("%d{${DATE:-HH:mm}} $$1 %m");
    }

    /** Whatever a pattern is, the result is one of Weir's. */
    @Test
    void alwaysMakesAPattern() {
        List<String> pieces = List.of(
                "%",
                "(",
                ")",
                "{",
                "}",
                "\\",
                "d",
                "msg",
                "highlight",
                "replace",
                "X",
                "-5",
                ".3",
                "'",
                " ",
                "style",
                "n",
                "%m");
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder pattern = new StringBuilder();
            for (int j = random.nextInt(9); j >= 0; j--) {
                pattern.append(pieces.get(random.nextInt(pieces.size())));
            }
            String text = pattern.toString();
            TextFormatter.builder().pattern(logback(text).pattern().text());
            TextFormatter.builder().pattern(log4j(text).pattern().text());
        }
    }
}
