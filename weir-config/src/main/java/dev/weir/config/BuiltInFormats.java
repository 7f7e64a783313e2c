package dev.weir.config;

import dev.weir.format.Colours;
import dev.weir.format.Formatter;
import dev.weir.format.JsonFormatter;
import dev.weir.format.TextFormatter;
import dev.weir.spi.Key;
import dev.weir.spi.Kind;
import dev.weir.spi.Settings;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** The types of formatters that are there without being looked for. */
final class BuiltInFormats {
    private static final Key<String> JSON_PRESET = Key.oneOf(
                    "preset", Words.of("weir", "python", "ecs", "logstash", "gelf", "gcp"))
            .otherwise("weir")
            .says("How times and levels look, and which fields there are under which names.");
    /** Each is tried by itself, so that a wrong one is reported in its own place. */
    private static final Kind<String> FIELD = Kind.text().as(name -> {
        JsonFormatter.builder().fields(List.of(name));
        return name;
    });

    private static final Key<Consumer<JsonFormatter.Builder>> FIELDS = Key.of(
                    "fields",
                    Kind.listOf(FIELD)
                            .<Consumer<JsonFormatter.Builder>>as(names -> builder -> builder.fields(names))
                            .or(Kind.named(FIELD).as(sources -> builder -> builder.fields(sources))))
            .says("Chooses and orders the fields: a list, under the names of the preset, or NAME: field.");
    private static final Key<Map<String, String>> ADD =
            Key.namedTexts("add").says("Members that are the same in every record.");
    private static final Key<Boolean> NESTED = Key.bool("nested")
            .otherwise(false)
            .says("Whether dots in names of fields and of what add names make objects.");
    private static final Key<List<String>> INCLUDE = Key.texts("include")
            .otherwise(List.of())
            .says("Keys that are written, all by default; in a pattern * stands for any text, ? for any character.");
    private static final Key<List<String>> EXCLUDE =
            Key.texts("exclude").otherwise(List.of()).says("And which of these are not.");
    private static final Key<Settings> CONTEXT =
            Key.section("context", INCLUDE, EXCLUDE).says("Which keys of the context (MDC) are written.");
    private static final Key<Settings> KEY_VALUES =
            Key.section("key-values", INCLUDE, EXCLUDE).says("Which key-values are written, by their keys.");
    private static final Key<Integer> MAX_FRAMES = Key.number("max-frames")
            .says("So many frames of each throwable are written, all by default; how many are not is told.");
    private static final Key<Boolean> ROOT_FIRST = Key.bool("root-first")
            .otherwise(false)
            .says("Whether the root cause comes first, and each throwable after its cause.");
    private static final Key<Boolean> SHORTEN_PACKAGES = Key.bool("shorten-packages")
            .otherwise(false)
            .says("Whether the packages of frames become initials, as o.h.i.Session.");
    private static final Key<Settings> EXCEPTION =
            Key.section("exception", MAX_FRAMES, ROOT_FIRST, SHORTEN_PACKAGES).says("How throwables are written.");
    private static final Key<String> HOST =
            Key.text("host").says("The value of the field host; by default what the system says.");
    private static final Key<String> PROJECT =
            Key.text("project").says("Of the preset gcp: the project that has the traces.");

    private static final Key<String> FORMAT = Key.text("format").says("In Python's % style.");
    private static final Key<String> PATTERN =
            Key.text("pattern").says("In the place of format: in the words of Logback and Log4j 2.");
    private static final Key<String> TEXT_PRESET = Key.oneOf("preset", Words.of("python", "pretty"))
            .says("In the place of format or pattern: pretty for people at a terminal.");
    private static final Key<String> DATEFMT = Key.text("datefmt")
            .says("How asctime looks, in the words of strftime; by default as 2024-05-20 14:32:11,123.");
    private static final Key<ZoneId> ZONE = Key.text("zone")
            .as(BuiltInFormats::zone)
            .says("Of times that do not say their own, as UTC or Europe/Berlin; the system's by default.");
    private static final Key<Map<String, String>> DEFAULTS =
            Key.namedTexts("defaults").says("What is printed for a name that a record does not have.");
    private static final Key<Colours> COLOURS = Key.oneOf(
                    "colours", Words.of(colours -> colours.name().toLowerCase(Locale.ROOT), Colours.values()))
            .otherwise(Colours.AUTO)
            .says("Whether there are colours; auto: on a terminal.");

    private BuiltInFormats() {}

    /** In the order in which messages name them. */
    static List<BuiltIn<Formatter>> all() {
        return List.of(
                new BuiltIn<>(
                        "json",
                        List.of(JSON_PRESET, FIELDS, ADD, NESTED, CONTEXT, KEY_VALUES, EXCEPTION, ZONE, HOST, PROJECT),
                        BuiltInFormats::json),
                new BuiltIn<>(
                        "text",
                        List.of(FORMAT, PATTERN, TEXT_PRESET, DATEFMT, ZONE, DEFAULTS, COLOURS),
                        BuiltInFormats::text));
    }

    private static Formatter json(Settings settings) {
        JsonFormatter.Builder builder = JsonFormatter.builder();
        settings.give(JSON_PRESET, builder::preset);
        settings.give(FIELDS, fields -> fields.accept(builder));
        settings.give(ADD, added -> added.forEach(builder::add));
        builder.nested(settings.get(NESTED));
        settings.give(CONTEXT, keys -> builder.contextKeys(keys.get(INCLUDE), keys.get(EXCLUDE)));
        settings.give(KEY_VALUES, keys -> builder.keyValueKeys(keys.get(INCLUDE), keys.get(EXCLUDE)));
        Settings exception = settings.get(EXCEPTION);
        exception.give(MAX_FRAMES, builder::maxFrames);
        builder.rootFirst(exception.get(ROOT_FIRST)).shortenPackages(exception.get(SHORTEN_PACKAGES));
        settings.give(ZONE, builder::zone);
        settings.give(HOST, builder::host);
        settings.give(PROJECT, builder::project);
        return builder.build();
    }

    private static Formatter text(Settings settings) {
        TextFormatter.Builder builder = TextFormatter.builder();
        String beside = settings.has(FORMAT) ? "beside format" : settings.has(PATTERN) ? "beside pattern" : "";
        settings.give(FORMAT, builder::format);
        settings.give(PATTERN, pattern -> {
            refuse(settings.has(FORMAT), "beside format (expected: one of the two)");
            builder.pattern(pattern);
        });
        settings.give(TEXT_PRESET, preset -> {
            refuse(!beside.isEmpty(), beside + " (expected: one of the two)");
            builder.preset(preset);
        });
        settings.give(DATEFMT, datefmt -> {
            boolean pretty = settings.find(TEXT_PRESET).filter("pretty"::equals).isPresent();
            refuse(
                    settings.has(PATTERN) || pretty,
                    "beside a layout that has no asctime (expected: a time pattern within %d{…})");
            builder.datefmt(datefmt);
        });
        settings.give(ZONE, builder::zone);
        settings.give(DEFAULTS, builder::defaults);
        settings.give(COLOURS, builder::colours);
        return builder.build();
    }

    private static void refuse(boolean wrong, String problem) {
        if (wrong) {
            throw new IllegalArgumentException(problem);
        }
    }

    private static ZoneId zone(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(Text.quoted(id) + " (expected: a zone, as UTC or Europe/Berlin)", e);
        }
    }
}
