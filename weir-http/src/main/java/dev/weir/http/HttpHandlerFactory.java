package dev.weir.http;

import dev.weir.format.Formatter;
import dev.weir.handler.Handler;
import dev.weir.http.internal.Batch;
import dev.weir.http.internal.HttpTransport;
import dev.weir.spi.HandlerFactory;
import dev.weir.spi.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The type {@code http} of a configuration: an {@link HttpHandler}. What it may say is in {@code docs/configuration.md}.
 */
public final class HttpHandlerFactory implements HandlerFactory {
    private static final Map<String, Boolean> COMPRESSION = compression();

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

    /**
     * Makes a handler. No message shows the value of a header, or the address, which may hold a key.
     *
     * @throws IllegalArgumentException if the handler refuses a setting; its message begins with the key
     */
    @Override
    public Handler create(Settings settings) {
        String url = settings.text("url");
        Map<String, String> headers = settings.namedTexts("headers", Map.of());
        boolean gzip = settings.oneOf("compression", COMPRESSION, false);
        Duration timeout = settings.duration("timeout", HttpTransport.DEFAULT_TIMEOUT);
        Settings batch = settings.section("batch");
        int records = batch.number("records", Batch.Limits.DEFAULT.records());
        long bytes = batch.bytes("bytes", Batch.Limits.DEFAULT.bytes());
        Duration delay = batch.duration("delay", Batch.Limits.DEFAULT.delay());
        Formatter formatter = settings.formatter();

        HttpHandler.Builder builder = HttpHandler.builder(uri(url))
                .gzip(gzip)
                .timeout(timeout)
                .batchRecords(records)
                .batchBytes(intBytes(bytes))
                .batchDelay(delay)
                .formatter(formatter);
        headers.forEach(builder::header);
        return builder.build();
    }

    /** {@link URI#create} would quote all of it. */
    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException("url: " + malformed.getReason() + ", at index " + malformed.getIndex()
                    + " (expected: an address of scheme http or https)");
        }
    }

    private static int intBytes(long bytes) {
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("batch.bytes: " + bytes + " (expected: less than 2GiB)");
        }
        return (int) bytes;
    }
}
