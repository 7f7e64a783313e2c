package dev.weir.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SpreadTest {
    @Test
    void givesTheMedianAndNeverTheBest() {
        assertThat(Spread.of(List.of(300.0, 100.0, 120.0)).text()).isEqualTo("120 (100–300)");
    }

    @Test
    void liesBetweenTheTwoInTheMiddle() {
        assertThat(Spread.of(List.of(1.0, 4.0, 2.0, 3.0)).median()).isEqualTo(2.5);
    }

    @Test
    void givesASingleNumberAlone() {
        assertThat(Spread.of(List.of(0.25)).text()).isEqualTo("0.250");
    }

    @Test
    void saysThatThereIsNone() {
        assertThat(Spread.of(List.of()).text()).isEqualTo("–");
    }
}
