package dev.weir.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Level;
import dev.weir.record.Records;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Built-in filters, over records whose times are set by hand. */
class FiltersTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private static Records at(double seconds, String template, @Nullable Object... arguments) {
        return Records.message(template, arguments).time(Records.TIME + (long) (seconds * SECOND));
    }

    private static List<Summary> summaries(Filter filter, long timeNanos) {
        List<Summary> all = new ArrayList<>();
        Summary next = filter.summary(timeNanos);
        while (next != null) {
            all.add(next);
            next = filter.summary(timeNanos);
        }
        return all;
    }

    private static List<List<Object>> said(Filter filter, double seconds) {
        return summaries(filter, Records.TIME + (long) (seconds * SECOND)).stream()
                .map(Summary::arguments)
                .toList();
    }

    // name, marker, key

    @Test
    void aNameStandsForTheLoggerAndThoseBelowIt() {
        Filter only = NameFilter.only("payment");
        Filter except = NameFilter.except("payment");

        for (String name : List.of("payment", "payment.service")) {
            assertThat(only.accepts(at(0, "x").logger(name).record())).isTrue();
            assertThat(except.accepts(at(0, "x").logger(name).record())).isFalse();
        }
        for (String name : List.of("payments", "pay", "")) {
            assertThat(only.accepts(at(0, "x").logger(name).record())).isFalse();
            assertThat(except.accepts(at(0, "x").logger(name).record())).isTrue();
        }
    }

    @Test
    void aMarkerIsFoundAmongOthers() {
        assertThat(MarkerFilter.only("B").accepts(at(0, "x").markers("A", "B").record()))
                .isTrue();
        assertThat(MarkerFilter.only("B").accepts(at(0, "x").markers("A").record()))
                .isFalse();
        assertThat(MarkerFilter.except("B").accepts(at(0, "x").markers("A", "B").record()))
                .isFalse();
        assertThat(MarkerFilter.except("B").accepts(at(0, "x").record())).isTrue();
    }

    @Test
    void aKeyIsLookedForAmongKeyValuesAndThenInTheContext() {
        Filter filter = KeyValueFilter.only("tenant", List.of("acme", "7"));

        assertThat(filter.accepts(at(0, "x").keyValue("tenant", "acme").record()))
                .isTrue();
        assertThat(filter.accepts(at(0, "x").keyValue("tenant", 7).record())).isTrue();
        assertThat(filter.accepts(at(0, "x").context("tenant", "acme").record()))
                .isTrue();
        assertThat(filter.accepts(at(0, "x")
                        .context("tenant", "acme")
                        .keyValue("tenant", "other")
                        .record()))
                .isFalse();
        assertThat(filter.accepts(at(0, "x").keyValue("tenants", "acme").record()))
                .isFalse();
        assertThat(filter.accepts(at(0, "x").record())).isFalse();
    }

    @Test
    void withoutValuesAnyValueOfTheKeyDoes() {
        Filter except = KeyValueFilter.except("probe", List.of());

        assertThat(except.accepts(at(0, "x").keyValue("probe", null).record())).isFalse();
        assertThat(except.accepts(at(0, "x").record())).isTrue();
    }

    // rate limit

    @Test
    void acceptsSoManyRecordsOfACallSiteInAPeriod() {
        Filter filter = new RateLimitFilter(2, Duration.ofSeconds(10));

        assertThat(filter.accepts(at(0, "a {}", 1).record())).isTrue();
        assertThat(filter.accepts(at(1, "a {}", 2).record())).isTrue();
        assertThat(filter.accepts(at(2, "a {}", 3).record())).isFalse();
        assertThat(filter.accepts(at(3, "b {}", 3).record())).isTrue();
        assertThat(filter.accepts(at(4, "a {}", 4).level(Level.WARN).record())).isTrue();
        assertThat(filter.accepts(at(9.999, "a {}", 5).record())).isFalse();
        assertThat(filter.accepts(at(10, "a {}", 6).record())).isTrue();
    }

    @Test
    void saysAtTheEndOfThePeriodHowManyMoreThereWere() {
        Filter filter = new RateLimitFilter(1, Duration.ofSeconds(10));
        filter.accepts(at(0, "a {}", 1).level(Level.ERROR).record());
        filter.accepts(at(1, "a {}", 2).level(Level.ERROR).record());
        filter.accepts(at(2, "a {}", 3).level(Level.ERROR).record());
        filter.accepts(at(3, "quiet").record());

        assertThat(summaries(filter, Records.TIME + 10 * SECOND - 1)).isEmpty();
        List<Summary> said = summaries(filter, Records.TIME + 10 * SECOND);

        assertThat(said).hasSize(1);
        assertThat(said.get(0).logger()).isEqualTo("payment.service");
        assertThat(said.get(0).level()).isEqualTo(Level.ERROR);
        assertThat(said.get(0).template()).isEqualTo("{} more records in {}: {}");
        assertThat(said.get(0).arguments()).containsExactly(2L, "10 s", "a {}");
        assertThat(said.get(0).keyValues()).containsEntry("since", "2024-05-20T14:32:11.123456789Z");
        assertThat(said(filter, 1000)).isEmpty();
    }

    @Test
    void aPeriodThatTheSameCallSiteEndsIsSaidToo() {
        Filter filter = new RateLimitFilter(1, Duration.ofSeconds(1));
        filter.accepts(at(0, "a").record());
        filter.accepts(at(0.5, "a").record());

        assertThat(filter.accepts(at(1.5, "a").record())).isTrue();

        assertThat(said(filter, 1.5)).containsExactly(List.of(1L, "1 s", "a"));
    }

    @Test
    void atTheEndEverythingIsSaidWithTheTimeThatWas() {
        Filter filter = new RateLimitFilter(1, Duration.ofHours(1));
        filter.accepts(at(0, "a").record());
        filter.accepts(at(1.25, "a").record());

        assertThat(summaries(filter, Long.MAX_VALUE))
                .extracting(Summary::arguments)
                .containsExactly(List.of(1L, "1.25 s", "a"));
        assertThat(summaries(filter, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void watchesSoManyCallSitesAndEndsTheOldestEarly() {
        Filter filter = new RateLimitFilter(1, Duration.ofHours(1));
        filter.accepts(at(0, "first").record());
        filter.accepts(at(1, "first").record());

        for (int i = 0; i < 1024; i++) {
            filter.accepts(at(2, "other " + i).record());
        }

        assertThat(said(filter, 2)).containsExactly(List.of(1L, "1 s", "first"));
        assertThat(filter.accepts(at(3, "first").record())).isTrue();
    }

    @Test
    void aTimeOfTheFarFutureHoldsNobodyBack() {
        Filter filter = new RateLimitFilter(1, Duration.ofSeconds(1));
        filter.accepts(at(1e6, "a").record());
        filter.accepts(at(1e6, "a").record());

        assertThat(filter.accepts(at(0, "a").record())).isTrue();
        assertThat(said(filter, 0)).containsExactly(List.of(1L, "1 s", "a"));
    }

    @Test
    void aLongMessageIsShortenedInWhatIsSaid() {
        Filter filter = new RateLimitFilter(1, Duration.ofSeconds(1));
        String text = "x".repeat(254) + "\uD83D\uDE00" + "y".repeat(1000);
        filter.accepts(at(0, text).record());
        filter.accepts(at(0, text).record());

        assertThat(said(filter, 5)).containsExactly(List.of(1L, "1 s", "x".repeat(254) + "…"));
    }

    @Test
    void whatCannotBeAPeriodIsRefused() {
        assertThatThrownBy(() -> new RateLimitFilter(0, Duration.ofSeconds(1)))
                .hasMessage("records: 0 (expected: 1 or more)");
        assertThatThrownBy(() -> new RateLimitFilter(1, Duration.ZERO))
                .hasMessage("per: PT0S (expected: more than zero, at most a day)");
        assertThatThrownBy(() -> new DuplicatesFilter(Duration.ofDays(2)))
                .hasMessage("window: PT48H (expected: more than zero, at most a day)");
    }

    // duplicates

    @Test
    void collapsesWhatIsEqualWhateverItsThreadContextAndTrace() {
        Filter filter = new DuplicatesFilter(Duration.ofSeconds(10));
        RuntimeException thrown = new IllegalStateException("failed", new RuntimeException("cause"));

        assertThat(filter.accepts(
                        at(0, "a {} {}", 1, "x").thrown(thrown).thread("t").record()))
                .isTrue();
        for (int i = 1; i < 9; i++) {
            Records equal = at(i, "a {} {}", 1, "x")
                    .thrown(thrown)
                    .thread("thread ".repeat(i))
                    .traced()
                    .context("number", "c".repeat(i))
                    .keyValue("number", i)
                    .markers("M".repeat(i));
            assertThat(filter.accepts(equal.record())).isFalse();
        }

        assertThat(said(filter, 10)).containsExactly(List.of(8L, "10 s", "a 1 x"));
    }

    @Test
    void tellsApartWhatDiffersInLoggerLevelMessageArgumentOrThrowable() {
        Filter filter = new DuplicatesFilter(Duration.ofSeconds(10));
        List<Records> different = List.of(
                at(0, "a {}", 1),
                at(0, "a {}", 2),
                at(0, "a {}", "1"),
                at(0, "a {}"),
                at(0, "b {}", 1),
                at(0, "a {}", 1).level(Level.WARN),
                at(0, "a {}", 1).thrown(new IllegalStateException("x")),
                at(0, "a {}", 1).thrown(new IllegalStateException("y")),
                at(0, "a {}", 1).thrown(new IllegalArgumentException("x")));

        assertThat(different).allMatch(records -> filter.accepts(records.record()));
        assertThat(filter.accepts(at(1, "a {}", 1).record())).isFalse();
    }

    @Test
    void whatItSaysOfManyRecordsAddsUp() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Filter filter = new DuplicatesFilter(Duration.ofSeconds(3));
        long accepted = 0;
        long said = 0;

        for (int i = 0; i < 10_000; i++) {
            double seconds = i * 0.01 + random.nextDouble() - 0.5;
            for (List<Object> arguments : said(filter, seconds)) {
                said += (long) arguments.get(0);
            }
            accepted += filter.accepts(at(seconds, "m {}", random.nextInt(5)).record()) ? 1 : 0;
        }
        for (Summary last : summaries(filter, Long.MAX_VALUE)) {
            said += (long) last.arguments().get(0);
        }

        assertThat(accepted + said).as("seed " + seed).isEqualTo(10_000);
        assertThat(accepted).as("seed " + seed).isBetween(150L, 400L);
    }
}
