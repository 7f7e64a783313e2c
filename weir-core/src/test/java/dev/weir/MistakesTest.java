package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.handler.Handler;
import dev.weir.handler.NullHandler;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handlers with mistakes in unusual places: a bad record costs no good one, and the account adds up. */
@Timeout(60)
class MistakesTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final BreakerPolicy QUICK =
            BreakerPolicy.DEFAULT.withFailures(3).withDelays(Duration.ofMillis(5), Duration.ofMillis(5));

    /** Keeps what it has committed, and throws out of whatever a test overrides. */
    private static class Sink implements Handler {
        final List<String> lines = new CopyOnWriteArrayList<>();
        final List<String> calls = new CopyOnWriteArrayList<>();
        private final List<String> open = new ArrayList<>();

        @Override
        public void open() throws IOException {
            calls.add("open");
        }

        @Override
        public boolean emit(LogRecord record) throws IOException {
            open.add(record.message());
            return true;
        }

        @Override
        public void flush() throws IOException {
            lines.addAll(open);
            open.clear();
        }

        @Override
        public void rollback() throws IOException {
            open.clear();
        }

        @Override
        public void close(boolean abandoned) {
            calls.add("close");
        }
    }

    private static Weir start(Sink sink) {
        return Weir.builder()
                .handler("sink", sink, options -> options.breaker(QUICK))
                .start();
    }

    private static void log(Weir weir, String... messages) {
        for (String message : messages) {
            weir.loggerOf("any").info(message);
        }
    }

    private static void requireSum(Weir weir) {
        Stats stats = weir.stats();
        for (String name : stats.handlerNames()) {
            assertThat(stats.written(name, Level.INFO)
                            + stats.passedOn(name, Level.INFO)
                            + stats.dropped(name, Level.INFO)
                            + stats.pending(name, Level.INFO))
                    .as(stats.toString())
                    .isEqualTo(stats.routed(name, Level.INFO));
        }
    }

    @Test
    void whatWasPassedOnLeavesNoSuspectBehind() {
        Sink local = new Sink();
        CountDownLatch begin = new CountDownLatch(1);
        Sink sink = new Sink() {
            @Override
            public boolean emit(LogRecord record) throws IOException {
                try {
                    begin.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                if (record.message().equals("bad")) {
                    throw new IllegalStateException("bad");
                }
                return super.emit(record);
            }
        };
        Weir weir = Weir.builder()
                .handler("sink", sink, options -> options.breaker(QUICK).fallback("local"))
                .handler("local", local)
                .root(options -> options.handlers("sink"))
                .start();
        for (int i = 0; i < 20; i++) {
            log(weir, "good " + i);
        }
        log(weir, "bad");
        begin.countDown();
        await().until(() -> weir.stats().passedOn("sink", Level.INFO) > 0);
        weir.flush(SOON);

        log(weir, "next");
        weir.flush(SOON);
        log(weir, "last 1", "last 2");
        assertThat(weir.close(SOON).complete()).isTrue();

        requireSum(weir);
        assertThat(sink.lines).contains("last 1", "last 2");
        assertThat(sink.lines.stream().filter(line -> line.startsWith("good ")).distinct())
                .hasSize((int) sink.lines.stream()
                        .filter(line -> line.startsWith("good "))
                        .count());
        assertThat(weir.stats().dropped("sink", Level.INFO)).isZero();
    }

    @Test
    void aMistakeInShouldFlushCountsAgainstTheRecordThatWasEmitted() {
        Sink sink = new Sink() {
            @Override
            public boolean shouldFlush(LogRecord record) {
                if (record.message().equals("bad")) {
                    throw new IllegalStateException("bad");
                }
                return false;
            }
        };
        Weir weir = start(sink);
        log(weir, "first", "bad", "last");
        weir.close(SOON);

        requireSum(weir);
        assertThat(sink.lines).contains("first", "last").doesNotContain("bad");
        assertThat(weir.stats().dropped("sink", Level.INFO)).isOne();
    }

    @Test
    void aHandlerThatCannotWriteItsLossesDoesWithout() {
        Sink sink = new Sink() {
            @Override
            public boolean emit(LogRecord record) throws IOException {
                if (record.isSynthetic()) {
                    throw new IllegalStateException("not for me");
                }
                return !record.message().equals("refused") && super.emit(record);
            }
        };
        Weir weir = start(sink);
        log(weir, "refused", "good 1", "good 2");

        assertThat(weir.flush(SOON).complete()).isTrue();
        log(weir, "good 3");
        assertThat(weir.flush(SOON).complete()).isTrue();

        assertThat(sink.lines).containsExactly("good 1", "good 2", "good 3");
        weir.close(SOON);
        requireSum(weir);
    }

    @Test
    void aMistakeInBytesWrittenDoublesNothing() {
        Sink sink = new Sink() {
            @Override
            public long bytesWritten() {
                throw new IllegalStateException("who knows");
            }
        };
        Weir weir = start(sink);
        log(weir, "once");
        weir.close(SOON);

        requireSum(weir);
        assertThat(sink.lines).containsExactly("once");
        assertThat(weir.stats().restarts("sink")).isZero();
    }

    @Test
    void aHandlerThatIsNewSaysNothingOfEarlierLosses() {
        Sink stuckThenGone = new Sink() {
            @Override
            public boolean emit(LogRecord record) throws IOException {
                return false;
            }
        };
        Weir weir = Weir.builder()
                .queueCapacity(1 << 20)
                .handler("first", stuckThenGone, options -> options.overflow(OverflowPolicy.DROP_OLDEST))
                .start();
        await().until(() -> {
            for (int i = 0; i < 10_000; i++) {
                log(weir, "number " + i);
            }
            return weir.stats().refused(Level.INFO) > 0;
        });
        weir.flush(SOON);
        Sink second = new Sink();
        PipelineSettingsForTest.install(weir, Weir.builder().handler("second", second));
        log(weir, "after");
        weir.close(SOON);

        assertThat(second.lines).containsExactly("after");
    }

    @Test
    void aFallbackThatGoesOnForgetsThoseThatPassedOnToIt() {
        Handler local = new NullHandler();
        List<WeakReference<Handler>> replaced = new ArrayList<>();
        Weir weir = Weir.builder().handler("local", local).start();
        for (int i = 0; i < 10; i++) {
            Handler next = new Sink();
            replaced.add(new WeakReference<>(next));
            PipelineSettingsForTest.install(
                    weir,
                    Weir.builder().handler("local", local).handler("next", next, options -> options.fallback("local")));
            log(weir, "number " + i);
            weir.flush(SOON);
        }
        await().until(() -> {
            System.gc();
            return replaced.stream().filter(one -> one.get() != null).count() <= 2;
        });
        weir.close(SOON);
    }

    @Test
    void aBatchIsFlushedInTimeThoughMoreComesAllTheTime() {
        AtomicInteger flushes = new AtomicInteger();
        Sink sink = new Sink() {
            @Override
            public Duration flushDelay() {
                return Duration.ofMillis(20);
            }

            @Override
            public boolean emit(LogRecord record) throws IOException {
                LockSupport.parkNanos(1_000_000);
                return super.emit(record);
            }

            @Override
            public void flush() throws IOException {
                flushes.incrementAndGet();
                super.flush();
            }
        };
        Weir weir = start(sink);
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < Duration.ofMillis(600).toNanos()) {
            log(weir, "one", "another"); // more than the handler takes
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(flushes).hasValueGreaterThan(5);
        weir.close(SOON);
    }

    private static void throwUnprintable(String message) {
        if (message.equals("bad")) {
            throw new Unprintable();
        }
    }

    @SuppressWarnings("serial")
    private static final class Unprintable extends RuntimeException {
        @Override
        public String getMessage() {
            throw new IllegalStateException("not even a message");
        }
    }

    @Test
    void aHandlerWhoseExceptionsCannotBePrintedLosesNothingButTheBadRecord() {
        Sink sink = new Sink() {
            @Override
            public boolean emit(LogRecord record) throws IOException {
                throwUnprintable(record.message());
                return super.emit(record);
            }
        };
        Weir weir = start(sink);

        log(weir, "one", "bad", "two");

        weir.flush(SOON);
        weir.close(SOON);
        assertThat(sink.lines).containsExactly("one", "records lost: 1", "two");
        assertThat(weir.stats().restarts("sink")).isZero();
        assertThat(weir.diagnostics().toString()).contains("Unprintable");
    }

    @Test
    void aFilterWhoseExceptionsCannotBePrintedLosesNothingButTheBadRecord() {
        Sink sink = new Sink();
        Weir weir = Weir.builder()
                .handler(
                        "sink",
                        sink,
                        options -> options.filter(record -> {
                            throwUnprintable(record.message());
                            return true;
                        }))
                .start();

        log(weir, "one", "bad", "two");

        weir.close(SOON);
        assertThat(sink.lines).containsExactly("one", "two");
        assertThat(weir.stats().filtered("sink", Level.INFO)).isOne();
        assertThat(weir.diagnostics().toString()).contains("Unprintable");
    }

    @Test
    void aLoggersFilterWhoseExceptionsCannotBePrintedLosesNothing() {
        Sink sink = new Sink();
        Weir weir = Weir.builder()
                .handler("sink", sink)
                .root(options -> options.filter((logger, level, template, markers) -> {
                    throwUnprintable(String.valueOf(template));
                    return true;
                }))
                .start();

        log(weir, "one", "bad", "two");

        weir.close(SOON);
        assertThat(sink.lines).containsExactly("one", "bad", "two");
        assertThat(weir.diagnostics().toString()).contains("Unprintable");
    }

    @Test
    void anEndWithNegativeTimeIsAnEndWithNone() {
        for (int i = 0; i < 200; i++) {
            Weir weir = Weir.builder().handler("sink", new Sink()).start();
            log(weir, "one");

            weir.close(Duration.ofSeconds(-1));

            Stats stats = weir.stats();
            assertThat(stats.written("sink", Level.INFO) + stats.dropped("sink", Level.INFO))
                    .as(stats.toString())
                    .isOne();
        }
    }

    @Test
    void theEndTellsWhatWasLostInAll() {
        Sink sink = new Sink() {
            @Override
            public boolean emit(LogRecord record) {
                return false;
            }
        };
        Weir weir = start(sink);
        log(weir, "one", "two", "three");
        weir.close(SOON);

        assertThat(weir.diagnostics().toString()).contains("handler sink has lost 3 records in all: rejected INFO 3");
    }

    @Test
    void aHandlerIsClosedAlsoIfItCouldNotRollBackAndOpenAgain() {
        AtomicInteger opened = new AtomicInteger();
        Sink sink = new Sink() {
            @Override
            public void open() throws IOException {
                super.open();
                if (opened.getAndIncrement() > 0) {
                    throw new IOException("gone");
                }
            }

            @Override
            public void flush() throws IOException {
                throw new IOException("down");
            }

            @Override
            public void rollback() throws IOException {
                throw new IOException("stays");
            }
        };
        Weir weir = start(sink);
        log(weir, "lost");
        await().until(() -> opened.get() > 1);
        weir.close(Duration.ofMillis(200));

        await().until(() -> sink.calls.contains("close"));
        assertThat(sink.calls).startsWith("open", "open").endsWith("close");
    }
}
