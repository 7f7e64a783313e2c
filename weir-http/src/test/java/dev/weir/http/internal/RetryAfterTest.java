package dev.weir.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", " 7 , 7", "30, 30", "31, 30", "3600, 30", "99999999999999999999999, 30"})
    void takesSecondsUpToItsCap(String value, long seconds) {
        assertThat(of(value)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Wed, 25 Nov 2026 12:00:09 GMT | 9",
                "Wed, 25 Nov 2026 13:00:00 GMT | 30",
                "Wed, 25 Nov 2026 11:59:00 GMT | 0"
            })
    void takesDatesUpToItsCap(String value, long seconds) {
        assertThat(of(value)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void measuresADateByTheClockOfTheServer() {
        Duration wait = RetryAfter.of(
                Optional.of("Sun, 01 Jan 2023 00:00:05 GMT"), Optional.of("Sun, 01 Jan 2023 00:00:00 GMT"), NOW);

        assertThat(wait).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "Wed, 99 Nov 2026 12:00:00 GMT", "\u0663"})
    void ignoresWhatItCannotUnderstand(String value) {
        assertThat(of(value)).isZero();
    }

    @Test
    void waitsForNothingUnlessAsked() {
        assertThat(RetryAfter.of(Optional.empty(), Optional.empty(), NOW)).isZero();
    }

    private static Duration of(String value) {
        return RetryAfter.of(Optional.of(value), Optional.empty(), NOW);
    }
}
