package dev.weir.benchmarks.formats;

import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import dev.weir.Level;
import dev.weir.record.LogRecord;
import dev.weir.testkit.RecordMaker;
import dev.weir.testkit.Records;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.helpers.BasicMarkerFactory;

/** One call as a record of Weir's and as an event of Logback's. */
final class Sample {
    private static final long TIME = 1_716_215_531_123_456_780L;
    private static final String LOGGER = "shop.Till";
    private static final String THREAD = "till-1";

    private final RecordMaker ours = Records.make();
    private final LoggingEvent theirs = new LoggingEvent();
    private final Map<String, String> context = new HashMap<>();

    Sample(Level level, String template, Object... arguments) {
        ours.level(level)
                .message(template, arguments)
                .logger(LOGGER)
                .thread(THREAD, 7)
                .time(TIME);
        theirs.setLevel(ch.qos.logback.classic.Level.toLevel(level.name()));
        theirs.setMessage(template);
        theirs.setArgumentArray(arguments);
        theirs.setLoggerName(LOGGER);
        theirs.setThreadName(THREAD);
        theirs.setInstant(Instant.ofEpochSecond(0, TIME));
        theirs.setCallerData(new StackTraceElement[0]); // or else it looks for one
    }

    static Sample of(String template, Object... arguments) {
        return new Sample(Level.INFO, template, arguments);
    }

    Sample context(String key, String value) {
        ours.context(key, value);
        context.put(key, value);
        return this;
    }

    Sample keyValue(String key, @Nullable Object value) {
        ours.keyValue(key, value);
        theirs.addKeyValuePair(new KeyValuePair(key, value));
        return this;
    }

    /** As instrumentation hands it to Logback, in the MDC. */
    Sample trace(String traceId, String spanId) {
        ours.trace(traceId, spanId, 1);
        context.put("trace_id", traceId);
        context.put("span_id", spanId);
        return this;
    }

    @SuppressWarnings("deprecation") // markers with references are what it is about
    Sample marker(String name, String reference) {
        ours.marker(name).marker(reference);
        BasicMarkerFactory markers = new BasicMarkerFactory();
        Marker marker = markers.getDetachedMarker(name);
        marker.add(markers.getDetachedMarker(reference));
        theirs.addMarker(marker);
        return this;
    }

    Sample caller(StackTraceElement caller) {
        ours.caller(caller);
        theirs.setCallerData(new StackTraceElement[] {caller});
        return this;
    }

    Sample thrown(Throwable thrown) {
        ours.cause(thrown);
        theirs.setThrowableProxy(new ThrowableProxy(thrown));
        return this;
    }

    LogRecord ours() {
        return ours.record();
    }

    LoggingEvent theirs() {
        theirs.setMDCPropertyMap(context);
        return theirs;
    }

    /** All there are, by what is special about them. */
    static Map<String, Sample> all() {
        Map<String, Sample> all = new LinkedHashMap<>();
        for (Level level : List.of(Level.TRACE, Level.DEBUG, Level.INFO, Level.WARN, Level.ERROR)) {
            all.put(level.name(), new Sample(level, "paid {} {}", 12, "EUR"));
        }
        all.put(
                "values",
                Sample.of("m")
                        .context("user", "u1")
                        .keyValue("amount", 12)
                        .keyValue("ratio", 2.5)
                        .keyValue("ok", true)
                        .keyValue("items", List.of(1, "two"))
                        .keyValue("map", Map.of("k", 1))
                        .keyValue("nothing", null));
        all.put("object", Sample.of("m").keyValue("point", new Point(1, 2)));
        all.put("number as text", Sample.of("m").context("count", "42"));
        all.put("key twice", Sample.of("m").context("user", "context").keyValue("user", "call"));
        all.put(
                "keys of members",
                Sample.of("m")
                        .context("message", "forged")
                        .context("logger_name", "forged")
                        .context("id", "1"));
        all.put("strange key", Sample.of("m").context("a b", "c"));
        all.put("trace", Sample.of("m").trace("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"));
        all.put("markers", Sample.of("m").marker("A", "B"));
        all.put("caller", Sample.of("m").caller(new StackTraceElement("shop.Till", "pay", "Till.java", 7)));
        all.put("thrown", new Sample(Level.ERROR, "failed").thrown(thrown("no stock", null)));
        all.put("cause", new Sample(Level.ERROR, "failed").thrown(thrown("top", thrown("no stock", null))));
        all.put("controls", Sample.of("a\r\n\t\"\\/\u001b[2J\u0085\u2028\ud83d\ude00b"));
        all.put("half a character", Sample.of("a\ud83d"));
        all.put("blank", Sample.of(" "));
        return all;
    }

    record Point(int x, int y) {}

    private static Throwable thrown(String message, @Nullable Throwable cause) {
        Throwable thrown = new IllegalStateException(message, cause);
        thrown.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("shop.Stock", cause == null ? "take" : "sell", "Stock.java", 12),
            new StackTraceElement("shop.Till", "main", "Till.java", 3)
        });
        return thrown;
    }
}
