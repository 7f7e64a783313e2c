package dev.weir.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigitsTest {
    private static final int RANDOM_NUMBERS = 200_000;

    private final ByteOutput out = new ByteOutput(64);

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void writesTheEnds(long value) {
        assertThat(text(value)).isEqualTo(Long.toString(value));
    }

    @Test
    void writesWhatLiesAroundEveryPowerOfTen() {
        for (long power = 1; power <= 1_000_000_000_000_000_000L && power > 0; power *= 10) {
            for (long value = power - 2; value <= power + 2; value++) {
                assertThat(text(value)).isEqualTo(Long.toString(value));
                assertThat(text(-value)).isEqualTo(Long.toString(-value));
            }
        }
    }

    @Test
    void writesNumbersOfEveryLength() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < RANDOM_NUMBERS; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            assertThat(text(value)).as("seed " + seed).isEqualTo(Long.toString(value));
        }
    }

    private String text(long value) {
        out.truncate(0);
        out.putDecimal(value);
        return out.toString();
    }
}
