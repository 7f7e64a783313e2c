package dev.weir.internal.drain;

import dev.weir.BreakerPolicy;
import dev.weir.BreakerState;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Says when a handler may be called.
 *
 * <pre>
 *            failures in a row                delay over
 *   CLOSED ────────────────────► OPEN ◄─────────────────► HALF_OPEN
 *      ▲  (a delay after each)          probe failed        │
 *      └────────────────────────────────────────────────────┘ probe succeeded
 * </pre>
 *
 * <p>The delay grows by half with each failure in a row, up to a cap, and varies by a fifth, so that those who failed
 * together do not come back together. Used by one worker; {@link #snapshot} by any thread. Times are those of
 * {@link System#nanoTime()}, handed in.
 */
public final class CircuitBreaker {
    private static final double JITTER = 0.2;

    private final DoubleSupplier random;
    private final Consumer<BreakerState> onEntered;

    private volatile BreakerPolicy policy;
    private BreakerState state = BreakerState.CLOSED;
    private int failuresInRow;
    private long delayNanos;
    private long failedNanos;
    private long restNanos;
    private boolean waiting;
    private long since;
    private final long[] nanosIn = new long[BreakerState.values().length];
    private final long[] entered = new long[BreakerState.values().length];

    private volatile @Nullable Snapshot published;

    /**
     * A breaker at one moment; arrays by state.
     *
     * @param entered how often each state began
     * @param nanosIn time spent in each before this one began
     * @param sinceNanos when this one began
     */
    public record Snapshot(BreakerState state, long[] entered, long[] nanosIn, long sinceNanos) {
        /** Time spent in a state until now. */
        public long nanosIn(BreakerState of, long nowNanos) {
            return nanosIn[of.ordinal()] + (of == state ? nowNanos - sinceNanos : 0);
        }
    }

    /**
     * A closed breaker.
     *
     * @param random from 0 to less than 1
     * @param onEntered told of each state that begins
     */
    CircuitBreaker(BreakerPolicy policy, DoubleSupplier random, Consumer<BreakerState> onEntered, long nowNanos) {
        this.policy = policy;
        this.random = random;
        this.onEntered = onEntered;
        delayNanos = policy.delay().toNanos();
        since = nowNanos;
        publish();
    }

    BreakerState state() {
        return state;
    }

    /** Goes by another policy from the next failure or success on. Any thread. */
    void policy(BreakerPolicy successor) {
        policy = successor;
    }

    /** Whether an attempt may begin now; when an open breaker's delay is over, it is the probe. */
    boolean allows(long nowNanos) {
        if (leftNanos(nowNanos) > 0) {
            return false;
        }
        if (state == BreakerState.OPEN) {
            enter(BreakerState.HALF_OPEN, nowNanos);
        }
        return true;
    }

    /** How long until an attempt may begin. */
    long leftNanos(long nowNanos) {
        long most = (long) (policy.maxDelay().toNanos() * (1 + JITTER)); // which may be another policy's by now
        return waiting ? Math.max(0, failedNanos + Math.min(restNanos, most) - nowNanos) : 0;
    }

    /** An attempt succeeded. */
    void succeeded(long nowNanos) {
        failuresInRow = 0;
        delayNanos = policy.delay().toNanos();
        waiting = false;
        if (state != BreakerState.CLOSED) {
            enter(BreakerState.CLOSED, nowNanos);
        }
    }

    /** An attempt failed, or took too long. */
    void failed(long nowNanos) {
        failuresInRow++;
        waiting = true;
        delayNanos = Math.min(delayNanos, policy.maxDelay().toNanos());
        failedNanos = nowNanos;
        restNanos = (long) (delayNanos * (1 - JITTER + 2 * JITTER * random.getAsDouble()));
        delayNanos = Math.min(delayNanos + delayNanos / 2, policy.maxDelay().toNanos());
        if (state == BreakerState.HALF_OPEN || (state == BreakerState.CLOSED && failuresInRow >= policy.failures())) {
            enter(BreakerState.OPEN, nowNanos);
        }
    }

    private void enter(BreakerState next, long nowNanos) {
        nanosIn[state.ordinal()] += nowNanos - since;
        since = nowNanos;
        state = next;
        entered[next.ordinal()]++;
        publish();
        onEntered.accept(next);
    }

    private void publish() {
        published = new Snapshot(state, entered.clone(), nanosIn.clone(), since);
    }

    /** Its state and history. */
    Snapshot snapshot() {
        return Objects.requireNonNull(published);
    }
}
