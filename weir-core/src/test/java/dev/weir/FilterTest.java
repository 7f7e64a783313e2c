package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.filter.DuplicatesFilter;
import dev.weir.filter.Filter;
import dev.weir.filter.KeyValueFilter;
import dev.weir.filter.LoggerFilter;
import dev.weir.filter.MarkerFilter;
import dev.weir.filter.NameFilter;
import dev.weir.filter.RateLimitFilter;
import dev.weir.filter.Summary;
import dev.weir.handler.Handler;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Filters in a running pipeline: of handlers, and of loggers. */
@Timeout(30)
class FilterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final BreakerPolicy QUICK =
            BreakerPolicy.DEFAULT.withDelays(Duration.ofMillis(2), Duration.ofMillis(2));

    /** Keeps the messages that were committed; fails as often as it is told. */
    private static final class Sink implements Handler {
        final List<String> lines = new CopyOnWriteArrayList<>();
        final AtomicInteger failing = new AtomicInteger();
        final AtomicInteger flushes = new AtomicInteger();
        private final List<String> open = new ArrayList<>();

        @Override
        public boolean emit(LogRecord record) {
            open.add(record.message());
            return true;
        }

        @Override
        public void flush() throws IOException {
            if (failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IOException("not now");
            }
            flushes.incrementAndGet();
            lines.addAll(open);
            open.clear();
        }

        @Override
        public void rollback() {
            open.clear();
        }
    }

    private static Weir start(Sink sink, Consumer<HandlerOptions> options) {
        return Weir.builder().handler("sink", sink, options).start();
    }

    private static Filter rejecting(String part) {
        return record -> !record.message().contains(part);
    }

    @Test
    void aHandlerGetsWhatAllItsFiltersAcceptAndOthersGetTheRest() {
        Sink sink = new Sink();
        Sink other = new Sink();
        Weir weir = Weir.builder()
                .handler("sink", sink, options -> options.filter(rejecting("a")).filter(rejecting("b")))
                .handler("other", other)
                .start();

        for (String message : List.of("a", "x", "b", "ab", "y")) {
            weir.loggerOf("any").info(message);
        }

        weir.close(PATIENCE);
        assertThat(sink.lines).containsExactly("x", "y");
        assertThat(other.lines).containsExactly("a", "x", "b", "ab", "y");
        Stats stats = weir.stats();
        assertThat(stats.filtered("sink", Level.INFO)).isEqualTo(3);
        assertThat(stats.written("sink", Level.INFO)).isEqualTo(2);
        assertThat(stats.routed("sink", Level.INFO)).isEqualTo(5);
        assertThat(stats.filtered("other", Level.INFO)).isZero();
        assertThat(stats.toJson()).contains("\"filtered\": {\"INFO\": 3}");
    }

    @Test
    void aFilterThatThrowsRejectsForItsOwnHandlerAndIsTold() {
        Sink sink = new Sink();
        Sink other = new Sink();
        Filter failing = record -> {
            if (record.message().equals("bad")) {
                throw new AssertionError("of a filter");
            }
            return true;
        };
        Weir weir = Weir.builder()
                .handler("sink", sink, options -> options.filter(failing))
                .handler("other", other)
                .start();

        weir.loggerOf("any").info("good");
        weir.loggerOf("any").info("bad");
        weir.loggerOf("any").info("good again");

        weir.close(PATIENCE);
        assertThat(sink.lines).containsExactly("good", "good again");
        assertThat(other.lines).containsExactly("good", "bad", "good again");
        assertThat(weir.stats().filtered("sink", Level.INFO)).isEqualTo(1);
        assertThat(weir.stats().failures("sink")).isZero();
        assertThat(weir.diagnostics()).anyMatch(entry -> entry.toString().contains("of a filter"));
    }

    @Test
    void aRecordIsDecidedAboutOnceHoweverOftenItIsOffered() {
        Sink sink = new Sink();
        sink.failing.set(3);
        List<String> asked = new CopyOnWriteArrayList<>();
        Filter everySecond = record -> {
            asked.add(record.message());
            return asked.size() % 2 == 1;
        };
        Weir weir = start(sink, options -> options.filter(everySecond).breaker(QUICK));

        for (int i = 0; i < 6; i++) {
            weir.loggerOf("any").info("number {}", i);
        }

        weir.close(PATIENCE);
        assertThat(asked).hasSize(6);
        assertThat(sink.lines).containsExactly("number 0", "number 2", "number 4");
        assertThat(weir.stats().filtered("sink", Level.INFO)).isEqualTo(3);
        assertThat(weir.stats().failures("sink")).isEqualTo(3);
    }

    @Test
    void aSinkIsLeftAloneWhenNothingIsForIt() {
        Sink sink = new Sink();
        Weir weir = start(sink, options -> options.filter(record -> false));

        weir.loggerOf("any").info("for nobody");

        await().until(() -> weir.stats().filtered("sink", Level.INFO) == 1);
        assertThat(sink.flushes).hasValue(0);
        weir.close(PATIENCE);
    }

    /** Says after each rejected record that it did. */
    private static final class Talkative implements Filter {
        private @Nullable String rejected;

        @Override
        public boolean accepts(LogRecord record) {
            boolean accepted = !record.message().startsWith("no");
            rejected = accepted ? rejected : record.message();
            return accepted;
        }

        @Override
        public @Nullable Summary summary(long timeNanos) {
            if (rejected == null) {
                return null;
            }
            Summary summary =
                    new Summary("any", Level.WARN, "rejected {} {}", List.of(1, rejected), Map.of("key", "value"));
            rejected = null;
            return summary;
        }
    }

    @Test
    void whatAFilterSaysStandsInItsPlaceOnceThoughTheSinkFailsOnIt() {
        Sink sink = new Sink();
        sink.failing.set(2);
        Weir weir = start(sink, options -> options.filter(new Talkative()).breaker(QUICK));

        for (String message : List.of("1", "no 2", "no 3", "4", "5", "no 6")) {
            weir.loggerOf("any").info(message);
        }

        weir.close(PATIENCE);
        assertThat(sink.lines).containsExactly("1", "rejected 1 no 2", "rejected 1 no 3", "4", "5", "rejected 1 no 6");
        Stats stats = weir.stats();
        assertThat(stats.synthetic("sink", Level.WARN)).isEqualTo(3);
        assertThat(stats.routed("sink", Level.WARN)).isZero();
        assertThat(stats.filtered("sink", Level.INFO)).isEqualTo(3);
        assertThat(stats.written("sink", Level.INFO)).isEqualTo(3);
    }

    @Test
    void whatAFilterSaysIsWrittenThoughNothingFollows() {
        Sink sink = new Sink();
        Weir weir = start(sink, options -> options.filter(new Talkative()));

        weir.loggerOf("any").info("no");

        await().untilAsserted(() -> assertThat(sink.lines).containsExactly("rejected 1 no"));
        weir.close(PATIENCE);
    }

    @Test
    void moreThanCanBeSaidAtOnceIsSaidBitByBit() {
        Sink sink = new Sink();
        Weir weir = start(sink, options -> options.filter(new Talkative()));
        List<String> expected = new ArrayList<>();

        for (int i = 0; i < 2000; i++) {
            weir.loggerOf("any").info("no {}", i);
            expected.add("rejected 1 no " + i);
        }

        weir.close(PATIENCE);
        assertThat(sink.lines).containsExactlyElementsOf(expected);
        assertThat(weir.stats().filtered("sink", Level.INFO)).isEqualTo(2000);
    }

    @Test
    void aSinkThatCannotWriteWhatAFilterSaysDoesWithout() {
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler picky = new Handler() {
            @Override
            public boolean emit(LogRecord record) {
                if (record.isSynthetic()) {
                    throw new IllegalStateException("no such records");
                }
                lines.add(record.message());
                return true;
            }

            @Override
            public void flush() {}
        };
        Weir weir = Weir.builder()
                .handler(
                        "sink",
                        picky,
                        options -> options.filter(new Talkative()).breaker(QUICK))
                .start();

        weir.loggerOf("any").info("no");
        weir.loggerOf("any").info("yes");

        weir.close(PATIENCE);
        assertThat(lines).containsExactly("yes");
        assertThat(weir.stats().written("sink", Level.INFO)).isEqualTo(1);
        assertThat(weir.stats().synthetic("sink", Level.WARN)).isZero();
    }

    @Test
    void whatAFilterSaysIsTriedAsOftenHoweverOftenSomethingFailedBefore() {
        Set<String> tried = new HashSet<>();
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler failingOnce = new Handler() {
            private final List<String> open = new ArrayList<>();

            @Override
            public boolean emit(LogRecord record) {
                if (record.isSynthetic() && tried.add(record.message())) {
                    throw new IllegalStateException("not at first");
                }
                open.add(record.message());
                return true;
            }

            @Override
            public void flush() {
                lines.addAll(open);
                open.clear();
            }

            @Override
            public void rollback() {
                open.clear();
            }
        };
        Weir weir = Weir.builder()
                .handler(
                        "sink",
                        failingOnce,
                        options -> options.filter(new Talkative()).breaker(QUICK))
                .start();

        for (int i = 0; i < 6; i++) {
            weir.loggerOf("any").info("no {}", i);
            weir.flush(PATIENCE);
            String said = "rejected 1 no " + i;
            await().untilAsserted(() -> assertThat(lines).contains(said));
        }

        weir.close(PATIENCE);
    }

    @Test
    void whatIsRejectedIsNotPassedOn() {
        Sink local = new Sink();
        Handler dead = new Handler() {
            @Override
            public boolean emit(LogRecord record) throws IOException {
                throw new IOException("dead");
            }

            @Override
            public void flush() {}
        };
        Weir weir = Weir.builder()
                .handler(
                        "dead",
                        dead,
                        options -> options.filter(rejecting("no"))
                                .fallback("local")
                                .breaker(QUICK.withFailures(1)))
                .handler("local", local, options -> options.maxLevel(Level.TRACE))
                .start();

        for (int i = 0; i < 10; i++) {
            weir.loggerOf("any").info(i % 2 == 0 ? "no {}" : "yes {}", i);
        }

        await().until(() -> weir.stats().passedOn("dead", Level.INFO) == 5);
        weir.close(PATIENCE);
        assertThat(local.lines).containsExactly("yes 1", "yes 3", "yes 5", "yes 7", "yes 9");
        assertThat(weir.stats().filtered("dead", Level.INFO)).isEqualTo(5);
    }

    @Test
    void aProbeThatMeetsASuspectBehindRejectedRecordsForgetsNoneOfThem() {
        CountDownLatch go = new CountDownLatch(1);
        Handler picky = new Handler() {
            @Override
            public boolean emit(LogRecord record) {
                if (record.message().equals("bad")) {
                    throw new IllegalStateException("never this one");
                }
                return true;
            }

            @Override
            public void flush() throws IOException {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };
        Weir weir = Weir.builder()
                .handler(
                        "sink",
                        picky,
                        options -> options.filter(rejecting("no")).breaker(QUICK.withFailures(1)))
                .start();

        for (String message : List.of("first", "no 1", "no 2", "bad", "good")) {
            weir.loggerOf("any").info(message);
        }
        go.countDown();

        weir.close(PATIENCE);
        Stats stats = weir.stats();
        assertThat(stats.written("sink", Level.INFO)).isEqualTo(2);
        assertThat(stats.dropped("sink", Level.INFO)).isEqualTo(1);
        assertThat(stats.filtered("sink", Level.INFO)).isEqualTo(2);
    }

    @Test
    void otherFiltersOfTheSameHandlerTakeOverAndTheOldOnesSayWhatTheyHave() {
        Sink sink = new Sink();
        Weir weir = Weir.builder()
                .handler("sink", sink, options -> options.filter(new RateLimitFilter(1, Duration.ofHours(1))))
                .install();
        Logger logger = Weir.logger("any");
        logger.info("again {}", 1);
        logger.info("again {}", 2);
        weir.flush(PATIENCE);

        Weir.builder().handler("sink", sink).install();
        logger.info("again {}", 3);

        weir.close(PATIENCE);
        assertThat(sink.lines).hasSize(3).contains("again 1", "again 3");
        assertThat(sink.lines.get(1)).startsWith("1 more records in ").endsWith(": again {}");
    }

    @Test
    void filtersThatAreReplacedSayAllTheyHave() {
        Sink sink = new Sink();
        Weir weir = start(sink, options -> options.filter(new DuplicatesFilter(Duration.ofHours(1))));
        for (int i = 0; i < 600; i++) {
            weir.loggerOf("any").info("number {}", i);
            weir.loggerOf("any").info("number {}", i);
        }
        weir.flush(PATIENCE);

        weir.replace(Weir.builder().handler("sink", sink).settings());

        weir.close(PATIENCE);
        assertThat(sink.lines.stream().filter(line -> line.startsWith("repeated 1 times")))
                .hasSize(600);
    }

    @Test
    void aFilterThatGoesOnKeepsItsState() {
        Sink sink = new Sink();
        Filter filter = new DuplicatesFilter(Duration.ofHours(1));
        Weir weir = start(sink, options -> options.filter(filter));
        weir.loggerOf("any").info("same");
        weir.flush(PATIENCE);

        weir.replace(Weir.builder()
                .handler("sink", sink, options -> options.filter(filter).filter(rejecting("no")))
                .settings());
        weir.loggerOf("any").info("same");

        weir.close(PATIENCE);
        assertThat(sink.lines).hasSize(2).startsWith("same");
        assertThat(sink.lines.get(1)).startsWith("repeated 1 times");
    }

    @Test
    void aFilterThatCountsBelongsToOneHandler() {
        Filter calm = new RateLimitFilter(1, Duration.ofSeconds(1));
        Filter stateless = rejecting("no");
        PipelineBuilder builder = Weir.builder()
                .handler("a", new Sink(), options -> options.filter(stateless).filter(calm))
                .handler("b", new Sink(), options -> options.filter(stateless).filter(calm));

        assertThatThrownBy(builder::start)
                .hasMessage("handler b: a filter of it stands at another handler, too, or twice"
                        + " (expected: one of its own, since it counts records)");
    }

    // built in

    @Test
    void limitsTheRateOfACallSiteAndSaysHowManyMoreThereWere() {
        Sink sink = new Sink();
        Weir weir = start(sink, options -> options.filter(new RateLimitFilter(2, Duration.ofMinutes(10))));
        Logger logger = weir.loggerOf("any");

        for (int i = 0; i < 5; i++) {
            logger.info("one {}", i);
            logger.info("two {}", i);
            logger.warn("two {}", i);
        }

        weir.close(PATIENCE);
        assertThat(sink.lines)
                .startsWith("one 0", "two 0", "two 0", "one 1", "two 1", "two 1")
                .hasSize(9);
        assertThat(sink.lines.subList(6, 9)).allMatch(line -> line.startsWith("3 more records in "));
        assertThat(weir.stats().filtered("sink", Level.INFO)).isEqualTo(6);
        assertThat(weir.stats().filtered("sink", Level.WARN)).isEqualTo(3);
        assertThat(weir.stats().synthetic("sink", Level.INFO)).isEqualTo(2);
        assertThat(weir.stats().synthetic("sink", Level.WARN)).isEqualTo(1);
    }

    @Test
    void collapsesDuplicatesWithTheirCountWhenTheirTimeIsOver() {
        Sink sink = new Sink();
        Weir weir = start(sink, options -> options.filter(new DuplicatesFilter(Duration.ofMillis(50))));
        Logger logger = weir.loggerOf("any");

        for (int i = 0; i < 4; i++) {
            logger.info("same {}", "thing");
        }

        await().until(() -> sink.lines.size() >= 2);
        weir.close(PATIENCE);
        assertThat(sink.lines)
                .startsWith("same thing")
                .last()
                .asString()
                .contains("repeated ")
                .endsWith("same thing");
        assertThat(weir.stats().filtered("sink", Level.INFO) + weir.stats().written("sink", Level.INFO))
                .isEqualTo(4);
    }

    // at loggers

    @Test
    void aLoggersFiltersDecideAboutCallsThereAndBelow() {
        Sink sink = new Sink();
        List<String> asked = new CopyOnWriteArrayList<>();
        LoggerFilter filter = (logger, level, template, markers) -> {
            asked.add(logger + ' ' + level + ' ' + template + ' ' + markers);
            return !String.valueOf(template).startsWith("no");
        };
        Weir weir = Weir.builder()
                .handler("sink", sink)
                .logger("a.b", options -> options.filter(filter))
                .logger("a.b.apart", options -> options.propagate(false).handlers("sink"))
                .start();

        weir.loggerOf("a").info("no 1");
        weir.loggerOf("a.b").info("no 2");
        weir.loggerOf("a.b.c").info("no {}", 3);
        weir.loggerOf("a.b.c").atInfo().marker("M").log("yes");
        weir.loggerOf("a.b.apart").info("no 4");
        weir.loggerOf("a.b").debug("not on");

        weir.close(PATIENCE);
        assertThat(sink.lines).containsExactly("no 1", "yes", "no 4");
        assertThat(asked).containsExactly("a.b INFO no 2 []", "a.b.c INFO no {} []", "a.b.c INFO yes [M]");
        assertThat(weir.stats().emitted(Level.INFO)).isEqualTo(3);
    }

    @Test
    void aLoggersFilterThatThrowsLetsTheCallThroughAndIsTold() {
        Sink sink = new Sink();
        Weir weir = Weir.builder()
                .handler("sink", sink)
                .root(options -> options.filter((logger, level, template, markers) -> {
                    throw new IllegalStateException("of a filter");
                }))
                .start();

        weir.loggerOf("any").info("logged");

        weir.close(PATIENCE);
        assertThat(sink.lines).containsExactly("logged");
        assertThat(weir.diagnostics()).anyMatch(entry -> entry.toString().contains("of a filter"));
    }

    @Test
    void aLoggersFilterThatThrowsAnErrorLetsTheCallThroughToo() {
        Sink sink = new Sink();
        Weir weir = Weir.builder()
                .handler("sink", sink)
                .root(options -> options.filter((logger, level, template, markers) -> {
                    throw new ServiceConfigurationError("of a filter");
                }))
                .start();

        weir.loggerOf("any").info("logged");

        weir.close(PATIENCE);
        assertThat(sink.lines).containsExactly("logged");
        assertThat(weir.diagnostics()).anyMatch(entry -> entry.contains("of a filter"));
    }

    @Test
    void builtInFiltersWorkAtLoggersToo() {
        Sink sink = new Sink();
        Weir weir = Weir.builder()
                .handler("sink", sink)
                .root(options -> options.filter(NameFilter.except("noise")))
                .logger("tenants", options -> options.filter(KeyValueFilter.only("tenant", List.of("acme"))))
                .logger("audit", options -> options.filter(MarkerFilter.only("AUDIT")))
                .start();

        weir.loggerOf("noise.any").info("noise");
        weir.loggerOf("tenants").info("no tenant");
        Context.put("tenant", "acme");
        weir.loggerOf("tenants").info("acme");
        Context.remove("tenant");
        weir.loggerOf("audit").info("no marker");
        weir.loggerOf("audit").atInfo().marker("AUDIT").log("audit");

        weir.close(PATIENCE);
        assertThat(sink.lines).containsExactly("acme", "audit");
    }

    @Test
    void filtersHoldForLateRecordsToo() {
        List<String> late = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public boolean emit(LogRecord record) {
                return true;
            }

            @Override
            public void flush() {}

            @Override
            public boolean late(LogRecord record) {
                late.add(record.message());
                return true;
            }
        };
        Weir weir = Weir.builder()
                .handler("sink", handler, options -> options.filter(rejecting("no")))
                .start();
        Logger logger = weir.loggerOf("any");
        weir.close(PATIENCE);

        logger.info("no");
        logger.info("yes");

        assertThat(late).containsExactly("yes");
    }

    @Test
    void filtersGoOnToBeListenedToWhenRecordsAreLate() {
        AtomicInteger waiting = new AtomicInteger();
        Filter counting = new Filter() {
            @Override
            public boolean accepts(LogRecord record) {
                waiting.incrementAndGet();
                return false;
            }

            @Override
            public @Nullable Summary summary(long timeNanos) {
                boolean any = waiting.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
                return any ? new Summary("any", Level.INFO, "rejected", List.of(), Map.of()) : null;
            }
        };
        Weir weir = start(new Sink(), options -> options.filter(counting));
        weir.close(PATIENCE);

        for (int i = 0; i < 1000; i++) {
            weir.loggerOf("any").info("late");
        }

        assertThat(waiting).hasValueLessThan(2);
        assertThat(weir.stats().refused(Level.INFO)).isEqualTo(1000);
    }
}
