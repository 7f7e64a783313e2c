package dev.weir;

import dev.weir.internal.record.NearestWord;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongBiFunction;

/** The bean of one pipeline. */
final class ManagedWeir implements WeirMXBean {
    private static final List<String> ALONE = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "CRITICAL");
    private static final List<String> OR_OFF = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "CRITICAL", "OFF");

    private final Supplier<Stats> stats;
    private final Levels levels;

    ManagedWeir(Supplier<Stats> stats, Levels levels) {
        this.stats = stats;
        this.levels = levels;
    }

    @Override
    public Map<String, Long> getEmitted() {
        return byLevel(Stats::emitted);
    }

    @Override
    public Map<String, Long> getRefused() {
        return byLevel(Stats::refused);
    }

    private Map<String, Long> byLevel(ToLongBiFunction<Stats, Level> count) {
        Stats now = stats.get();
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Level level : Level.values()) {
            counts.put(level.name(), count.applyAsLong(now, level));
        }
        return counts;
    }

    @Override
    public Map<String, Long> getWritten() {
        return countByHandler(Stats::written);
    }

    @Override
    public Map<String, Long> getPassedOn() {
        return countByHandler(Stats::passedOn);
    }

    @Override
    public Map<String, Long> getFiltered() {
        return countByHandler(Stats::filtered);
    }

    @Override
    public Map<String, Long> getDropped() {
        return countByHandler(Stats::dropped);
    }

    @Override
    public Map<String, Long> getPending() {
        return countByHandler(Stats::pending);
    }

    /** One of the counts that the account has for each handler and level. */
    private interface Count {
        long of(Stats stats, String handler, Level level);
    }

    private Map<String, Long> countByHandler(Count count) {
        Stats now = stats.get();
        return byHandler(now, handler -> {
            long total = 0;
            for (Level level : Level.values()) {
                total += count.of(now, handler, level);
            }
            return total;
        });
    }

    @Override
    public Map<String, String> getBreakers() {
        Stats now = stats.get();
        return byHandler(now, handler -> now.breaker(handler).name());
    }

    private static <T> Map<String, T> byHandler(Stats now, Function<String, T> value) {
        Map<String, T> values = new LinkedHashMap<>();
        now.handlerNames().forEach(handler -> values.put(handler, value.apply(handler)));
        return values;
    }

    @Override
    public long getJournalUsedBytes() {
        return stats.get().usedBytes();
    }

    @Override
    public long getJournalCapacityBytes() {
        return stats.get().capacityBytes();
    }

    @Override
    public String statsJson() {
        return stats.get().toJson();
    }

    // levels

    @Override
    public Map<String, String> getLevels() {
        Map<String, String> byLogger = new LinkedHashMap<>();
        for (LoggerLevel logger : levels.list()) {
            byLogger.put(logger.logger(), logger.toString());
        }
        return byLogger;
    }

    @Override
    public void setLevel(String logger, String level) {
        if (isOff(level)) {
            levels.off(logger);
        } else {
            levels.set(logger, level(level, OR_OFF));
        }
    }

    @Override
    public void setLevelFor(String logger, String level, long seconds) {
        if (isOff(level)) {
            levels.off(logger, Duration.ofSeconds(seconds));
        } else {
            levels.set(logger, level(level, OR_OFF), Duration.ofSeconds(seconds));
        }
    }

    @Override
    public boolean resetLevel(String logger) {
        return levels.reset(logger);
    }

    @Override
    public void resetLevels() {
        levels.resetAll();
    }

    @Override
    public Map<Integer, String> getLenses() {
        Map<Integer, String> byId = new LinkedHashMap<>();
        for (Lens lens : levels.lenses()) {
            byId.put(lens.id(), lens.toString());
        }
        return byId;
    }

    @Override
    public int openLensForTrace(String logger, String level, String traceId, long seconds) {
        return levels.openForTrace(logger, level(level, ALONE), traceId, Duration.ofSeconds(seconds))
                .id();
    }

    @Override
    public int openLensForContext(String logger, String level, String key, String value, long seconds) {
        return levels.openForContext(logger, level(level, ALONE), key, value, Duration.ofSeconds(seconds))
                .id();
    }

    @Override
    public boolean closeLens(int id) {
        for (Lens lens : levels.lenses()) {
            if (lens.id() == id) {
                lens.close();
                return true;
            }
        }
        return false;
    }

    private static boolean isOff(String level) {
        return level.trim().equalsIgnoreCase("OFF");
    }

    private static Level level(String name, List<String> expected) {
        Level level = Level.ofName(name.trim());
        if (level == null) {
            String nearest = NearestWord.of(name.trim().toUpperCase(Locale.ROOT), expected);
            throw new IllegalArgumentException("level: " + name + " (expected: one of " + String.join(", ", expected)
                    + (nearest == null ? ")" : "; did you mean " + nearest + "?)"));
        }
        return level;
    }
}
