package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LevelTest {
    @ParameterizedTest
    @CsvSource({
        "TRACE, 1, FINEST, TRACE, TRACE, 5, 7",
        "DEBUG, 5, FINE, DEBUG, DEBUG, 10, 7",
        "INFO, 9, INFO, INFO, INFO, 20, 6",
        "WARN, 13, WARNING, WARN, WARNING, 30, 4",
        "ERROR, 17, SEVERE, ERROR, ERROR, 40, 3",
        "CRITICAL, 21, SEVERE, FATAL, CRITICAL, 50, 2"
    })
    void knowsItsNamesAndNumbersElsewhere(
            Level level, int severity, String jul, String log4j, String python, int levelno, int syslog) {
        assertThat(level.severityNumber()).isEqualTo(severity);
        assertThat(level.julName()).isEqualTo(jul);
        assertThat(level.log4jName()).isEqualTo(log4j);
        assertThat(level.pythonName()).isEqualTo(python);
        assertThat(level.pythonNumber()).isEqualTo(levelno);
        assertThat(level.syslogSeverity()).isEqualTo(syslog);
    }

    @ParameterizedTest
    @EnumSource(Level.class)
    void isFoundByItsOwnNamesAndNumbers(Level level) {
        assertThat(Level.ofName(level.name())).isEqualTo(level);
        assertThat(Level.ofName(level.pythonName())).isEqualTo(level);
        assertThat(Level.ofName(level.log4jName())).isEqualTo(level);
        assertThat(Level.ofPythonNumber(level.pythonNumber())).isEqualTo(level);
        for (int inner = 0; inner < 4; inner++) {
            assertThat(Level.ofSeverityNumber(level.severityNumber() + inner)).isEqualTo(level);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "finer, DEBUG",
        "Config, INFO",
        "severe, ERROR",
        "fatal, CRITICAL",
        "FATAL4, CRITICAL",
        "TRACE2, TRACE",
        "notice, INFO",
        "emerg, CRITICAL",
        "err, ERROR",
        "warning, WARN"
    })
    void isFoundByTheNamesOfOthersInAnyCase(String name, Level level) {
        assertThat(Level.ofName(name)).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"''", "VERBOSE", "TRACE1", "TRACE5", "2", "CRITICAL2", "OFF"})
    void isNotFoundByNamesThatNobodyUses(String name) {
        assertThat(Level.ofName(name)).isNull();
    }

    @Test
    void takesTheNearestForNumbersOutOfRange() {
        assertThat(Level.ofSeverityNumber(-3)).isEqualTo(Level.TRACE);
        assertThat(Level.ofSeverityNumber(0)).isEqualTo(Level.INFO);
        assertThat(Level.ofSeverityNumber(99)).isEqualTo(Level.CRITICAL);
        assertThat(Level.ofPythonNumber(0)).isEqualTo(Level.TRACE);
        assertThat(Level.ofPythonNumber(25)).isEqualTo(Level.INFO);
        assertThat(Level.ofPythonNumber(1000)).isEqualTo(Level.CRITICAL);
        assertThatThrownBy(() -> Level.ofSyslogSeverity(8)).hasMessageContaining("severity: 8 (expected: 0 to 7)");
    }
}
