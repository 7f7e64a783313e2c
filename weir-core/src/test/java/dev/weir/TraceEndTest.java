package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.handler.Handler;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handlers that collect batches, and do not let them wait beyond the end of a trace. */
@Timeout(30)
class TraceEndTest {
    private static final String HEADER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration DELAY = Duration.ofMinutes(1);

    /** As one that posts batches over a network. */
    private static class Batching implements Handler {
        final AtomicInteger emitted = new AtomicInteger();
        final List<String> flushed = new CopyOnWriteArrayList<>();
        private final List<String> open = new ArrayList<>();

        @Override
        public boolean emit(LogRecord record) {
            open.add(record.message());
            emitted.incrementAndGet();
            return true;
        }

        @Override
        public Duration flushDelay() {
            return DELAY;
        }

        @Override
        public void flush() throws IOException {
            flushed.addAll(open);
            open.clear();
        }

        @Override
        public void rollback() {
            open.clear();
        }
    }

    private final Batching batching = new Batching();
    private final List<Weir> started = new ArrayList<>();

    private Weir start(Batching handler, Consumer<HandlerOptions> options) {
        Weir weir = Weir.builder().handler("batching", handler, options).start();
        started.add(weir);
        return weir;
    }

    @AfterEach
    void close() {
        started.forEach(weir -> weir.close(SOON));
    }

    /** Logs one record, which the handler then has, while it has done with all before. */
    private static void log(Weir weir, Batching handler, String message) {
        int before = handler.emitted.get();
        weir.loggerOf("any").info(message);
        await().until(() -> handler.emitted.get() == before + 1);
    }

    private static void within(String traceparent, Runnable body) {
        TraceContext.Scope scope = TraceContext.scope(traceparent);
        try {
            body.run();
        } finally {
            scope.close();
        }
    }

    @Test
    void theEndOfAScopeFlushesWhatWasLoggedBeforeAndNothingElseDoes() {
        Weir weir = start(batching, HandlerOptions::flushOnTraceEnd);
        within(HEADER, () -> {
            log(weir, batching, "1");
            log(weir, batching, "2");
            log(weir, batching, "3");
            assertThat(batching.flushed).isEmpty();
        });

        await().until(() -> batching.flushed.size() == 3);

        log(weir, batching, "4");
        log(weir, batching, "5");
        assertThat(batching.flushed).containsExactly("1", "2", "3");
        assertThat(weir.stats().pending("batching", Level.INFO)).isEqualTo(2);
    }

    @Test
    void whoClosesTheScopeDoesNotWait() {
        CountDownLatch flushing = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        Batching hanging = new Batching() {
            @Override
            public void flush() throws IOException {
                flushing.countDown();
                try {
                    letGo.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                super.flush();
            }
        };
        Weir weir = start(hanging, HandlerOptions::flushOnTraceEnd);
        within(HEADER, () -> {
            log(weir, hanging, "1");
        });

        await().until(() -> flushing.getCount() == 0);

        within(HEADER, () -> {
            weir.loggerOf("any").info("2");
        });
        assertThat(hanging.flushed).isEmpty();
        letGo.countDown();
        await().until(() -> hanging.flushed.size() == 2);
    }

    @Test
    void aHandlerThatDoesNotAskForItWaitsOn() {
        Batching patient = new Batching();
        Weir other = start(patient, options -> {});
        Weir weir = start(batching, HandlerOptions::flushOnTraceEnd);
        within(HEADER, () -> {
            log(other, patient, "1");
            log(weir, batching, "1");
        });

        await().until(() -> batching.flushed.size() == 1);

        log(other, patient, "2");
        log(other, patient, "3");
        assertThat(patient.flushed).isEmpty();
    }

    @Test
    void aLevelFlushesBesides() {
        Weir weir = start(batching, options -> options.flushOn(Level.ERROR).flushOnTraceEnd());
        log(weir, batching, "1");

        weir.loggerOf("any").error("2");

        await().until(() -> batching.flushed.size() == 2);
    }

    @Test
    void aWrappedTaskThatCarriesATraceEndsItOnItsThread() throws Exception {
        Weir weir = start(batching, HandlerOptions::flushOnTraceEnd);
        TraceContext.Scope scope = TraceContext.scope(HEADER);
        Runnable task = Context.wrap(() -> log(weir, batching, "1"));
        scope.close();

        Thread thread = new Thread(task);
        thread.start();
        thread.join();

        await().until(() -> batching.flushed.size() == 1);
    }

    @Test
    void theEndOfAScopeWithoutATraceIsNone() {
        Weir weir = start(batching, HandlerOptions::flushOnTraceEnd);
        within("not a header", () -> {
            log(weir, batching, "1");
        });

        Context.wrap(() -> {}).run();

        log(weir, batching, "2");
        log(weir, batching, "3");
        assertThat(batching.flushed).isEmpty();
    }

    @Test
    void anotherConfigurationTurnsItOnAndOff() {
        Weir weir = start(batching, options -> {});
        PipelineSettingsForTest.install(
                weir, Weir.builder().handler("batching", batching, HandlerOptions::flushOnTraceEnd));
        log(weir, batching, "1");
        TraceContext.scope(HEADER).close();
        await().until(() -> batching.flushed.size() == 1);

        PipelineSettingsForTest.install(weir, Weir.builder().handler("batching", batching));
        log(weir, batching, "2");
        TraceContext.scope(HEADER).close();

        log(weir, batching, "3");
        log(weir, batching, "4");
        assertThat(batching.flushed).containsExactly("1");
    }

    @Test
    void aSinkThatFailsGetsTheSameRecordsAgain() {
        AtomicInteger failing = new AtomicInteger(2);
        Batching failingTwice = new Batching() {
            @Override
            public void flush() throws IOException {
                if (failing.getAndDecrement() > 0) {
                    throw new IOException("not now");
                }
                super.flush();
            }
        };
        Weir weir = start(
                failingTwice,
                options -> options.flushOnTraceEnd()
                        .breaker(BreakerPolicy.DEFAULT.withDelays(Duration.ofMillis(5), Duration.ofMillis(5))));
        within(HEADER, () -> {
            weir.loggerOf("any").info("1");
        });

        await().until(() -> !failingTwice.flushed.isEmpty());

        assertThat(failingTwice.flushed).containsExactly("1");
    }

    @Test
    void manyThreadsTracesAreAllFlushed() throws Exception {
        Weir weir = start(batching, HandlerOptions::flushOnTraceEnd);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(new Thread(() -> {
                for (int i = 0; i < 500; i++) {
                    within(HEADER, () -> weir.loggerOf("any").error("one"));
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        await().until(() -> batching.flushed.size() == 2_000);
    }
}
