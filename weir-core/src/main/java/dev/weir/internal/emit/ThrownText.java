package dev.weir.internal.emit;

import org.jspecify.annotations.Nullable;

/** Says what was thrown by code that is not ours, whose exceptions may fail to say it themselves. */
public final class ThrownText {
    private ThrownText() {}

    /** As its {@code toString()} has it, or if that throws its class. */
    public static String of(@Nullable Throwable thrown) {
        try {
            return String.valueOf(thrown);
        } catch (Throwable unprintable) {
            return thrown == null ? "" : thrown.getClass().getName() + " [FAILED toString()]";
        }
    }
}
