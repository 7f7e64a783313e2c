package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.handler.NullHandler;
import dev.weir.internal.pipeline.Account;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The account while handlers come and go. */
class AccountTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int INSTALLATIONS = 400;

    private final AtomicLong logged = new AtomicLong();
    private final AtomicLong flushed = new AtomicLong();
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicReference<@Nullable String> wrong = new AtomicReference<>();

    @Test
    @Timeout(60)
    void countsWhatAHandlerWroteOnceWhileItLeaves() throws InterruptedException {
        Weir weir = Weir.builder().handler("f0", new NullHandler()).start();
        Logger logger = weir.loggerOf("any");
        Thread asking = new Thread(() -> askUntilDone(weir), "asking");
        asking.start();

        for (int i = 1; i <= INSTALLATIONS && wrong.get() == null; i++) {
            logged.incrementAndGet();
            logger.info("{}", i);
            assertThat(weir.flush(SOON).complete()).isTrue();
            flushed.incrementAndGet();
            PipelineSettingsForTest.install(weir, Weir.builder().handler("f" + i % 3, new NullHandler()));
        }

        done.set(true);
        asking.join();
        assertThat(wrong.get()).isNull();
        weir.close(SOON);
    }

    /** A race, and won by the defect a few times in so many installations at the least. */
    private void askUntilDone(Weir weir) {
        while (!done.get() && wrong.get() == null) {
            long least = flushed.get();
            long written = weir.stats().total(sums -> Account.sum(sums.written));
            long most = logged.get();
            if (written < least || written > most) {
                wrong.set(written + " written (expected: " + least + " to " + most + ")");
            }
        }
    }
}
