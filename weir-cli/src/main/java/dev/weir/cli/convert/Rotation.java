package dev.weir.cli.convert;

import dev.weir.cli.convert.Content.Keys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands under {@code rotate}, gathered from policies and strategies, and written in the usual order.
 *
 * <p>Used by one thread.
 */
final class Rotation {
    private final Keys found = new Keys();

    /** A size in Weir's words. */
    void size(String size) {
        found.put("size", size);
    }

    void every(String period) {
        found.put("every", period);
    }

    void keep(int files) {
        found.put("keep", Integer.toString(files));
    }

    void maxAge(String age) {
        found.put("max-age", age);
    }

    void maxTotal(String size) {
        found.put("max-total", size);
    }

    void atStart() {
        found.put("at-start", "true");
    }

    void jitter(String time) {
        found.put("jitter", time);
    }

    void utc() {
        found.put("zone", "UTC");
    }

    boolean isTriggered() {
        return found.has("size") || found.has("every") || found.has("at-start");
    }

    /**
     * Gives it to a handler.
     *
     * @param names how rolled files are named; null for Weir's own way
     * @param path the log's
     */
    void write(HandlerDraft handler, @Nullable RolledFile names, Resolved path) {
        if (names != null) {
            names.write(path, found);
        }
        found.sort(List.of(
                "size", "every", "at-start", "zone", "pattern", "keep", "max-age", "max-total", "compress", "jitter"));
        handler.keys().put("rotate", found);
    }
}
