package dev.weir.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a terminal is told from something else; that one is found is tested with a real one in {@code weir-it}. */
class TerminalTest {
    private static boolean isWanted(String... namesAndValues) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            environment.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Terminal.isWanted(environment::get);
    }

    @Test
    void theEnvironmentSaysWhetherColoursAreWanted() {
        assertThat(isWanted("TERM", "xterm-256color")).isTrue();
        assertThat(isWanted("TERM", "xterm", "NO_COLOR", "")).isTrue();
        assertThat(isWanted("TERM", "xterm", "NO_COLOR", "1")).isFalse();
        assertThat(isWanted("TERM", "dumb")).isFalse();
        assertThat(isWanted("TERM", "")).isFalse();
        assertThat(isWanted()).isFalse();
    }

    /** Major and minor as stat(2) packs them on Linux. */
    @ParameterizedTest
    @CsvSource({
        "136, 0, true",
        "143, 300, true",
        "4, 1, true",
        "5, 1, true",
        "229, 0, true",
        "1, 3, false",
        "8, 0, false"
    })
    void theNumberOfADeviceTellsTerminalsOnLinux(long major, long minor, boolean terminal) {
        long device = (minor & 0xFF) | (major & 0xFFF) << 8 | (minor & ~0xFFL) << 12;

        assertThat(Terminal.isLinuxTerminal(device)).isEqualTo(terminal);
    }

    @Test
    void theNumberOfADeviceTellsTerminalsOnMacOs() {
        assertThat(Terminal.isMacTerminal(16L << 24 | 3)).isTrue();
        assertThat(Terminal.isMacTerminal(3L << 24 | 2)).isFalse();
    }

    @Test
    void whatIsNoTerminalOrNotKnownIsNone() {
        assertThat(Terminal.isTerminal(1_000_000, "Linux")).isFalse();
        assertThat(Terminal.isTerminal(1, "Windows 11")).isFalse();
        assertThat(Terminal.isTerminal(1, "")).isFalse();
    }
}
