package dev.weir.config;

import dev.weir.OverflowPolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An overflow policy: a name, or {@code {block-for: 50ms, per-second: 100ms}}. */
final class Overflow {
    private static final String BLOCK_FOR = OverflowPolicy.Kind.BLOCK_FOR.key();
    private static final String PER_SECOND = "per-second";
    private static final Map<String, OverflowPolicy> NAMED = named();

    private Overflow() {}

    private static Map<String, OverflowPolicy> named() {
        Map<String, OverflowPolicy> named = new LinkedHashMap<>();
        for (OverflowPolicy policy : new OverflowPolicy[] {
            OverflowPolicy.DROP_BY_SEVERITY,
            OverflowPolicy.DROP_OLDEST,
            OverflowPolicy.DROP_NEWEST,
            OverflowPolicy.BLOCK
        }) {
            named.put(policy.kind().key(), policy);
        }
        return named;
    }

    /** Null if there was a problem, which is reported. */
    static @Nullable OverflowPolicy read(Value value) {
        if (!value.isMapping()) {
            return value.oneOf(NAMED);
        }
        Entries entries = value.entries();
        Value longest = entries.require(BLOCK_FOR);
        Value perSecond = entries.take(PER_SECOND);
        entries.end();
        Duration time = longest == null ? null : longest.duration();
        Duration times = perSecond == null ? null : perSecond.duration();
        if (time == null || (perSecond != null && times == null)) {
            return null;
        }
        return value.attempt(
                () -> times == null ? OverflowPolicy.blockFor(time) : OverflowPolicy.blockFor(time, times));
    }
}
