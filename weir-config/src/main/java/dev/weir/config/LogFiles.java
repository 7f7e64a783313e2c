package dev.weir.config;

import dev.weir.format.Formatter;
import dev.weir.handler.Compression;
import dev.weir.handler.FileHandler;
import dev.weir.handler.Handler;
import dev.weir.handler.RollPeriod;
import dev.weir.handler.RotatingFileHandler;
import dev.weir.handler.Sync;
import dev.weir.spi.Settings;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Handlers of type {@code file}, with {@code rotate} or without. */
final class LogFiles {
    private static final Map<String, RollPeriod> PERIODS = periods();
    private static final Map<String, Compression> COMPRESSIONS = compressions();
    private static final Pattern EVERY = Pattern.compile("every\\((.*)\\)");
    private static final String LOCAL = "local";

    private LogFiles() {}

    private static Map<String, RollPeriod> periods() {
        Map<String, RollPeriod> periods = new LinkedHashMap<>();
        periods.put("minute", RollPeriod.MINUTE);
        periods.put("hour", RollPeriod.HOUR);
        periods.put("day", RollPeriod.DAY);
        periods.put("week", RollPeriod.WEEK);
        return periods;
    }

    private static Map<String, Compression> compressions() {
        Map<String, Compression> compressions = new LinkedHashMap<>();
        compressions.put("none", Compression.NONE);
        compressions.put("gzip", Compression.GZIP);
        compressions.put("zstd", Compression.ZSTD);
        return compressions;
    }

    static Handler handler(Settings settings) {
        Path path = settings.path("path");
        Rotation rotation = Rotation.read(settings.section("rotate"));
        boolean append = settings.bool("append", true);
        boolean watch = settings.bool("watch", true);
        String sync = settings.text("sync", "none");
        long minFree = settings.bytes("min-free", 0);
        boolean createDirectories = settings.bool("create-directories", false);
        boolean followLinks = settings.bool("follow-links", true);
        settings.bool("volume", false);
        String mode = settings.has("mode") ? settings.text("mode") : null;
        Formatter formatter = settings.formatter();
        if (settings.has("rotate")) {
            if (!watch) {
                throw new IllegalArgumentException(
                        "watch: false (expected: true, as a file that is rotated is watched)");
            }
            RotatingFileHandler.Builder rotating = rotation.of(path)
                    .append(append)
                    .sync(sync(sync))
                    .minFree(minFree)
                    .createDirectories(createDirectories)
                    .followLinks(followLinks)
                    .formatter(formatter);
            return (mode == null ? rotating : rotating.mode(mode)).build();
        }
        FileHandler.Builder plain = FileHandler.builder(path)
                .append(append)
                .watch(watch)
                .sync(sync(sync))
                .minFree(minFree)
                .createDirectories(createDirectories)
                .followLinks(followLinks)
                .formatter(formatter);
        return (mode == null ? plain : plain.mode(mode)).build();
    }

    private static Sync sync(String text) {
        if (text.equals("none")) {
            return Sync.NONE;
        }
        if (text.equals("on-error")) {
            return Sync.ON_ERROR;
        }
        Matcher every = EVERY.matcher(text);
        Duration period = every.matches() ? TimeSpan.parse(every.group(1)) : null;
        if (period == null || period.isZero()) {
            throw new IllegalArgumentException(
                    "sync: " + Text.quoted(text) + " (expected: none, on-error, or every(1s) with any time)");
        }
        return Sync.every(period);
    }

    /** What stands under {@code rotate}; null for what does not. */
    private record Rotation(
            @Nullable Long size,
            @Nullable RollPeriod every,
            String zone,
            @Nullable String pattern,
            @Nullable Integer keep,
            @Nullable Duration maxAge,
            @Nullable Long maxTotal,
            boolean atStart,
            Compression compression,
            Duration jitter) {
        static Rotation read(Settings settings) {
            return new Rotation(
                    ifThere(settings, "size", settings::bytes),
                    ifThere(settings, "every", key -> settings.oneOf(key, PERIODS)),
                    settings.text("zone", LOCAL),
                    ifThere(settings, "pattern", settings::text),
                    ifThere(settings, "keep", settings::number),
                    ifThere(settings, "max-age", settings::duration),
                    ifThere(settings, "max-total", settings::bytes),
                    settings.bool("at-start", false),
                    settings.oneOf("compress", COMPRESSIONS, Compression.NONE),
                    settings.duration("jitter", Duration.ZERO));
        }

        private static <T> @Nullable T ifThere(Settings settings, String key, Function<String, T> read) {
            return settings.has(key) ? read.apply(key) : null;
        }

        RotatingFileHandler.Builder of(Path path) {
            if (size == null && every == null && !atStart) {
                throw new IllegalArgumentException("rotate: says nothing (expected: size, every or at-start)");
            }
            try {
                RotatingFileHandler.Builder builder = RotatingFileHandler.builder(path);
                apply(size, builder::size);
                apply(every, builder::every);
                apply(pattern, builder::pattern);
                apply(keep, builder::keep);
                apply(maxAge, builder::maxAge);
                apply(maxTotal, builder::maxTotal);
                return builder.zone(zone(zone))
                        .atStart(atStart)
                        .compress(compression)
                        .jitter(jitter);
            } catch (IllegalArgumentException refused) {
                throw new IllegalArgumentException("rotate." + refused.getMessage(), refused);
            }
        }

        private static <T> void apply(@Nullable T value, Consumer<T> setting) {
            if (value != null) {
                setting.accept(value);
            }
        }

        private static ZoneId zone(String name) {
            try {
                return name.equals(LOCAL) ? ZoneId.systemDefault() : ZoneId.of(name);
            } catch (DateTimeException unknown) {
                throw new IllegalArgumentException(
                        "zone: " + Text.quoted(name) + " (expected: local, UTC or a zone, as Europe/Berlin)", unknown);
            }
        }
    }
}
