package dev.weir.internal.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines on a stderr that was replaced. */
@Timeout(60)
class DiagnosticsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final PrintStream stderr = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final AtomicInteger threads = new AtomicInteger();
    private final Diagnostics diagnostics = new Diagnostics(threads::incrementAndGet);

    @BeforeEach
    void replaceStderr() {
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void putStderrBack() {
        System.setErr(stderr);
    }

    /** A stream of which nothing works. */
    private static final class Throwing extends PrintStream {
        private final Throwable thrown;

        Throwing(Throwable thrown) {
            super(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
            this.thrown = thrown;
        }

        @Override
        public void println(@Nullable String line) {
            Throwing.<RuntimeException>doThrow(thrown);
        }

        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        private static <T extends Throwable> void doThrow(Throwable thrown) throws T {
            throw (T) thrown;
        }
    }

    /** A stream that prints nothing before it may. */
    private static final class Stuck extends PrintStream {
        private final CountDownLatch letGo;
        private final AtomicInteger lines = new AtomicInteger();

        Stuck(CountDownLatch letGo) {
            super(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
            this.letGo = letGo;
        }

        @Override
        public void println(@Nullable String line) {
            boolean free = false;
            while (!free) {
                try {
                    letGo.await();
                    free = true;
                } catch (InterruptedException e) {
                    free = false;
                }
            }
            lines.incrementAndGet();
        }
    }

    static PrintStream[] unprintable() {
        return new PrintStream[] {
            new Throwing(new IllegalStateException("test")), new Throwing(new NoClassDefFoundError("test")), null
        };
    }

    @ParameterizedTest
    @MethodSource("unprintable")
    void aStderrThatThrowsCostsItsOwnLinesOnly(@Nullable PrintStream unprintable) {
        PrintStream working = System.err;
        System.setErr(unprintable);
        diagnostics.report("first", "nobody can print this");
        long begun = System.nanoTime();
        diagnostics.flush(SOON);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
        System.setErr(working);

        diagnostics.report("second", "this goes out");
        diagnostics.flush(SOON);

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("weir: this goes out" + System.lineSeparator());
        assertThat(diagnostics.entries())
                .extracting(Diagnostics.Entry::kind)
                .containsExactlyInAnyOrder("first", "second");
        assertThat(threads).hasValue(1);
    }

    @Test
    void whatSomebodyHasDoneIsToldEachTime() {
        diagnostics.tell("levels", "one");
        diagnostics.tell("levels", "two");
        diagnostics.flush(SOON);

        assertThat(printed.toString(StandardCharsets.UTF_8).lines()).containsExactly("weir: one", "weir: two");
        assertThat(diagnostics.entries())
                .extracting(Diagnostics.Entry::message, Diagnostics.Entry::count)
                .containsExactly(tuple("two", 2L));
    }

    @Test
    void aStderrThatIsStuckHoldsNobodyUpWhoReports() {
        CountDownLatch letGo = new CountDownLatch(1);
        System.setErr(new Stuck(letGo));

        for (int i = 0; i < 1000; i++) {
            diagnostics.report("kind " + i, "message");
        }
        diagnostics.flush(Duration.ofMillis(20));

        assertThat(diagnostics.entries()).hasSize(256);
        letGo.countDown();
        diagnostics.flush(SOON);
    }

    @Test
    void aStderrThatIsStuckKeepsNoMoreThanSoManyLines() {
        CountDownLatch letGo = new CountDownLatch(1);
        Stuck stuck = new Stuck(letGo);
        System.setErr(stuck);

        for (int i = 0; i < 10_000; i++) {
            diagnostics.tell("levels", "message");
        }
        letGo.countDown();
        diagnostics.flush(SOON);

        assertThat(stuck.lines).hasValueBetween(1024, 2048); // what was in print, and what had to wait
    }
}
