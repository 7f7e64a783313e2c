package dev.weir.config;

import dev.weir.filter.DuplicatesFilter;
import dev.weir.filter.Filter;
import dev.weir.filter.KeyValueFilter;
import dev.weir.filter.MarkerFilter;
import dev.weir.filter.MaskFilter;
import dev.weir.filter.NameFilter;
import dev.weir.filter.RateLimitFilter;
import dev.weir.spi.Key;
import dev.weir.spi.Kind;
import dev.weir.spi.Settings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The types of filters that are there without being looked for. */
final class BuiltInFilters {
    private static final Duration DAY = Duration.ofDays(1);

    private static final Key<Boolean> ON_MATCH = Key.oneOf("on-match", accepting())
            .otherwise(true)
            .says("Whether what matches is the only thing that is accepted, or the only thing that is not.");
    private static final Key<String> NAME =
            Key.text("name").required().says("What comes from this logger or from below it matches.");
    private static final Key<String> MARKER = Key.text("marker").required().says("What has it matches.");
    private static final Key<String> KEY = Key.text("key")
            .required()
            .says(
                    "What has this key matches, among the key-values or else in the context (MDC); at a logger in the context.");
    private static final Key<List<String>> VALUES =
            Key.texts("values").otherwise(List.of()).says("And one of these values; any by default.");

    private static final Key<Integer> RECORDS = Key.number("records")
            .from(1)
            .otherwise(10)
            .says("So many records of a call site are accepted in each period.");
    private static final Key<Duration> PER = Key.duration("per")
            .from(Duration.ofNanos(1))
            .upTo(DAY)
            .otherwise(Duration.ofSeconds(1))
            .says("The period, from the first of them on; at its end one record says how many more there were.");
    private static final Key<Duration> WINDOW = Key.duration("window")
            .from(Duration.ofNanos(1))
            .upTo(DAY)
            .otherwise(Duration.ofSeconds(10))
            .says(
                    "Of equal records the first is accepted, and when this time is over one record says how often it was repeated.");

    private static final Key<List<String>> KEYS = Key.texts("keys")
            .otherwise(List.of())
            .says(
                    "Whole keys, * for any characters and ? for one, in upper or lower case; what stands behind one is masked.");
    private static final Key<Boolean> DEFAULT_KEYS = Key.bool("default-keys")
            .otherwise(true)
            .says("Whether what stands behind passwords, secrets, tokens, keys, cookies and authorization is masked.");
    private static final Key<List<MaskFilter.Form>> DETECT = Key.of(
                    "detect",
                    Kind.listOf(Kind.words(
                            Words.of(form -> form.name().toLowerCase(Locale.ROOT), MaskFilter.Form.values()))))
            .otherwise(List.of(MaskFilter.Form.values()))
            .says("What is masked wherever it stands in a text; all of these by default.");
    private static final Key<List<String>> EXPRESSIONS =
            Key.texts("expressions").otherwise(List.of()).says("Regular expressions; what they match is masked.");
    private static final Key<String> MASK =
            Key.text("mask").otherwise(MaskFilter.DEFAULT_MASK).says("What stands for it, 1 to 64 bytes.");

    private BuiltInFilters() {}

    private static Map<String, Boolean> accepting() {
        Map<String, Boolean> accepting = new LinkedHashMap<>();
        accepting.put("accept", true);
        accepting.put("reject", false);
        return accepting;
    }

    /** In the order in which messages name them. */
    static List<BuiltIn<Filter>> all() {
        return List.of(
                new BuiltIn<>("name", List.of(NAME, ON_MATCH), BuiltInFilters::name),
                new BuiltIn<>("marker", List.of(MARKER, ON_MATCH), BuiltInFilters::marker),
                new BuiltIn<>("key-value", List.of(KEY, VALUES, ON_MATCH), BuiltInFilters::keyValue),
                new BuiltIn<>(
                        "rate-limit",
                        List.of(RECORDS, PER),
                        settings -> new RateLimitFilter(settings.get(RECORDS), settings.get(PER))),
                new BuiltIn<>("duplicates", List.of(WINDOW), settings -> new DuplicatesFilter(settings.get(WINDOW))),
                new BuiltIn<>("mask", List.of(KEYS, DEFAULT_KEYS, DETECT, EXPRESSIONS, MASK), BuiltInFilters::mask));
    }

    private static Filter name(Settings settings) {
        String name = settings.get(NAME);
        return settings.get(ON_MATCH) ? NameFilter.only(name) : NameFilter.except(name);
    }

    private static Filter marker(Settings settings) {
        String marker = settings.get(MARKER);
        return settings.get(ON_MATCH) ? MarkerFilter.only(marker) : MarkerFilter.except(marker);
    }

    private static Filter keyValue(Settings settings) {
        String key = settings.get(KEY);
        List<String> values = settings.get(VALUES);
        return settings.get(ON_MATCH) ? KeyValueFilter.only(key, values) : KeyValueFilter.except(key, values);
    }

    private static Filter mask(Settings settings) {
        MaskFilter.Builder builder =
                MaskFilter.builder().defaultKeys(settings.get(DEFAULT_KEYS)).forms(Set.copyOf(settings.get(DETECT)));
        settings.give(KEYS, builder::keys);
        settings.give(EXPRESSIONS, builder::expressions);
        settings.give(MASK, builder::mask);
        return builder.build();
    }
}
