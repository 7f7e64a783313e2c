package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "65536, 65536",
        "1B, 1",
        "64KiB, 65536",
        "8 MiB, 8388608",
        "1MB, 1000000",
        "2kb, 2000",
        "3GB, 3000000000",
        "1GiB, 1073741824",
        "8589934591GiB, 9223372035781033984"
    })
    void readsNumbersWithUnits(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MiB",
                "-1",
                "1.5MiB",
                "1e3",
                "0x10",
                "8M",
                "8  MiB",
                "8589934592GiB",
                "9999999999999999999",
                "1MiB "
            })
    void refusesEverythingElse(String text) {
        assertThat(ByteSize.parse(text)).isNull();
    }
}
