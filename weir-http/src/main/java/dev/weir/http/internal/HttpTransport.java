package dev.weir.http.internal;

import dev.weir.record.ByteOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The way to one address by HTTP POST, whatever is posted. Used by one thread.
 *
 * <p>A post that returns has been acknowledged with a status of 2xx. What else may happen is an {@link IOException}, whose
 * message says where, which status, and how the answer's body begins, and never what the headers of the request say:
 *
 * <pre>
 *  status                        thrown                    what it means
 *  400, 413, 422                 ContentRefusedException   this content is not taken
 *  408, 425, 429, 5xx            IOException               not now; Retry-After is kept, up to 30 s
 *  3xx, 401, 403, 404, others    IOException               the set-up is wrong, and what to check
 *  none                          IOException               no connection, a broken one, no answer in time
 * </pre>
 *
 * <p>As long as the server has asked to be left alone, a post fails at once.
 */
public final class HttpTransport {
    /** Of one exchange. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    private static final int EXCERPT_CHARACTERS = 200;
    private static final int LEAST_SECRET_CHARACTERS = 4;

    private final URI uri;
    private final String place;
    private final Map<String, String> headers;
    private final boolean gzip;
    private final Duration timeout;
    private final LongSupplier nanoTime;

    private @Nullable Client client;
    private boolean waiting;
    private long waitUntilNanos;

    private HttpTransport(Builder builder) {
        uri = builder.uri;
        place = place(uri);
        headers = Map.copyOf(builder.headers);
        gzip = builder.gzip;
        timeout = builder.timeout;
        nanoTime = builder.nanoTime;
    }

    /**
     * A way to an address.
     *
     * @param uri absolute, of scheme http or https, without user-info and fragment
     * @return a transport to set up
     * @throws IllegalArgumentException if it is another kind of address
     */
    public static Builder builder(URI uri) {
        return new Builder(uri);
    }

    /**
     * Posts content and waits until it has been acknowledged.
     *
     * @param contentType what it is
     * @param bytes lent for the call
     * @param length how many of them count
     * @return the answer's body, 64 KiB of it at most
     * @throws ContentRefusedException if the server does not take this content
     * @throws IOException if it was not acknowledged for another reason
     */
    public byte[] post(String contentType, byte[] bytes, int length) throws IOException {
        failWhileAskedToWait();
        Client.Answer answer = exchange(request(contentType, bytes, length));
        int status = answer.status();
        Verdict verdict = Verdict.of(status);
        if (verdict == Verdict.ACKNOWLEDGED) {
            return answer.body();
        }
        String message = place + ": answered " + status + excerpt(answer.body());
        if (verdict == Verdict.CONTENT_REFUSED) {
            throw new ContentRefusedException(message, status == Verdict.TOO_LARGE);
        }
        throw new IOException(message + " (" + advice(verdict, status, answer.headers()) + ")");
    }

    private HttpRequest request(String contentType, byte[] bytes, int length) throws IOException {
        // a copy, which the client may still be reading when the time of an exchange is over
        byte[] body = gzip ? compressed(bytes, length) : Arrays.copyOf(bytes, length);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofByteArray(body));
        headers.forEach(request::setHeader);
        request.setHeader("Content-Type", contentType);
        if (gzip) {
            request.setHeader("Content-Encoding", "gzip");
        }
        return request.build();
    }

    private static byte[] compressed(byte[] bytes, int length) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(length / 4 + 64);
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(bytes, 0, length);
        }
        return compressed.toByteArray();
    }

    private Client.Answer exchange(HttpRequest request) throws IOException {
        try {
            Client open = client;
            if (open == null) {
                open = new Client(timeout);
                client = open;
            }
            return open.send(request, timeout.toNanos());
        } catch (ExecutionException failed) {
            close(); // whatever it was that broke: the next exchange has nothing of it
            Throwable cause = Objects.requireNonNullElse(failed.getCause(), failed);
            throw new IOException(place + ": " + text(cause), cause);
        } catch (IOException failed) {
            throw new IOException(place + ": " + failed.getMessage(), failed);
        }
    }

    /** The client's own exceptions often have no message. */
    private static String text(Throwable cause) {
        String message = cause.getMessage();
        return cause.getClass().getSimpleName() + (message == null ? "" : ": " + escaped(message));
    }

    // answers

    private String advice(Verdict verdict, int status, HttpHeaders answered) {
        if (verdict == Verdict.MISDIRECTED) {
            return Verdict.hint(status);
        }
        Duration wait = RetryAfter.of(answered.firstValue("Retry-After"), answered.firstValue("Date"), Instant.now());
        if (wait.isZero()) {
            return "not now";
        }
        waiting = true;
        waitUntilNanos = nanoTime.getAsLong() + wait.toNanos();
        return "not within " + wait.toMillis() + " ms";
    }

    private void failWhileAskedToWait() throws IOException {
        if (!waiting) {
            return;
        }
        long leftNanos = waitUntilNanos - nanoTime.getAsLong();
        if (leftNanos > 0) {
            throw new IOException(place + ": has asked to be left alone for another "
                    + Duration.ofNanos(leftNanos).toMillis() + " ms (Retry-After)");
        }
        waiting = false;
    }

    /** How a body begins, on one line, without the headers that a server may have sent back with it. */
    private String excerpt(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        for (String value : headers.values()) {
            for (String word : value.split(" ", -1)) {
                text = word.length() < LEAST_SECRET_CHARACTERS ? text : text.replace(word, "***");
            }
        }
        if (text.isEmpty()) {
            return "";
        }
        boolean whole = text.codePointCount(0, text.length()) <= EXCERPT_CHARACTERS;
        String shown = whole ? text : text.substring(0, text.offsetByCodePoints(0, EXCERPT_CHARACTERS));
        return " \"" + escaped(shown) + (whole ? "\"" : "\"...");
    }

    private static String escaped(String text) {
        ByteOutput out = new ByteOutput(2 * text.length() + 16);
        out.putText(text, ByteOutput.Escape.TEXT);
        return out.toString();
    }

    // the end

    /** Closes the connection and ends all threads; a later post begins anew. */
    public void close() {
        Client open = client;
        client = null;
        if (open != null) {
            open.close();
        }
    }

    /** The address without its query, which may hold a key. */
    @Override
    public String toString() {
        return place;
    }

    private static String place(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority() + Objects.requireNonNullElse(uri.getRawPath(), "");
    }

    /** Sets up an {@link HttpTransport}. Used by one thread. */
    public static final class Builder {
        private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);
        private static final int MOST_PORTS = 65_535;
        private static final Set<String> OURS = Set.of("content-type", "content-encoding");

        private final URI uri;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private boolean gzip;
        private Duration timeout = DEFAULT_TIMEOUT;
        private LongSupplier nanoTime = System::nanoTime;

        private Builder(URI uri) {
            this.uri = Objects.requireNonNull(uri, "uri");
            check(uri);
        }

        /** No message quotes what may hold a password. */
        private static void check(URI uri) {
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (!scheme.equals("http") && !scheme.equals("https")) {
                throw new IllegalArgumentException("url: scheme " + uri.getScheme() + " (expected: http or https)");
            }
            if (String.valueOf(uri.getRawAuthority()).indexOf('@') >= 0) {
                throw new IllegalArgumentException("url: has user-info (expected: none; credentials go into a header)");
            }
            if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > MOST_PORTS) {
                throw new IllegalArgumentException("url: authority " + uri.getRawAuthority()
                        + " (expected: a host of letters, digits, '-' and '.', and a port of 1 to " + MOST_PORTS
                        + " or none)");
            }
            if (uri.getRawFragment() != null) {
                throw new IllegalArgumentException("url: has a fragment (expected: none)");
            }
        }

        /**
         * A header of every request. Its value may be a secret: nothing shows it.
         *
         * @param name a later one of the same name replaces it
         * @param value of printable characters
         * @return this
         * @throws IllegalArgumentException if the name or the value is malformed, or the header is set by the transport
         *     itself
         */
        public Builder header(String name, String value) {
            if (OURS.contains(name.toLowerCase(Locale.ROOT)) || !isTaken(name, value)) {
                throw new IllegalArgumentException("headers: " + escaped(name)
                        + " (expected: a name and a value as HTTP has them, and none that the client sets itself)");
            }
            headers.keySet().removeIf(name::equalsIgnoreCase);
            headers.put(name, value);
            return this;
        }

        /** Whether the client takes it; its own message would show the value. */
        private static boolean isTaken(String name, String value) {
            try {
                HttpRequest.newBuilder().setHeader(name, value);
                return true;
            } catch (IllegalArgumentException refused) {
                return false;
            }
        }

        /**
         * Whether content is compressed; false by default.
         *
         * @param compressed true for gzip
         * @return this
         */
        public Builder gzip(boolean compressed) {
            gzip = compressed;
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
            if (longest.isNegative() || longest.isZero() || longest.compareTo(LONGEST_TIMEOUT) > 0) {
                throw new IllegalArgumentException(
                        "timeout: " + longest + " (expected: more than zero, at most an hour)");
            }
            timeout = longest;
            return this;
        }

        /** The clock of Retry-After; {@link System#nanoTime} by default. */
        Builder nanoTime(LongSupplier clock) {
            nanoTime = clock;
            return this;
        }

        /**
         * Ends the set-up; nothing is connected.
         *
         * @return the transport
         */
        public HttpTransport build() {
            return new HttpTransport(this);
        }
    }
}
