package dev.weir.http;

import dev.weir.handler.Handler;
import dev.weir.http.internal.Batch;
import dev.weir.http.internal.HttpTransport;
import dev.weir.spi.HandlerFactory;
import dev.weir.spi.Key;
import dev.weir.spi.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The type {@code http} of a configuration: an {@link HttpHandler}. What it may say is in {@code docs/configuration.md}.
 */
public final class HttpHandlerFactory implements HandlerFactory {
    private static final Duration HOUR = Duration.ofHours(1);

    private static final Key<URI> URL = Key.text("url")
            .secret()
            .as(HttpHandlerFactory::uri)
            .says("Where batches are posted: an address of scheme http or https, without user-info and fragment.");
    private static final Key<Map<String, String>> HEADERS =
            Key.namedTexts("headers").secret().says("Headers of each request.");
    private static final Key<Boolean> COMPRESSION =
            Key.oneOf("compression", compression()).otherwise(false).says("How bodies are compressed.");
    private static final Key<Duration> TIMEOUT = Key.duration("timeout")
            .from(Duration.ofNanos(1))
            .upTo(HOUR)
            .otherwise(HttpTransport.DEFAULT_TIMEOUT)
            .says("The longest time of one exchange, connection and answer included.");
    private static final Key<Integer> RECORDS = Key.number("records")
            .from(1)
            .otherwise(Batch.Limits.DEFAULT.records())
            .says("So many records are a full batch.");
    private static final Key<Long> BYTES = Key.bytes("bytes")
            .from(1L)
            .upTo((long) Integer.MAX_VALUE)
            .otherwise((long) Batch.Limits.DEFAULT.bytes())
            .says("So many bytes are one, before compression.");
    private static final Key<Duration> DELAY = Key.duration("delay")
            .upTo(HOUR)
            .otherwise(Batch.Limits.DEFAULT.delay())
            .says("How long a record may wait for others.");
    private static final Key<Settings> BATCH =
            Key.section("batch", RECORDS, BYTES, DELAY).says("What is sent at once.");
    private static final List<Key<?>> KEYS =
            List.of(URL.required(), HEADERS, COMPRESSION, TIMEOUT, BATCH, Key.formatter());

    /** Called by {@link java.util.ServiceLoader}. */
    public HttpHandlerFactory() {}

    private static Map<String, Boolean> compression() {
        Map<String, Boolean> gzip = new LinkedHashMap<>();
        gzip.put("none", false);
        gzip.put("gzip", true);
        return gzip;
    }

    @Override
    public String type() {
        return "http";
    }

    @Override
    public List<Key<?>> keys() {
        return KEYS;
    }

    /** Makes a handler. No message shows the value of a header, or the address, which may hold a key. */
    @Override
    public Handler create(Settings settings) {
        Settings batch = settings.get(BATCH);
        HttpHandler.Builder builder = HttpHandler.builder(settings.get(URL))
                .gzip(settings.get(COMPRESSION))
                .timeout(settings.get(TIMEOUT))
                .batchRecords(batch.get(RECORDS))
                .batchBytes(Math.toIntExact(batch.get(BYTES)))
                .batchDelay(batch.get(DELAY))
                .formatter(settings.get(Key.formatter()));
        settings.give(HEADERS, headers -> headers.forEach(builder::header));
        return builder.build();
    }

    /** {@link URI#create} would quote all of it. */
    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException(malformed.getReason() + ", at index " + malformed.getIndex()
                    + " (expected: an address of scheme http or https)");
        }
    }
}
