package dev.weir.internal.drain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyHistogramTest {
    private final LatencyHistogram histogram = new LatencyHistogram();

    @Test
    void saysNothingOfNothing() {
        assertThat(histogram.micros(0.5)).isZero();
        assertThat(histogram.micros(1)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, 8, 9, 15, 16, 17, 100, 1_000, 65_535, 65_536, 1_000_000, 9_223_372_036_854_775L})
    void givesATimeBackWithinAnEighthAndNeverBelowIt(long micros) {
        histogram.record(micros * 1_000);

        assertThat(histogram.micros(1)).isBetween(micros, micros + micros / 8);
    }

    @Test
    void countsATimeBelowZeroAsNone() {
        histogram.record(Long.MIN_VALUE);

        assertThat(histogram.micros(1)).isZero();
    }

    @Test
    void findsTheShareThatWasNotExceeded() {
        for (int i = 0; i < 99; i++) {
            histogram.record(5_000);
        }
        histogram.record(5_000_000);

        assertThat(histogram.micros(0.5)).isEqualTo(5);
        assertThat(histogram.micros(0.99)).isEqualTo(5);
        assertThat(histogram.micros(1)).isBetween(5_000L, 5_625L);
    }
}
