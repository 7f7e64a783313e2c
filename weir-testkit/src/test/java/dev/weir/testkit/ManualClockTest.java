package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class ManualClockTest {
    private final ManualClock clock = new ManualClock();
    private final LongSupplier ticker = clock::nanoTime;

    @Test
    void standsStillUntilItIsMoved() {
        assertThat(clock.instant()).isEqualTo(ManualClock.START);
        assertThat(ticker.getAsLong()).isZero();

        clock.advance(Duration.ofMillis(1500));

        assertThat(clock.instant()).isEqualTo(ManualClock.START.plusMillis(1500));
        assertThat(clock.millis()).isEqualTo(ManualClock.START.toEpochMilli() + 1500);
        assertThat(ticker.getAsLong()).isEqualTo(1_500_000_000L);
    }

    @Test
    void letsNoTimePassWhenTheTimeOfDayIsSet() {
        clock.advance(Duration.ofNanos(7));

        clock.set(Instant.EPOCH);

        assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
        assertThat(ticker.getAsLong()).isEqualTo(7);
    }

    @Test
    void goesBackByNoAdvance() {
        assertThatThrownBy(() -> clock.advance(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("time: PT-0.000000001S (expected: 0 or more)");
    }

    @Test
    void showsTheSameMomentInEveryZone() {
        Clock kolkata = clock.withZone(ZoneId.of("Asia/Kolkata"));

        clock.advance(Duration.ofHours(1));

        assertThat(kolkata.instant()).isEqualTo(clock.instant());
        assertThat(LocalDateTime.now(kolkata)).isEqualTo("2024-01-01T06:30:00");
    }

    @Test
    void isMovedByManyThreads() throws InterruptedException {
        List<Thread> movers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread mover = new Thread(() -> {
                for (int step = 0; step < 1000; step++) {
                    clock.advance(Duration.ofNanos(1));
                }
            });
            mover.start();
            movers.add(mover);
        }
        for (Thread mover : movers) {
            mover.join();
        }

        assertThat(ticker.getAsLong()).isEqualTo(4000);
        assertThat(clock.instant()).isEqualTo(ManualClock.START.plusNanos(4000));
    }
}
