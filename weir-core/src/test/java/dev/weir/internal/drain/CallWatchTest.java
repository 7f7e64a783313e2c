package dev.weir.internal.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallWatchTest {
    private static final long SECOND = 1_000_000_000L;

    private final CallWatch watch = new CallWatch(Duration.ofSeconds(2));

    @Test
    void findsTheCallThatTakesTooLong() {
        watch.begin();
        assertThat(watch.look(0)).isZero();
        assertThat(watch.look(SECOND)).isZero();
        assertThat(watch.look(3 * SECOND)).isEqualTo(3 * SECOND);
        assertThat(watch.look(4 * SECOND)).isEqualTo(4 * SECOND);
        watch.end();

        assertThat(watch.wasSlow()).isTrue();
        assertThat(watch.wasSlow()).as("once for each").isFalse();
    }

    @Test
    void manyShortCallsAreNoLongOne() {
        for (long now = 0; now < 10 * SECOND; now += SECOND) {
            watch.begin();
            assertThat(watch.look(now)).isZero();
        }
        assertThat(watch.wasSlow()).isFalse();
    }

    @Test
    void theTimeBetweenCallsIsNoCall() {
        watch.begin();
        watch.look(0);
        watch.end();
        assertThat(watch.look(SECOND)).isZero();
        assertThat(watch.look(9 * SECOND)).isZero();
    }
}
