package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.filter.DuplicatesFilter;
import dev.weir.filter.Filter;
import dev.weir.filter.MaskFilter;
import dev.weir.filter.RateLimitFilter;
import dev.weir.handler.Handler;
import dev.weir.handler.MemoryHandler;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who gets what a filter has changed, and that nobody gets round it. */
@Timeout(60)
class MaskingTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final BreakerPolicy QUICK =
            BreakerPolicy.DEFAULT.withFailures(1).withDelays(Duration.ofMillis(20), Duration.ofMillis(20));
    private static final String SECRET = "hunter2";

    /** Keeps the messages that were committed, and those of late records; fails as often as it is told. */
    private static final class Sink implements Handler {
        final List<String> lines = new CopyOnWriteArrayList<>();
        final AtomicInteger failing = new AtomicInteger();
        private final List<String> open = new ArrayList<>();

        @Override
        public boolean emit(LogRecord record) {
            record.forEachKeyValue((key, value) -> open.add(key + " is " + value));
            open.add(record.message());
            return true;
        }

        @Override
        public void flush() throws IOException {
            if (failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IOException("not now");
            }
            lines.addAll(open);
            open.clear();
        }

        @Override
        public void rollback() {
            open.clear();
        }

        @Override
        public boolean late(LogRecord record) {
            lines.add(record.message());
            return true;
        }
    }

    private static MaskFilter mask() {
        return MaskFilter.builder().build();
    }

    @Test
    void otherHandlersGetTheRecordAsItWasLogged() {
        Sink masked = new Sink();
        Sink other = new Sink();
        Weir weir = Weir.builder()
                .handler("masked", masked, options -> options.filter(mask()))
                .handler("other", other)
                .start();

        weir.loggerOf("any").atInfo().keyValue("token", SECRET).log("password={}", SECRET);
        weir.loggerOf("any").info("nothing to hide");

        weir.close(SOON);
        assertThat(masked.lines).containsExactly("token is ***", "password=***", "nothing to hide");
        assertThat(other.lines).containsExactly("token is " + SECRET, "password=" + SECRET, "nothing to hide");
        assertThat(weir.stats().written("masked", Level.INFO)).isEqualTo(2);
        assertThat(weir.stats().filtered("masked", Level.INFO)).isZero();
    }

    @Test
    void whatIsOfferedAgainIsMaskedAgain() {
        Sink masked = new Sink();
        masked.failing.set(3);
        Weir weir = Weir.builder()
                .handler("masked", masked, options -> options.filter(mask()).breaker(QUICK))
                .start();

        weir.loggerOf("any").info("password={}", SECRET);

        weir.close(SOON);
        assertThat(masked.lines).containsExactly("password=***");
        assertThat(weir.stats().failures("masked")).isEqualTo(3);
    }

    @Test
    void aFallbackGetsWhatItsGiverWouldHaveGot() {
        Sink down = new Sink();
        down.failing.set(Integer.MAX_VALUE);
        Sink fallback = new Sink();
        Weir weir = Weir.builder()
                .handler(
                        "down",
                        down,
                        options -> options.filter(mask()).breaker(QUICK).fallback("fallback"))
                .handler("fallback", fallback)
                .start();

        weir.loggerOf("any").info("password={}", SECRET);

        weir.flush(SOON);
        assertThat(fallback.lines).contains("password=***").noneMatch(line -> line.contains(SECRET));
        weir.close(Duration.ofMillis(200));
    }

    @Test
    void theTargetOfAMemoryHandlerGetsWhatThatHeld() {
        Sink target = new Sink();
        Weir weir = Weir.builder()
                .handler("memory", MemoryHandler.builder("target").build(), options -> options.filter(mask()))
                .handler("target", target)
                .start();

        weir.loggerOf("any").info("password={}", SECRET);
        weir.loggerOf("any").error("token={}", SECRET);

        weir.close(SOON);
        assertThat(target.lines).containsExactly("password=***", "token=***");
    }

    @Test
    void aLateRecordIsMasked() {
        Sink masked = new Sink();
        Sink target = new Sink();
        Weir weir = Weir.builder()
                .handler("masked", masked, options -> options.filter(mask()))
                .handler("memory", MemoryHandler.builder("target").build(), options -> options.filter(mask()))
                .handler("target", target)
                .start();
        weir.close(SOON);

        weir.loggerOf("any").error("password={}", SECRET);

        assertThat(masked.lines).containsExactly("password=***");
        assertThat(target.lines).containsExactly("password=***");
    }

    @Test
    void whatFiltersSayIsMaskedWhereverTheyStand() {
        Sink first = new Sink();
        Sink last = new Sink();
        Weir weir = Weir.builder()
                .handler(
                        "first",
                        first,
                        options -> options.filter(mask()).filter(new DuplicatesFilter(Duration.ofHours(1))))
                .handler(
                        "last",
                        last,
                        options -> options.filter(new DuplicatesFilter(Duration.ofHours(1)))
                                .filter(new RateLimitFilter(100, Duration.ofHours(1)))
                                .filter(mask()))
                .start();

        weir.loggerOf("any").info("password={}", SECRET);
        weir.loggerOf("any").info("password={}", SECRET);

        weir.close(SOON);
        for (Sink sink : List.of(first, last)) {
            assertThat(sink.lines).hasSize(3).noneMatch(line -> line.contains(SECRET));
            assertThat(sink.lines.get(2)).startsWith("repeated 1 times in ").endsWith("password=***");
        }
    }

    @Test
    void aFilterSeesWhatThoseBeforeItHaveLeft() {
        Sink sink = new Sink();
        List<String> seen = new CopyOnWriteArrayList<>();
        Filter looking = record -> seen.add(record.message());
        Weir weir = Weir.builder()
                .handler(
                        "sink",
                        sink,
                        options -> options.filter(looking).filter(mask()).filter(looking))
                .start();

        weir.loggerOf("any").info("password={}", SECRET);

        weir.close(SOON);
        assertThat(seen).containsExactly("password=" + SECRET, "password=***");
    }

    /** Fails to change a record, and quotes it. */
    private static final class Quoting implements Filter {
        @Override
        public boolean accepts(LogRecord record) {
            return true;
        }

        @Override
        public LogRecord rewrite(LogRecord record) {
            if (record.message().contains("password")) {
                throw new IllegalStateException(record.message());
            }
            return record;
        }
    }

    @Test
    void aFilterThatFailsToChangeARecordRejectsItAndIsToldWithoutQuotingIt() {
        Sink sink = new Sink();
        Sink target = new Sink();
        Weir weir = Weir.builder()
                .handler("sink", sink, options -> options.filter(new Quoting()))
                .handler(
                        "chain",
                        new Sink(),
                        options -> options.filter(new Quoting()).filter(mask()))
                .handler("memory", MemoryHandler.builder("target").build(), options -> options.filter(new Quoting()))
                .handler("target", target)
                .start();

        weir.loggerOf("any").error("password={}", SECRET);
        weir.loggerOf("any").error("fine");

        weir.close(SOON);
        weir.loggerOf("any").error("password={}", SECRET);
        assertThat(sink.lines).containsExactly("fine");
        assertThat(target.lines).containsExactly("fine");
        for (String handler : List.of("sink", "chain", "memory")) {
            assertThat(weir.stats().filtered(handler, Level.ERROR)).as(handler).isEqualTo(1);
        }
        assertThat(weir.diagnostics())
                .anyMatch(entry -> entry.toString().contains("IllegalStateException"))
                .noneMatch(entry -> entry.toString().contains(SECRET));
    }

    @Test
    void diagnosticsOfASinkThatFailsQuoteNoRecord() {
        Handler failing = new Handler() {
            @Override
            public boolean emit(LogRecord record) {
                throw new IllegalStateException("could not take: " + record.message());
            }

            @Override
            public void flush() {}
        };
        Weir weir = Weir.builder()
                .handler(
                        "failing",
                        failing,
                        options -> options.filter(mask())
                                .breaker(BreakerPolicy.DEFAULT.withDelays(Duration.ofMillis(1), Duration.ofMillis(1))))
                .start();

        weir.loggerOf("any").info("password={}", SECRET);

        weir.close(SOON);
        assertThat(weir.stats().dropped("failing", Level.INFO)).isEqualTo(1);
        assertThat(weir.diagnostics())
                .anyMatch(entry -> entry.toString().contains("could not take: password=***"))
                .noneMatch(entry -> entry.toString().contains(SECRET));
    }
}
