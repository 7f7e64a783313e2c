package dev.weir.cli.convert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentStyleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "%;%(asctime)s %(levelname)-8s %(message)s;%(asctime)s %(levelname)-8s %(message)s",
                "{;{asctime} {levelname:<8} {message:>10} {lineno:5d};%(asctime)s %(levelname)-8s %(message)10s %(lineno)5d",
                "{;{{x}} 5% {name!s:8};{x} 5%% %(name)-8s",
                "$;$asctime ${levelname} $$5 100%;%(asctime)s %(levelname)s $5 100%%",
            })
    void becomesOne(String style, String format, String expected) {
        PercentStyle.Result result = PercentStyle.of(format, style);

        assertThat(result.format()).isEqualTo(expected);
        assertThat(result.problems()).isEmpty();
    }

    @Test
    void saysWhatRecordsDoNotHave() {
        assertThat(PercentStyle.of("%(pathname)s %(taskName)s", "%").problems()).hasSize(2);
        assertThat(PercentStyle.of("{message:^30}", "{").problems()).hasSize(1);
    }

    @Test
    void saysThatAFormatIsNone() {
        PercentStyle.Result result = PercentStyle.of("%d", "%");

        assertThat(result.format()).isNull();
        assertThat(result.problems()).hasSize(1);
    }
}
