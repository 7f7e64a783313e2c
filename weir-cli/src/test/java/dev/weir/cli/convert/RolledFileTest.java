package dev.weir.cli.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.convert.Content.Keys;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolledFileTest {
    private final Entry entry = new Entry(new Keys());

    private RolledFile of(String pattern) {
        return new RolledFile(Resolved.literal(pattern), new Lookups.Place(entry, 1));
    }

    private String written(String pattern, String path) {
        Keys rotate = new Keys();
        of(pattern).write(Resolved.literal(path), rotate);
        return YamlText.of(new Keys().put("rotate", rotate))
                .replaceAll("\\s+", " ")
                .strip();
    }

    private List<Remark> told() {
        return entry.remarks();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "app.%d{yyyy-MM-dd_HH-mm}.log;minute",
                "app.%d{yyyy-MM-dd_HH}.log;hour",
                "app.%d{yyyyMMddHH};hour",
                "app.%d.log;day",
                "app.%d{yyyy-MM-dd}.log;day",
                "app.%d{yyyy-DDD}.log;day",
                "app.%d{yyyy-'W'ww}.log;week",
                "app.%d{yyyy-MM}.log;week",
                "%d{yyyy/MM,aux}/app.%d{yyyy-MM-dd}.%i.log;day",
            })
    void findsThePeriod(String pattern, String period) {
        assertThat(of(pattern).period()).isEqualTo(period);
    }

    @Test
    void saysHowRolledFilesAreNamed() {
        assertThat(written("logs/app-%d{yyyy-MM-dd}.%i.log.gz", "logs/app.log"))
                .isEqualTo("rotate: pattern: \"app-%Y-%m-%d.%i.log\" compress: gzip");
        assertThat(written("app%d{yyyyMMdd, Europe/Berlin}.%3i", "app.log"))
                .isEqualTo("rotate: pattern: \"app%Y%m%d.%i\" zone: Europe/Berlin");
        assertThat(told()).isEmpty();
    }

    @Test
    void tellsOfNamesThatWeirDoesNotMake() {
        assertThat(written("app.%d{HH}.log", "app.log")).isEqualTo("rotate: {}");
        assertThat(written("app.%d{yyyy-ww}.log", "app.log")).isEqualTo("rotate: {}");
        assertThat(told()).hasSize(2).allMatch(remark -> remark.kind() == Remark.Kind.NOT_CONVERTED);
    }

    @Test
    void tellsOfDirectoriesAndCompressionsThatWeirDoesNotHave() {
        written("old/app.%d.log.zip", "app.log");
        written("app.%d.log.zst", "app.log");
        written("%d{yyyy/MM/dd}.log", "app.log");

        assertThat(told())
                .extracting(Remark::firstLine)
                .anyMatch(line -> line.contains("rolled files stay in the directory of the log; in old/"))
                .anyMatch(line -> line.contains("gzip here, not .zip"))
                .anyMatch(line -> line.contains("zstd-jni"))
                .anyMatch(line -> line.contains("in %d{yyyy/MM/dd}.log"));
    }

    @ParameterizedTest
    @CsvSource({
        "logs/app-%d{yyyy-MM-dd}.%i.log.gz,logs/app.log",
        "%d{yyyy-MM}/app.%d.log,app.log",
        "logs/%d{yyyy-MM-dd}.log,logs/app.log",
        "logs/%d,logs/app",
    })
    void namesTheLogWithoutDateAndIndex(String pattern, String path) {
        assertThat(of(pattern).path().text().replaceFirst("^/", "")).isEqualTo(path);
    }
}
