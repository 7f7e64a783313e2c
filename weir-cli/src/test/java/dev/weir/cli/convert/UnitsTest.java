package dev.weir.cli.convert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "10MB,10MiB",
                "100k,100KiB",
                "1.5 GB,1536MiB",
                "1000,1000",
                "1024,1KiB",
                "2 TB,2048GiB",
                "64MiB,64MiB",
                "0,none",
                "-1,none",
                "many,none",
                "10 bytes,10",
            })
    void sizesAreThoseOfBinaryUnits(String text, String size) {
        assertThat(Units.size(text)).isEqualTo(size);
    }

    @ParameterizedTest
    @CsvSource({"0,0s", "1500,1500ms", "2000,2s"})
    void timesHaveAUnit(long millis, String time) {
        assertThat(Units.millis(millis)).isEqualTo(time);
    }
}
