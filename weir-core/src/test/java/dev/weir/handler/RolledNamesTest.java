package dev.weir.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.handler.RolledNames.Rolled;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolledNamesTest {
    private static final LocalDateTime TIME = LocalDateTime.of(2024, 5, 20, 7, 8, 9);

    @ParameterizedTest
    @CsvSource({
        "app.log.%i,                  3, app.log.3",
        "app.log.%Y-%m-%d,            0, app.log.2024-05-20",
        "app.log.%Y-%m-%d,            2, app.log.2024-05-20.2",
        "app-%Y%m%dT%H%M%S-%i.log,    1, app-20240520T070809-1.log",
        "100%%-%d.%m.%Y,              0, 100%-20.05.2024",
        "a$b(c)[%i],                  7, a$b(c)[7]",
    })
    void readsWhatItMakes(String pattern, int index, String name) {
        RolledNames names = new RolledNames(pattern);

        assertThat(names.name(TIME, index)).isEqualTo(name);
        assertThat(names.read(name)).extracting(Rolled::index).isEqualTo(index);
        assertThat(names.read(name)).extracting(Rolled::compressed).isEqualTo(false);
        for (Compression compression : List.of(Compression.GZIP, Compression.ZSTD)) {
            assertThat(names.read(RolledNames.compressed(name, compression)))
                    .extracting(Rolled::compressed)
                    .isEqualTo(true);
            assertThat(names.isTemporary(RolledNames.temporary(name, compression)))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.log",
                "app.log.",
                "app.log.2024-05",
                "app.log.2024-05-20.x",
                "app.log.2024-05-20.1234567890",
                "app.log.2024-05-20.gz.tmp",
                "app.log.2024-05-20.bz2",
                "xapp.log.2024-05-20",
                "appxlog.2024-05-20"
            })
    void takesNothingElseForARolledFile(String name) {
        assertThat(new RolledNames("app.log.%Y-%m-%d").read(name)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".gz.tmp",
                "app.log.1.gz.tmp",
                ".app.log.1.gz",
                ".app.log.1.tmp",
                ".app.log.1.gz.gz.tmp",
                ".app.log.1.zst.gz.tmp",
                ".app.log.lock"
            })
    void takesNothingElseForATemporaryFile(String name) {
        assertThat(new RolledNames("app.log.%i").isTemporary(name)).isFalse();
    }

    @Test
    void sortsByTimeAndIndexWhateverTheOrderInTheName() {
        RolledNames names = new RolledNames("%i-%S%M%H-%d.%m.%Y");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            LocalDateTime earlier = TIME.plusSeconds(random.nextInt(200_000_000));
            LocalDateTime later = earlier.plusSeconds(random.nextInt(100_000));
            Rolled first = names.read(names.name(earlier, later.equals(earlier) ? 9 : 11));
            Rolled second = names.read(names.name(later, 10));

            assertThat(Stream.of(second, first).sorted(Rolled.OLDEST_FIRST))
                    .as("seed " + seed)
                    .containsExactly(first, second);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app-%x.log   | pattern: \"app-%x.log\" (expected: of %Y, %m, %d, %H, %M, %S and %i each at most once",
                "app-%i-%i    | each at most once",
                "app-%        | each at most once",
                "old/app.%i   | (expected: the name of a file in the log's directory)",
                "app.%i.gz    | (expected: a name without .gz, which compressing appends)",
                "app.%i.zst   | (expected: a name without .zst, which compressing appends)",
                "''           | (expected: the name of a file in the log's directory)"
            })
    void saysWhatIsWrongWithAPattern(String pattern, String message) {
        assertThatThrownBy(() -> new RolledNames(pattern)).hasMessageContaining(message);
    }
}
