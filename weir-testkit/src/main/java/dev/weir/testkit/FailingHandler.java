package dev.weir.testkit;

import dev.weir.handler.Handler;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stands before another handler and throws when it is told to, instead of handing the call on.
 *
 * <p>{@link #failNext}, {@link #letPass} and {@link #failures} may be called by any thread while a worker uses the handler.
 */
public final class FailingHandler extends ForwardingHandler {
    private final Map<Step, Plan> plans = new EnumMap<>(Step.class);
    private final Map<Step, Integer> passing = new EnumMap<>(Step.class);
    private final Map<Step, Integer> failures = new EnumMap<>(Step.class);

    /** A call of a handler. */
    public enum Step {
        /** {@link Handler#prepare}. */
        PREPARE,
        /** {@link Handler#open}. */
        OPEN,
        /** {@link Handler#emit}. */
        EMIT,
        /** {@link Handler#flush}. */
        FLUSH,
        /** {@link Handler#rollback}. */
        ROLLBACK,
        /** {@link Handler#close}. */
        CLOSE,
        /** {@link Handler#late}. */
        LATE
    }

    /** What to throw, and how often still. */
    private record Plan(Exception failure, int times) {}

    /**
     * A handler that fails never until it is told to.
     *
     * @param handler gets the calls that do not fail
     */
    public FailingHandler(Handler handler) {
        super(handler);
    }

    /**
     * Lets the next calls fail as a sink does.
     *
     * @param step which calls
     * @param times how many of them; 0 for no more
     * @param failure what they throw
     * @return this
     */
    public FailingHandler failNext(Step step, int times, IOException failure) {
        return plan(step, times, failure);
    }

    /**
     * Lets the next calls fail as a mistake in a handler does.
     *
     * @param step which calls
     * @param times how many of them; 0 for no more
     * @param failure what they throw
     * @return this
     */
    public FailingHandler failNext(Step step, int times, RuntimeException failure) {
        return plan(step, times, failure);
    }

    private synchronized FailingHandler plan(Step step, int times, Exception failure) {
        plans.put(step, new Plan(Objects.requireNonNull(failure, "failure"), requireCount("times", times)));
        return this;
    }

    /**
     * Lets calls pass before those that are to fail do.
     *
     * @param step which calls
     * @param calls how many of them; 0 for no more
     * @return this
     */
    public synchronized FailingHandler letPass(Step step, int calls) {
        passing.put(step, requireCount("calls", calls));
        return this;
    }

    static int requireCount(String name, int count) {
        if (count < 0) {
            throw new IllegalArgumentException(name + ": " + count + " (expected: 0 or more)");
        }
        return count;
    }

    /**
     * How many calls have failed.
     *
     * @param step which calls
     * @return a count
     */
    public synchronized int failures(Step step) {
        return failures.getOrDefault(step, 0);
    }

    private void before(Step step) throws IOException {
        Exception failure = next(step);
        if (failure instanceof IOException io) {
            throw io;
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
    }

    private synchronized @Nullable Exception next(Step step) {
        int pass = passing.getOrDefault(step, 0);
        if (pass > 0) {
            passing.put(step, pass - 1);
            return null;
        }
        Plan plan = plans.get(step);
        if (plan == null || plan.times() == 0) {
            return null;
        }
        plans.put(step, new Plan(plan.failure(), plan.times() - 1));
        failures.merge(step, 1, Integer::sum);
        return plan.failure();
    }

    @Override
    public void prepare() throws IOException {
        before(Step.PREPARE);
        super.prepare();
    }

    @Override
    public void open() throws IOException {
        before(Step.OPEN);
        super.open();
    }

    @Override
    public boolean emit(LogRecord record) throws IOException {
        before(Step.EMIT);
        return super.emit(record);
    }

    @Override
    public void flush() throws IOException {
        before(Step.FLUSH);
        super.flush();
    }

    @Override
    public void rollback() throws IOException {
        before(Step.ROLLBACK);
        super.rollback();
    }

    @Override
    public void close(boolean abandoned) throws IOException {
        before(Step.CLOSE);
        super.close(abandoned);
    }

    @Override
    public boolean late(LogRecord record) throws IOException {
        before(Step.LATE);
        return super.late(record);
    }
}
