package dev.weir.config;

import dev.weir.Level;
import dev.weir.filter.DuplicatesFilter;
import dev.weir.filter.Filter;
import dev.weir.filter.KeyValueFilter;
import dev.weir.filter.MarkerFilter;
import dev.weir.filter.MaskFilter;
import dev.weir.filter.NameFilter;
import dev.weir.filter.RateLimitFilter;
import dev.weir.handler.ConsoleHandler;
import dev.weir.handler.Handler;
import dev.weir.handler.MemoryHandler;
import dev.weir.handler.NullHandler;
import dev.weir.spi.Settings;
import dev.weir.spi.TypeFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A type that is there without being looked for.
 *
 * @param <T> what it makes
 * @param type its name
 * @param maker reads the keys of one
 */
record BuiltIn<T>(String type, Function<Settings, T> maker) implements TypeFactory<T> {
    private static final Map<String, ConsoleHandler.Stream> STREAMS = streams();
    private static final Map<String, Boolean> ACCEPTING = accepting();
    private static final Map<String, MaskFilter.Form> FORMS = forms();
    private static final int RECORDS = 10;
    private static final Duration PER = Duration.ofSeconds(1);
    private static final Duration WINDOW = Duration.ofSeconds(10);

    /** In the order in which messages name them. */
    static List<BuiltIn<Handler>> handlers() {
        return List.of(
                new BuiltIn<>("console", BuiltIn::console),
                new BuiltIn<>("file", LogFiles::handler),
                new BuiltIn<>("memory", BuiltIn::memory),
                new BuiltIn<>("null", settings -> new NullHandler()));
    }

    /** In the order in which messages name them. */
    static List<BuiltIn<Filter>> filters() {
        return List.of(
                new BuiltIn<>("name", BuiltIn::name),
                new BuiltIn<>("marker", BuiltIn::marker),
                new BuiltIn<>("key-value", BuiltIn::keyValue),
                new BuiltIn<>("rate-limit", BuiltIn::rateLimit),
                new BuiltIn<>("duplicates", settings -> new DuplicatesFilter(settings.duration("window", WINDOW))),
                new BuiltIn<>("mask", BuiltIn::mask));
    }

    @Override
    public T create(Settings settings) {
        return maker.apply(settings);
    }

    private static Handler console(Settings settings) {
        ConsoleHandler.Stream stream = settings.oneOf("stream", STREAMS, ConsoleHandler.Stream.STDOUT);
        long maxLine = settings.bytes("max-line", Integer.MAX_VALUE);
        return new ConsoleHandler(stream, settings.formatter(), (int) Math.min(maxLine, Integer.MAX_VALUE));
    }

    private static Map<String, ConsoleHandler.Stream> streams() {
        Map<String, ConsoleHandler.Stream> streams = new LinkedHashMap<>();
        streams.put("stdout", ConsoleHandler.Stream.STDOUT);
        streams.put("stderr", ConsoleHandler.Stream.STDERR);
        return streams;
    }

    private static Handler memory(Settings settings) {
        String target = settings.text("target");
        long capacity = settings.bytes("capacity", MemoryHandler.DEFAULT_CAPACITY_BYTES);
        Level flush = settings.level("flush-level", Level.ERROR);
        Level pass = settings.level("pass-level", flush);
        boolean perTrace = settings.bool("per-trace", false);
        boolean flushOnClose = settings.bool("flush-on-close", false);
        return MemoryHandler.builder(target)
                .capacity(capacity)
                .flushLevel(flush)
                .passLevel(pass)
                .perTrace(perTrace)
                .flushOnClose(flushOnClose)
                .build();
    }

    // filters

    private static Map<String, Boolean> accepting() {
        Map<String, Boolean> accepting = new LinkedHashMap<>();
        accepting.put("accept", true);
        accepting.put("reject", false);
        return accepting;
    }

    private static boolean accepts(Settings settings) {
        return settings.oneOf("on-match", ACCEPTING, true);
    }

    private static Filter name(Settings settings) {
        String name = settings.text("name");
        return accepts(settings) ? NameFilter.only(name) : NameFilter.except(name);
    }

    private static Filter marker(Settings settings) {
        String marker = settings.text("marker");
        return accepts(settings) ? MarkerFilter.only(marker) : MarkerFilter.except(marker);
    }

    private static Filter keyValue(Settings settings) {
        String key = settings.text("key");
        List<String> values = settings.texts("values", List.of());
        return accepts(settings) ? KeyValueFilter.only(key, values) : KeyValueFilter.except(key, values);
    }

    private static Filter mask(Settings settings) {
        List<String> keys = settings.texts("keys", List.of());
        boolean defaultKeys = settings.bool("default-keys", true);
        List<String> forms = settings.texts("detect", List.copyOf(FORMS.keySet()));
        List<String> expressions = settings.texts("expressions", List.of());
        String mask = settings.text("mask", MaskFilter.DEFAULT_MASK);
        return MaskFilter.builder()
                .keys(keys)
                .defaultKeys(defaultKeys)
                .forms(forms.stream().map(BuiltIn::form).collect(Collectors.toSet()))
                .expressions(expressions)
                .mask(mask)
                .build();
    }

    private static MaskFilter.Form form(String name) {
        MaskFilter.Form form = FORMS.get(name);
        if (form == null) {
            throw new IllegalArgumentException(
                    "detect: \"" + name + "\" (expected: " + String.join(", ", FORMS.keySet()) + ")");
        }
        return form;
    }

    private static Map<String, MaskFilter.Form> forms() {
        Map<String, MaskFilter.Form> forms = new LinkedHashMap<>();
        forms.put("card", MaskFilter.Form.CARD);
        forms.put("bearer", MaskFilter.Form.BEARER);
        return forms;
    }

    private static Filter rateLimit(Settings settings) {
        return new RateLimitFilter(settings.number("records", RECORDS), settings.duration("per", PER));
    }
}
