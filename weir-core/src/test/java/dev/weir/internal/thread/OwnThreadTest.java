package dev.weir.internal.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a thread of Weir's takes of the one that makes it. */
class OwnThreadTest {

    @Test
    void neitherTheGroupOfItsMakerNorItsLimitToThePriority() throws InterruptedException {
        ThreadGroup application = new ThreadGroup("application");
        application.setMaxPriority(Thread.MIN_PRIORITY);
        AtomicReference<Thread> made = new AtomicReference<>();

        Thread maker = new Thread(application, () -> made.set(OwnThread.of(() -> {}, "weir-test")));
        maker.start();
        maker.join();

        assertThat(made.get().getThreadGroup().getParent()).isNull();
        assertThat(made.get().getPriority()).isEqualTo(Thread.NORM_PRIORITY);
    }
}
