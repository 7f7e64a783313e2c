package dev.weir.cli.convert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where the models differ: what stands between a logger and a sink there is the handler's own here. */
class DraftTest {
    private static final String OUT = "<Console name='A'><PatternLayout pattern='%m'/></Console>";
    private static final String TWO = OUT + "<File name='B' fileName='b.log'><PatternLayout pattern='%m'/></File>";

    private Converted converted = Converted.of("<Configuration/>");

    private Converted log4j(String appenders, String loggers) {
        converted = Converted.ofLog4j("<Appenders>" + appenders + "</Appenders><Loggers>" + loggers + "</Loggers>");
        return converted;
    }

    private Converted logback(String elements) {
        converted = Converted.ofLogback(elements);
        return converted;
    }

    @AfterEach
    void isReadWithoutAProblem() {
        assertThat(converted.problems()).as(converted.yaml()).isEmpty();
    }

    @Test
    void theLevelOfTheOnlyReferenceIsTheHandlers() {
        log4j(OUT, "<Root level='INFO'><AppenderRef ref='A' level='WARN'/></Root>");

        assertThat(converted.keys()).contains("pattern: \"%m\" }, level: WARN }");
        assertThat(converted.comments()).isEmpty();
    }

    @Test
    void theSameLevelOfAllReferencesIsTheHandlers() {
        log4j(
                OUT,
                "<Logger name='x' additivity='false'><AppenderRef ref='A' level='warn'/></Logger>"
                        + "<Root level='INFO'><AppenderRef ref='A' level='warn'/></Root>");

        assertThat(converted.keys()).contains("level: WARN }\n");
        assertThat(converted.missing()).isZero();
    }

    @Test
    void ofSeveralLevelsTheLeastSevereCountsAndIsTold() {
        log4j(
                OUT,
                "<Logger name='x' additivity='false'><AppenderRef ref='A' level='ERROR'/></Logger>"
                        + "<Root level='INFO'><AppenderRef ref='A' level='WARN'/></Root>");

        assertThat(converted.keys()).contains("pattern: \"%m\" }, level: WARN }");
        assertThat(converted.comments()).singleElement().asString().contains("the level ERROR of this way to A");
    }

    @Test
    void aReferenceWithoutALevelLetsAllPass() {
        log4j(
                OUT,
                "<Logger name='x' additivity='false'><AppenderRef ref='A'/></Logger>"
                        + "<Root level='INFO'><AppenderRef ref='A' level='WARN'/></Root>");

        assertThat(converted.keys()).contains("pattern: \"%m\" } }\n");
        assertThat(converted.missing()).isEqualTo(1);
    }

    @Test
    void theFilterOfTheOnlyReferenceIsTheHandlersAndOfSeveralIsTold() {
        String filtered = "<AppenderRef ref='A'><MarkerFilter marker='M'/></AppenderRef>";

        assertThat(log4j(OUT, "<Root>" + filtered + "</Root>").keys())
                .contains("filters: [{ type: marker, marker: M }]");
        log4j(OUT, "<Root>" + filtered + "</Root><Logger name='x' additivity='false'><AppenderRef ref='A'/></Logger>");
        assertThat(converted.keys()).doesNotContain("filters");
        assertThat(converted.comments())
                .anyMatch(comment -> comment.startsWith("# not converted: 3: <MarkerFilter")
                        || comment.startsWith("# not converted: 2: <MarkerFilter"));
    }

    @Test
    void whatIsBehindAQueueIsNamedDirectlyWithTheStricterLevel() {
        log4j(
                TWO + "<Async name='Q'><AppenderRef ref='A' level='ERROR'/><AppenderRef ref='B'/></Async>"
                        + "<Async name='R'><AppenderRef ref='Q'/></Async>",
                "<Root><AppenderRef ref='R' level='WARN'/></Root>");

        assertThat(converted.keys())
                .contains("pattern: \"%m\" }, level: ERROR }", "level: WARN", "handlers: [A, B]")
                .doesNotContain("R:");
    }

    @Test
    void queuesThatReferToEachOtherEnd() {
        log4j(
                OUT + "<Async name='Q'><AppenderRef ref='R'/></Async><Async name='R'><AppenderRef ref='Q'/></Async>",
                "<Root><AppenderRef ref='Q'/><AppenderRef ref='A'/></Root>");

        assertThat(converted.keys()).contains("handlers: [A]");
        assertThat(converted.comments()).anyMatch(comment -> comment.contains("no handler was made of Q"));
    }

    @Test
    void queuesThatMultiplyEndAndAreTold() {
        StringBuilder queues = new StringBuilder(OUT + "<Async name='Q0'><AppenderRef ref='A'/></Async>");
        for (int i = 1; i < 30; i++) {
            String reference = "<AppenderRef ref='Q" + (i - 1) + "'/>";
            queues.append("<Async name='Q" + i + "'>" + reference + reference + "</Async>");
        }

        log4j(queues.toString(), "<Root><AppenderRef ref='Q29'/></Root>");

        assertThat(converted.keys()).contains("handlers: [A]");
        assertThat(converted.comments()).anyMatch(comment -> comment.contains("more than 5000 ways to handlers"));
    }

    @Test
    void aTargetThatIsMissingIsNothingAndNoOtherHandlerOfThatName() {
        converted = Converted.of("""
                version: 1
                handlers:
                  m: { class: logging.handlers.MemoryHandler, capacity: 9, target: gone }
                  nothing: { class: logging.StreamHandler }
                root: { handlers: [m, nothing] }
                """);

        assertThat(converted.keys())
                .contains("target: nothing-", "  nothing: { type: console", "  nothing-: { type: null }");
    }

    @Test
    void aQueueThatNeverDiscardsBlocks() {
        String file =
                "<appender name='F' class='ch.qos.logback.core.FileAppender'><file>f</file><encoder><pattern>%m</pattern>"
                        + "</encoder></appender>";
        String queue = "<appender name='Q' class='ch.qos.logback.classic.AsyncAppender'><discardingThreshold>0"
                + "</discardingThreshold>%s<appender-ref ref='F'/></appender><root><appender-ref ref='Q'/></root>";

        assertThat(logback(file + queue.formatted("")).keys()).contains("overflow: block");
        assertThat(logback(file + queue.formatted("<neverBlock>true</neverBlock>"))
                        .keys())
                .doesNotContain("overflow");
    }

    @Test
    void aFailoverIsAFallbackAndNeverLeadsBack() {
        log4j(
                TWO + "<Failover name='F' primary='A'><Failovers><AppenderRef ref='B'/></Failovers></Failover>"
                        + "<Failover name='G' primary='B'><Failovers><AppenderRef ref='A'/></Failovers></Failover>",
                "<Root><AppenderRef ref='F'/><AppenderRef ref='G'/></Root>");

        assertThat(converted.keys()).containsOnlyOnce("fallback: ");
        assertThat(converted.missing()).isEqualTo(1);
    }

    @Test
    void aSecondAppenderOfAFileGivesWayToTheFirst() {
        log4j(
                "<File name='A' fileName='a.log'><PatternLayout/></File><File name='B' fileName='a.log' odd='1'><PatternLayout/></File>",
                "<Root><AppenderRef ref='B'/></Root>");

        assertThat(converted.keys()).contains("handlers: [A]").doesNotContain("  B:");
        assertThat(converted.comments())
                .anyMatch(comment -> comment.contains("B, which writes to the same file"))
                .anyMatch(comment -> comment.contains("odd=\"1\""));
    }

    @Test
    void namesThatWeirDoesNotHaveAreChangedAndTold() {
        log4j(
                "<Console name='a b'/><Console name='a/b'/><Null name='Ä'/><Console name='a b'/>",
                "<Root><AppenderRef ref='a/b'/></Root>");

        assertThat(converted.keys()).contains("  a-b: {", "  a-b-2: {", "  \"-\": {", "handlers: [a-b-2]");
        assertThat(converted.comments())
                .anyMatch(comment -> comment.contains("its name is \"a/b\" there, and a-b-2 here"))
                .anyMatch(comment -> comment.contains("a second one of that name"));
    }

    @Test
    void aRecordThatComesOnceInsteadOfTwiceIsTold() {
        String loggers =
                "<Logger name='a'><AppenderRef ref='A'/></Logger><Logger name='a.b' additivity='%s'><AppenderRef ref='A'/>"
                        + "</Logger><Root><AppenderRef ref='B'/></Root>";

        assertThat(log4j(TWO, loggers.formatted("true")).comments())
                .singleElement()
                .asString()
                .contains("a record that reaches A from here and from a came twice there");
        assertThat(log4j(TWO, loggers.formatted("false")).comments()).isEmpty();
    }

    @Test
    void withoutAnyHandlerRecordsGoNowhereRatherThanToTheDefault() {
        log4j("<Socket name='S'/>", "<Root level='INFO'><AppenderRef ref='S'/></Root>");

        assertThat(converted.keys()).contains("nothing: { type: null }", "root: { level: INFO, handlers: [] }");
    }

    @Test
    void rootsWithoutALevelHaveTheDefaultOfTheirSystem() {
        assertThat(logback("<root/>").keys()).contains("root: { level: DEBUG");
        assertThat(log4j(OUT, "<Root/>").keys()).contains("root: { level: ERROR");
        converted = Converted.of("version: 1\nroot: {}\n");
        assertThat(converted.keys()).contains("root: { level: WARN");
    }

    @Test
    void filtersBecomeRangesOfLevels() {
        assertThat(level("<ThresholdFilter level='WARN' onMatch='ACCEPT' onMismatch='DENY'/>"))
                .isEqualTo("level: WARN");
        assertThat(level("<ThresholdFilter level='WARN' onMatch='DENY' onMismatch='NEUTRAL'/>"))
                .isEqualTo("max-level: INFO");
        assertThat(level("<LevelMatchFilter level='INFO'/>")).isEqualTo("level: INFO, max-level: INFO");
        assertThat(level("<LevelRangeFilter minLevel='ERROR' maxLevel='INFO'/>"))
                .isEqualTo("level: INFO, max-level: ERROR");
        assertThat(level("<LevelMatchFilter level='TRACE' onMatch='DENY' onMismatch='NEUTRAL'/>"))
                .isEqualTo("level: DEBUG");
        assertThat(converted.missing()).isZero();
    }

    /** An ERROR with such a marker, there. */
    @Test
    void whatIsCriticalHereCountsAsAnErrorOfLogback() {
        String appender = "<appender name='A' class='ch.qos.logback.core.ConsoleAppender'><filter "
                + "class='ch.qos.logback.classic.filter.LevelFilter'><level>ERROR</level>%s</filter>"
                + "<encoder><pattern>%%m</pattern></encoder></appender><root><appender-ref ref='A'/></root>";

        assertThat(logback(appender.formatted("<onMatch>NEUTRAL</onMatch><onMismatch>DENY</onMismatch>"))
                        .keys())
                .contains("level: ERROR }");
        assertThat(logback(appender.formatted("<onMatch>DENY</onMatch><onMismatch>ACCEPT</onMismatch>"))
                        .keys())
                .contains("max-level: WARN }");
    }

    @Test
    void filtersThatWeirDoesNotHaveAreTold() {
        for (String filter : new String[] {
            "<LevelMatchFilter level='INFO' onMatch='DENY' onMismatch='NEUTRAL'/>",
            "<MarkerFilter marker='M' onMatch='ACCEPT' onMismatch='NEUTRAL'/><ThresholdFilter level='WARN'/>",
            "<ThresholdFilter level='WARN' onMatch='DENY' onMismatch='DENY'/>",
            "<ThresholdFilter level='LOUD'/>",
            "<RegexFilter regex='.*a.*'/>",
            "<NoMarkerFilter/>",
            "<ThreadContextMapFilter><KeyValuePair key='a' value='1'/><KeyValuePair key='b' value='1'/></ThreadContextMapFilter>",
            "<BurstFilter rate='many'/>",
        }) {
            level(filter);
            assertThat(converted.missing()).as(filter).isEqualTo(1);
        }
    }

    /** What a console with that filter has of levels. */
    private String level(String filter) {
        String appender = "<Console name='A'><PatternLayout pattern='%m'/><Filters>" + filter + "</Filters></Console>";
        return log4j(appender, "<Root><AppenderRef ref='A'/></Root>")
                .keys()
                .replaceAll("(?s).*\"%m\" }(?:, )?(.*?) }\n.*", "$1");
    }

    @Test
    void aLevelByAVariableStaysOne() {
        log4j(
                "<Console name='A'><ThresholdFilter level='${env:L:-WARN}'/><PatternLayout pattern='%m'/></Console>",
                "<Logger name='a' level='${sys:l:-OFF}'/><Root><AppenderRef ref='A'/></Root>");

        assertThat(converted.keys()).contains("level: \"${L:-WARN}\" }", "a: { level: \"${sys:l:-OFF}\" }");
        assertThat(converted.missing()).isZero();
    }

    @Test
    void variablesOfTheFileAreTheirValuesAndOthersReferences() {
        logback("<property name='a' value='1${b}'/><property name='b' value='2$'/>"
                + "<appender name='F' class='ch.qos.logback.core.FileAppender'>"
                + "<file>${a}/${X_Y:-${b}}/${z:-${b}{}}/${q q}/${W:-${V:-3}}</file></appender><root/>");

        // a default with a brace cannot be written, nor a name with a blank
        assertThat(converted.keys()).contains("path: \"12$$/${X_Y:-2$}/2$${}/q q/${W:-3}\"");
        assertThat(converted.missing()).isEqualTo(3);
    }
}
