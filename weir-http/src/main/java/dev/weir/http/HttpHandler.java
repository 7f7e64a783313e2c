package dev.weir.http;

import dev.weir.format.Formatter;
import dev.weir.format.JsonFormatter;
import dev.weir.handler.Handler;
import dev.weir.http.internal.Batch;
import dev.weir.http.internal.BatchPoster;
import dev.weir.http.internal.HttpTransport;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/**
 * Sends batches of JSON lines to a collector, by POST with content type {@code application/x-ndjson}, at least once: a
 * batch whose acknowledgement did not arrive comes again.
 *
 * <p><b>Commit.</b> A batch is written when the collector has answered with 2xx, and not before. One request is on its way
 * at a time, so records stay in order.
 *
 * <p><b>Failures.</b> A collector that cannot be reached, does not answer in time, or answers with 408, 425, 429 or 5xx
 * gets the records later; {@code Retry-After} is kept, up to 30 seconds. With 3xx, 401, 403, 404 and the like the set-up is
 * wrong: the records wait too, within the handler's backlog, and diagnostics say what to check. With 400, 413 or 422 the
 * content is refused: then the records of that batch are sent one by one, and one that is refused alone is dropped and
 * counted as {@code rejected}. After a 413, later batches hold about half as many bytes.
 *
 * <p><b>Secrets.</b> The values of headers and the query of the address are in no message and no {@code toString}.
 *
 * <p>Interrupts of the worker cost nothing. Records that are logged after the end of the pipeline are not sent.
 */
public final class HttpHandler implements Handler {
    private static final String CONTENT_TYPE = "application/x-ndjson";

    private final HttpTransport transport;
    private final BatchPoster poster;
    private final Duration delay;

    private HttpHandler(Builder builder) {
        HttpTransport way = builder.transport.build();
        transport = way;
        poster = new BatchPoster(
                new Batch(builder.formatter, builder.limits),
                (bytes, length) -> way.post(CONTENT_TYPE, bytes, length)); // its answer has nothing to tell
        delay = builder.limits.delay();
    }

    /**
     * A handler that posts JSON.
     *
     * @param uri of the collector: absolute, of scheme http or https, without user-info and fragment
     * @return a handler to set up
     * @throws IllegalArgumentException if it is another kind of address
     */
    public static Builder builder(URI uri) {
        return new Builder(uri);
    }

    @Override
    public boolean emit(LogRecord record) throws IOException {
        return poster.emit(record);
    }

    @Override
    public boolean shouldFlush(LogRecord record) {
        return poster.shouldFlush();
    }

    @Override
    public Duration flushDelay() {
        return delay;
    }

    @Override
    public void flush() throws IOException {
        poster.flush();
    }

    @Override
    public void rollback() {
        poster.rollback();
    }

    @Override
    public void close(boolean abandoned) {
        transport.close();
    }

    /** Of the lines themselves, not of what became of them by compression. */
    @Override
    public long bytesWritten() {
        return poster.bytesWritten();
    }

    @Override
    public String toString() {
        return "http " + transport;
    }

    /** Sets up an {@link HttpHandler}. Used by one thread. */
    public static final class Builder {
        private final HttpTransport.Builder transport;
        private Formatter formatter = JsonFormatter.weir();
        private Batch.Limits limits = Batch.Limits.DEFAULT;

        private Builder(URI uri) {
            transport = HttpTransport.builder(uri);
        }

        /**
         * How records look; {@link JsonFormatter#weir()} by default.
         *
         * @param chosen belongs to the handler from now on
         * @return this
         */
        public Builder formatter(Formatter chosen) {
            formatter = Objects.requireNonNull(chosen, "formatter");
            return this;
        }

        /**
         * A header of every request. Its value may be a secret: nothing shows it.
         *
         * @param name a later one of the same name replaces it
         * @param value of printable characters
         * @return this
         * @throws IllegalArgumentException if the name or the value is malformed, or the header is set by the handler itself
         */
        public Builder header(String name, String value) {
            transport.header(name, value);
            return this;
        }

        /**
         * Whether batches are compressed; false by default.
         *
         * @param compressed true for gzip
         * @return this
         */
        public Builder gzip(boolean compressed) {
            transport.gzip(compressed);
            return this;
        }

        /**
         * The longest time of one exchange, connection and answer included; 10 seconds by default.
         *
         * @param longest more than zero, at most an hour
         * @return this
         * @throws IllegalArgumentException if it is out of that range
         */
        public Builder timeout(Duration longest) {
            transport.timeout(longest);
            return this;
        }

        /**
         * How many records make a batch full; 512 by default.
         *
         * @param count at least 1
         * @return this
         * @throws IllegalArgumentException if it is less
         */
        public Builder batchRecords(int count) {
            limits = new Batch.Limits(count, limits.bytes(), limits.delay());
            return this;
        }

        /**
         * At how many bytes a batch is full, before compression; 1 MiB by default. The record that reaches the limit still
         * belongs to it.
         *
         * @param bytes at least 1
         * @return this
         * @throws IllegalArgumentException if it is less
         */
        public Builder batchBytes(int bytes) {
            limits = new Batch.Limits(limits.records(), bytes, limits.delay());
            return this;
        }

        /**
         * How long a record may wait for others; 1 second by default.
         *
         * @param longest zero to send as soon as no more is at hand; at most an hour
         * @return this
         * @throws IllegalArgumentException if it is out of that range
         */
        public Builder batchDelay(Duration longest) {
            limits = new Batch.Limits(limits.records(), limits.bytes(), longest);
            return this;
        }

        /**
         * Ends the set-up; nothing is connected.
         *
         * @return the handler
         */
        public HttpHandler build() {
            return new HttpHandler(this);
        }
    }
}
