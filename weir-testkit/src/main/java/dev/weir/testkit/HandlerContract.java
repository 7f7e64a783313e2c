package dev.weir.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.Level;
import dev.weir.Logger;
import dev.weir.OverflowPolicy;
import dev.weir.Weir;
import dev.weir.format.FormatException;
import dev.weir.format.Formatter;
import dev.weir.handler.Handler;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Handler} has to do, as a suite: extend it, say how a handler is made and how its sink is read, and
 * run it. It calls the handler as a worker does, and some tests let a real pipeline do it.
 *
 * <pre>
 * class MyHandlerTest extends HandlerContract {
 *     &#64;Override
 *     protected Handler newHandler(Formatter formatter) {
 *         return new MyHandler(sink, formatter);
 *     }
 *
 *     &#64;Override
 *     protected List&lt;String&gt; committed() {
 *         return sink.lines();
 *     }
 * }
 * </pre>
 */
public abstract class HandlerContract {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String POISON = "poison";
    private static final int LONG_TEXT = 50_000;
    private static final int MANY = 1000;
    private static final int MOST_ATTEMPTS = 10;

    /** Called by JUnit, for subclasses. */
    protected HandlerContract() {}

    /** What a sink makes of records that are offered again after a {@link Handler#rollback}. */
    protected enum Delivery {
        /** Each record is there once. */
        EXACTLY_ONCE,
        /** Each record is there, and some may be there twice. */
        AT_LEAST_ONCE,
        /** The sink keeps nothing. */
        NONE
    }

    /**
     * Makes the handler, not yet opened, on a sink that is empty. Called once in a test.
     *
     * @param formatter writes the message and a line end, and fails on some records; a handler that has no formatter
     *     ignores it
     * @return the handler
     * @throws Exception if it could not be made, which fails the test
     */
    protected abstract Handler newHandler(Formatter formatter) throws Exception;

    /**
     * Reads the sink. Called by the test's thread, also while the handler is open, and before it has been opened.
     *
     * @return the message of each record that reached the sink, in its order
     * @throws Exception if it could not be read, which fails the test
     */
    protected abstract List<String> committed() throws Exception;

    /**
     * What the handler promises.
     *
     * @return exactly once, unless overridden
     */
    protected Delivery delivery() {
        return Delivery.EXACTLY_ONCE;
    }

    /**
     * Whether the handler uses the formatter it is given.
     *
     * @return true, unless overridden
     */
    protected boolean usesFormatter() {
        return true;
    }

    /**
     * A record that the handler refuses by returning false from {@link Handler#emit}, if not at once, then at the latest
     * when the batch it is in has failed and is offered again.
     *
     * @return null, unless overridden: it refuses none, and is not tested for that
     * @throws Exception if the record could not be made, which fails the test
     */
    protected @Nullable LogRecord refusedRecord() throws Exception {
        return null;
    }

    /**
     * Lets the sink of a handler that is open fail, before it has a batch or in the middle of it, until {@link #mendSink}: a
     * {@code flush}, or an {@code emit} before it, then throws an {@link IOException}.
     *
     * @return false, unless overridden: this sink cannot be made to fail, and the handler is not tested for that
     * @throws Exception if that could not be done, which fails the test
     */
    protected boolean breakSink() throws Exception {
        return false;
    }

    /**
     * Ends what {@link #breakSink} began.
     *
     * @throws Exception if that could not be done, which fails the test
     */
    protected void mendSink() throws Exception {}

    private Handler made() throws Exception {
        return newHandler(HandlerContract::format);
    }

    private Handler opened() throws Exception {
        Handler handler = made();
        handler.prepare();
        handler.open();
        return handler;
    }

    private static void format(LogRecord record, ByteOutput out) {
        record.appendMessage(out, ByteOutput.Escape.TEXT);
        if (record.message().equals(POISON)) {
            throw new IllegalArgumentException("told to fail on " + POISON);
        }
        out.put('\n');
    }

    private static void emit(Handler handler, String... messages) throws IOException {
        for (LogRecord record : Records.logged(logger -> Arrays.asList(messages).forEach(logger::info))) {
            assertTrue(handler.emit(record), "refused " + record.message());
        }
    }

    /**
     * Offers records as a worker does, again and again until all are committed.
     *
     * @return for each record, whether it was taken or refused
     */
    private static List<Boolean> offer(Handler handler, List<LogRecord> records) throws IOException {
        List<Boolean> committed = new ArrayList<>();
        for (int attempt = 0; committed.size() < records.size(); attempt++) {
            assertTrue(attempt < MOST_ATTEMPTS, "not committed after " + attempt + " attempts");
            try {
                committed.addAll(offerOnce(handler, records.subList(committed.size(), records.size())));
            } catch (IOException failed) {
                rollBack(handler);
            }
        }
        return committed;
    }

    /** Up to the end, or to where the handler wants to commit. */
    private static List<Boolean> offerOnce(Handler handler, List<LogRecord> records) throws IOException {
        List<Boolean> taken = new ArrayList<>();
        for (LogRecord record : records) {
            taken.add(handler.emit(record));
            if (handler.shouldFlush(record)) {
                break;
            }
        }
        handler.flush();
        return taken;
    }

    /** A handler that cannot roll back is opened again; and a worker that has failed rests, after which it is not interrupted. */
    private static void rollBack(Handler handler) throws IOException {
        try {
            handler.rollback();
        } catch (IOException failed) {
            Thread.interrupted();
            handler.open();
        } finally {
            Thread.interrupted();
        }
    }

    private void assertCommitted(String... messages) throws Exception {
        List<String> expected = delivery() == Delivery.NONE ? List.of() : List.of(messages);
        assertEquals(expected, committed());
    }

    /** After a rollback, that is: where a sink cannot forget, what is there besides does not count. */
    private void assertCommittedAtLeast(String... messages) throws Exception {
        if (delivery() == Delivery.AT_LEAST_ONCE) {
            List<String> lasting = new ArrayList<>(new LinkedHashSet<>(committed()));
            lasting.retainAll(List.of(messages));
            assertEquals(List.of(messages), lasting);
        } else {
            assertCommitted(messages);
        }
    }

    // the commit

    /**
     * {@code prepare} changes nothing: another handler may still be at the sink.
     *
     * @throws Exception if the handler fails
     */
    @Test
    public void preparesWithoutWriting() throws Exception {
        Handler handler = made();

        handler.prepare();

        assertCommitted();
    }

    /**
     * What was emitted is there when {@code flush} has returned.
     *
     * @throws Exception if the handler fails
     */
    @Test
    public void commitsWhatWasEmittedWhenFlushed() throws Exception {
        Handler handler = opened();

        emit(handler, "one", "two");
        handler.flush();

        assertCommitted("one", "two");
        handler.close(false);
    }

    /**
     * A {@code flush} without records is one.
     *
     * @throws Exception if the handler fails
     */
    @Test
    public void commitsNothingWhenNothingWasEmitted() throws Exception {
        Handler handler = opened();

        handler.flush();
        emit(handler, "one");
        handler.flush();
        handler.flush();

        assertCommitted("one");
        handler.close(false);
    }

    /**
     * Records are in the sink in the order in which they were emitted, within a batch and from batch to batch.
     *
     * @throws Exception if the handler fails
     */
    @Test
    public void keepsTheOrderOfRecords() throws Exception {
        Handler handler = opened();
        List<String> expected = new ArrayList<>();

        for (int batch = 0; batch < 5; batch++) {
            String[] messages = new String[20];
            for (int i = 0; i < messages.length; i++) {
                messages[i] = batch + "-" + i;
            }
            emit(handler, messages);
            handler.flush();
            expected.addAll(List.of(messages));
        }

        assertCommitted(expected.toArray(String[]::new));
        handler.close(false);
    }

    /**
     * A batch may be larger than any buffer.
     *
     * @throws Exception if the handler fails
     */
    @Test
    public void commitsABatchThatIsLargerThanItsBuffers() throws Exception {
        Handler handler = opened();
        String[] messages = new String[40];
        for (int i = 0; i < messages.length; i++) {
            messages[i] = i + "-" + "x".repeat(LONG_TEXT);
        }

        emit(handler, messages);
        handler.flush();

        assertCommitted(messages);
        handler.close(false);
    }

    /**
     * A record is lent for the call: its bytes may be others when {@code emit} has returned.
     *
     * @throws Exception if the handler fails
     */
    @Test
    public void keepsNoReferenceToARecord() throws Exception {
        Handler handler = opened();
        LogRecord one = Records.of("one");
        LogRecord two = Records.of("two");
        byte[] shared = new byte[Math.max(one.length(), two.length())];
        LogRecord view = Records.of("any");

        for (LogRecord record : List.of(one, two)) {
            System.arraycopy(record.bytes(), record.start(), shared, 0, record.length());
            assertTrue(handler.emit(view.moveTo(shared, 0)));
        }
        Arrays.fill(shared, (byte) 0);
        handler.flush();

        assertCommitted("one", "two");
        handler.close(false);
    }

    // rollback

    /**
     * {@code rollback} forgets what was emitted since the last commit, and nothing before it.
     *
     * @throws Exception if the handler fails
     */
    @Test
    public void forgetsWhatWasEmittedSinceTheLastCommitWhenRolledBack() throws Exception {
        Handler handler = opened();
        emit(handler, "one");
        handler.flush();

        emit(handler, "given up");
        handler.rollback();
        emit(handler, "two");
        handler.flush();

        assertCommittedAtLeast("one", "two");
        handler.close(false);
    }

    /**
     * Records that are offered again after a {@code rollback} are there, once where that is promised.
     *
     * @throws Exception if the handler fails
     */
    @Test
    public void commitsRecordsThatAreOfferedAgain() throws Exception {
        Handler handler = opened();

        emit(handler, "one", "two");
        handler.rollback();
        emit(handler, "one");
        handler.rollback();
        emit(handler, "one", "two");
        handler.flush();

        assertCommittedAtLeast("one", "two");
        handler.close(false);
    }

    /**
     * A {@code rollback} without records, and one after another, do no harm.
     *
     * @throws Exception if the handler fails
     */
    @Test
    public void rollsBackWhenThereIsNothingToForget() throws Exception {
        Handler handler = opened();

        handler.rollback();
        emit(handler, "one");
        handler.flush();
        handler.rollback();
        handler.rollback();

        assertCommitted("one");
        handler.close(false);
    }

    /**
     * A handler whose {@code rollback} failed is opened again; so {@code open} finds what an earlier one acquired.
     *
     * @throws Exception if the handler fails
     */
    @Test
    public void opensAgainWhileItIsOpen() throws Exception {
        Handler handler = opened();
        emit(handler, "one");
        handler.flush();

        handler.open();
        emit(handler, "two");
        handler.flush();

        assertCommitted("one", "two");
        handler.close(false);
    }

    /**
     * A record that the formatter fails on shows as a {@link FormatException} and costs none of the others.
     *
     * @throws Exception if the handler fails
     */
    @Test
    public void losesOnlyTheRecordThatCannotBeFormatted() throws Exception {
        assumeTrue(usesFormatter(), "the handler has no formatter");
        Handler handler = opened();

        emit(handler, "one");
        LogRecord poison = Records.of(POISON);
        assertThrows(FormatException.class, () -> handler.emit(poison));
        emit(handler, "two");
        handler.flush();

        assertCommitted("one", "two");
        handler.close(false);
    }

    // failures

    /**
     * A record that is refused is not there, and costs none of the others.
     *
     * @throws Exception if the handler fails
     */
    @Test
    public void leavesOutARecordThatItRefuses() throws Exception {
        LogRecord refused = refusedRecord();
        if (refused == null) {
            abort("the handler refuses no record");
            return;
        }
        Handler handler = opened();

        List<Boolean> taken = offer(handler, List.of(Records.of("one"), refused, Records.of("two")));

        assertEquals(List.of(true, false, true), taken);
        assertCommittedAtLeast("one", "two");
        assertFalse(committed().contains(refused.message()), "refused and there");
        handler.close(false);
    }

    /**
     * When the sink fails the handler says so, and has nothing that comes in the way when the records are offered again.
     *
     * @throws Exception if the handler fails
     */
    @Test
    public void commitsWhatItsSinkFailedOnWhenThatIsOfferedAgain() throws Exception {
        Handler handler = opened();
        emit(handler, "one");
        handler.flush();
        List<LogRecord> batch = List.of(Records.of("two"), Records.of("three"));
        assumeTrue(breakSink(), "the sink cannot be made to fail");

        assertThrows(IOException.class, () -> offerOnce(handler, batch));
        rollBack(handler);
        mendSink();
        offer(handler, batch);

        assertCommittedAtLeast("one", "two", "three");
        handler.close(false);
    }

    /**
     * An interrupt of the worker may make a call fail, and costs no record.
     *
     * @throws Exception if the handler fails
     */
    @Test
    public void losesNothingByAnInterrupt() throws Exception {
        Handler handler = opened();
        List<LogRecord> batch = List.of(Records.of("one"), Records.of("two"));

        Thread.currentThread().interrupt();
        try {
            offer(handler, batch);
        } finally {
            Thread.interrupted();
        }
        emit(handler, "three");
        handler.flush();

        assertCommittedAtLeast("one", "two", "three");
        handler.close(false);
    }

    // the end

    /**
     * {@code close} after a commit keeps all that was committed.
     *
     * @throws Exception if the handler fails
     */
    @Test
    public void keepsWhatWasCommittedWhenClosed() throws Exception {
        Handler handler = opened();
        emit(handler, "one", "two");
        handler.flush();

        handler.close(false);

        assertCommitted("one", "two");
    }

    /**
     * To close a handler again does nothing.
     *
     * @throws Exception if the handler fails
     */
    @Test
    public void closesOnce() throws Exception {
        Handler handler = opened();
        emit(handler, "one");
        handler.flush();

        handler.close(false);
        handler.close(false);
        handler.close(true);

        assertCommitted("one");
    }

    /**
     * An abandoned handler writes nothing any more.
     *
     * @throws Exception if the handler fails
     */
    @Test
    public void writesNothingWhenAbandoned() throws Exception {
        Handler handler = opened();
        emit(handler, "one");
        handler.flush();
        emit(handler, "too late");
        List<String> before = committed();

        handler.close(true);

        assertEquals(before, committed());
        if (delivery() != Delivery.AT_LEAST_ONCE) {
            assertCommitted("one");
        }
    }

    /**
     * After the end of the pipeline a record is written straight through, or {@code late} says that it was not.
     *
     * @throws Exception if the handler fails
     */
    @Test
    public void writesLateRecordsOrSaysThatItDoesNot() throws Exception {
        Handler handler = opened();
        emit(handler, "one");
        handler.flush();
        handler.close(false);

        boolean first = handler.late(Records.of("late"));
        boolean second = handler.late(Records.of("later"));

        assertEquals(first, second);
        if (first) {
            assertCommitted("one", "late", "later");
        } else {
            assertCommitted("one");
        }
    }

    /**
     * What was emitted and never committed does not come with a late record.
     *
     * @throws Exception if the handler fails
     */
    @Test
    public void writesALateRecordAloneAfterItWasAbandoned() throws Exception {
        assumeTrue(delivery() != Delivery.AT_LEAST_ONCE, "the sink may have the record already");
        Handler handler = opened();
        emit(handler, "given up");
        handler.close(true);

        boolean written = handler.late(Records.of("late"));

        if (written) {
            assertCommitted("late");
        } else {
            assertCommitted();
        }
    }

    // what it tells

    /**
     * {@code resource} is the same through all of a handler's life.
     *
     * @throws Exception if the handler fails
     */
    @Test
    public void namesTheSameResourceAlways() throws Exception {
        Handler handler = made();
        String resource = handler.resource();

        handler.prepare();
        assertEquals(resource, handler.resource());
        handler.open();
        assertEquals(resource, handler.resource());
        emit(handler, "one");
        handler.flush();
        assertEquals(resource, handler.resource());
        handler.close(false);

        assertEquals(resource, handler.resource());
    }

    /**
     * {@code bytesWritten} grows by commits alone and never shrinks.
     *
     * @throws Exception if the handler fails
     */
    @Test
    public void countsBytesThatOnlyGrow() throws Exception {
        Handler handler = opened();
        long atStart = handler.bytesWritten();

        emit(handler, "one");
        assertEquals(atStart, handler.bytesWritten(), "before the commit");
        handler.flush();
        long committed = handler.bytesWritten();
        assertTrue(committed >= atStart, committed + " after " + atStart);
        emit(handler, "given up");
        handler.rollback();
        assertEquals(committed, handler.bytesWritten(), "after a rollback");
        emit(handler, "two");
        handler.flush();

        assertTrue(handler.bytesWritten() >= committed, handler.bytesWritten() + " after " + committed);
        long last = handler.bytesWritten();
        handler.close(false);
        assertEquals(last, handler.bytesWritten(), "after the end");
    }

    // in a pipeline

    /**
     * A pipeline delivers everything, and its account says so.
     *
     * @throws Exception if the handler fails
     */
    @Test
    public void deliversAllRecordsOfAPipeline() throws Exception {
        Weir weir = pipeline(made());
        String[] messages = log(weir, MANY);

        assertTrue(weir.close(PATIENCE).complete());

        assertEquals(MANY, weir.stats().written("subject", Level.INFO), weir.diagnostics()::toString);
        assertCommitted(messages);
    }

    /**
     * When {@code flush} fails the pipeline rolls back and offers the same records again.
     *
     * @throws Exception if the handler fails
     */
    @Test
    public void deliversAllRecordsOfAPipelineWhenFlushFails() throws Exception {
        FailingHandler failing = new FailingHandler(made());
        failing.failNext(FailingHandler.Step.FLUSH, 1, new IOException("told to fail"));
        Weir weir = pipeline(failing);
        String[] messages = log(weir, MANY);

        assertTrue(weir.close(PATIENCE).complete());

        assertEquals(1, failing.failures(FailingHandler.Step.FLUSH));
        assertEquals(MANY, weir.stats().written("subject", Level.INFO));
        assertCommittedAtLeast(messages);
    }

    /**
     * When {@code emit} fails in the middle of a batch the pipeline rolls back and offers the same records again.
     *
     * @throws Exception if the handler fails
     */
    @Test
    public void deliversAllRecordsOfAPipelineWhenEmitFails() throws Exception {
        FailingHandler failing = new FailingHandler(made());
        failing.letPass(FailingHandler.Step.EMIT, MANY / 2);
        failing.failNext(FailingHandler.Step.EMIT, 1, new IOException("told to fail"));
        Weir weir = pipeline(failing);
        String[] messages = log(weir, MANY);

        assertTrue(weir.close(PATIENCE).complete());

        assertEquals(1, failing.failures(FailingHandler.Step.EMIT));
        assertEquals(MANY, weir.stats().written("subject", Level.INFO));
        assertCommittedAtLeast(messages);
    }

    private static Weir pipeline(Handler handler) {
        return Weir.builder()
                .queueCapacity(1 << 20)
                .overflow(OverflowPolicy.BLOCK)
                .handler("subject", handler)
                .start();
    }

    private static String[] log(Weir weir, int count) {
        Logger logger = weir.loggerOf(Records.LOGGER);
        String[] messages = new String[count];
        for (int i = 0; i < count; i++) {
            messages[i] = "record " + i;
            logger.info("record {}", i);
        }
        return messages;
    }
}
