package dev.weir.http.internal;

import dev.weir.record.LogRecord;
import java.io.IOException;

/**
 * What a handler does with its batch: collects records, posts them together, and finds those that the other side refuses.
 * Its methods are those of {@link dev.weir.handler.Handler}. Used by one thread.
 *
 * <p>A failure of the sink is an {@link IOException}: nothing is lost, the records are offered again. A batch whose
 * content is refused is offered again too, and then each of as many records is posted by {@link #emit} itself, alone; so
 * {@code emit} knows whether that one is to blame, and refuses it. One poisonous record costs one failed batch, and of the
 * others none.
 *
 * <pre>
 *  TOGETHER ─ a batch is refused ─► SINGLY ─ as many records are committed ─► TOGETHER
 * </pre>
 */
public final class BatchPoster {
    private final Batch batch;
    private final Post post;

    /** Records offered since the last commit. */
    private int offered;
    /** How many more are posted alone; 0 when TOGETHER. */
    private int singly;
    /** Bytes the other side has, and that are not committed. */
    private long acknowledged;

    private long bytesWritten;

    /** The way to the sink. */
    @FunctionalInterface
    public interface Post {
        /**
         * Returns when the other side has what it was given.
         *
         * @param bytes lent for the call
         * @param length how many count
         * @throws ContentRefusedException if it does not take this content
         * @throws IOException if it, or the way to it, fails
         */
        void post(byte[] bytes, int length) throws IOException;
    }

    /**
     * A poster without records.
     *
     * @param batch belongs to it from now on
     * @param post where the batch goes
     */
    public BatchPoster(Batch batch, Post post) {
        this.batch = batch;
        this.post = post;
    }

    /**
     * Takes one record, or posts it.
     *
     * @param record lent for the call
     * @return false if the other side refused this very record
     * @throws IOException if it failed
     */
    public boolean emit(LogRecord record) throws IOException {
        offered++;
        batch.add(record);
        return singly == 0 || postAlone();
    }

    private boolean postAlone() throws IOException {
        try {
            postBatch();
            return true;
        } catch (ContentRefusedException refused) {
            if (refused.isTooLarge()) {
                batch.regrow(); // it was this record and not the number of them
            }
            return false;
        } finally {
            batch.clear();
        }
    }

    private void postBatch() throws IOException {
        post.post(batch.array(), batch.size());
        acknowledged += batch.size();
    }

    /**
     * Whether to flush now.
     *
     * @return true if the batch is full, and after each record that was posted alone
     */
    public boolean shouldFlush() {
        return singly > 0 || batch.isFull();
    }

    /**
     * Posts what has not been posted; commits by returning.
     *
     * @throws IOException if it could not be posted, or was refused
     */
    public void flush() throws IOException {
        if (batch.records() > 0) {
            try {
                postBatch();
            } catch (ContentRefusedException refused) {
                throw refusedTogether(refused);
            }
        }
        bytesWritten += acknowledged;
        singly = Math.max(0, singly - offered);
        forget();
    }

    private IOException refusedTogether(ContentRefusedException refused) {
        singly = offered;
        String message = refused.getMessage() + "; the " + batch.records() + " records are sent again one by one";
        if (refused.isTooLarge() && batch.records() > 1) {
            message += ", and from now on about " + batch.shrink() + " bytes at a time";
        }
        return new IOException(message, refused);
    }

    /** Forgets what was emitted since the last commit. */
    public void rollback() {
        forget();
    }

    private void forget() {
        offered = 0;
        acknowledged = 0;
        batch.clear();
    }

    /**
     * Formatted bytes that were committed.
     *
     * @return a number that only grows
     */
    public long bytesWritten() {
        return bytesWritten;
    }
}
