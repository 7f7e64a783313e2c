package dev.weir;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongBiFunction;

/** The bean of one pipeline. */
final class ManagedWeir implements WeirMXBean {
    private final Supplier<Stats> stats;

    ManagedWeir(Supplier<Stats> stats) {
        this.stats = stats;
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
}
