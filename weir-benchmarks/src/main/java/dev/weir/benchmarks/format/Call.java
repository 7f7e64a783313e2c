package dev.weir.benchmarks.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an application says in one call.
 *
 * @param template with {@code {}} for each argument
 * @param arguments of the template
 * @param context what its thread carries
 * @param keyValues of the call
 * @param thrown what was thrown; null if nothing was
 */
record Call(
        String template,
        List<Object> arguments,
        Map<String, String> context,
        Map<String, Object> keyValues,
        @Nullable Throwable thrown) {
    static final String LOGGER = "shop.orders.Settlement";
    static final String THREAD = "settlement-worker-3";
    static final long THREAD_ID = 31;

    private static final int FRAMES = 40;
    private static final String[] CUSTOMERS = {"c-48213", "c-7", "acme-gmbh", "northwind-traders", "c-900142", "initech"
    };

    /** So many calls of a shape, whose names {@link Formatting#of} has. */
    static List<Call> all(String shape, int count) {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            calls.add(of(shape, i));
        }
        return calls;
    }

    private static Call of(String shape, int i) {
        List<Object> arguments = List.of(i * 37, CUSTOMERS[i % CUSTOMERS.length], i * 37L % 1_000_003);
        return switch (shape) {
            case "mdc" ->
                new Call(
                        "Order {} of customer {} settled in {} us", arguments, context("8c1f03d27ab4"), Map.of(), null);
            case "never-again" ->
                new Call(i + ": order {} of {} settled in {} us", arguments, context("8c1f03d2-" + i), Map.of(), null);
            case "key-values" -> new Call("Order settled", List.of(), context("8c1f03d27ab4"), keyValues(i), null);
            case "exception" -> new Call("Order refused", List.of(), context("8c1f03d27ab4"), Map.of(), thrown(0));
            case "exceptions" -> new Call("Order refused", List.of(), context("8c1f03d27ab4"), Map.of(), thrown(i));
            default -> throw new IllegalArgumentException(shape);
        };
    }

    private static Map<String, String> context(String request) {
        Map<String, String> context = new LinkedHashMap<>();
        context.put("tenant", "northwind");
        context.put("request", request);
        context.put("user", "u-118");
        return context;
    }

    private static Map<String, Object> keyValues(int i) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("order", i);
        values.put("customer", CUSTOMERS[i % CUSTOMERS.length]);
        values.put("micros", i * 37L % 1_000_003);
        values.put("amount", 12.5);
        values.put("currency", "EUR");
        values.put("items", 3);
        values.put("express", true);
        values.put("warehouse", "hh-02");
        values.put("attempt", 1);
        values.put("channel", "web");
        return values;
    }

    private static Exception thrown(int number) {
        StackTraceElement[] frames = new StackTraceElement[FRAMES];
        for (int i = 0; i < FRAMES; i++) {
            frames[i] = new StackTraceElement("shop.orders.Layer" + i, "handle", "Layer" + i + ".java", number + i);
        }
        Exception thrown = new IllegalStateException("no such order");
        thrown.setStackTrace(frames);
        return thrown;
    }
}
