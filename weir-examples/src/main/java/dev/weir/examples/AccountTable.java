package dev.weir.examples;

import dev.weir.Level;
import dev.weir.Stats;

/** Prints the account of a scene's handlers on stderr, and finds out whether it adds up. */
final class AccountTable {
    private AccountTable() {}

    /** True if for every handler and level what was routed is written, passed on, filtered, dropped or pending. */
    static boolean print(Stats stats) {
        boolean right = true;
        System.err.printf(
                "%n%-10s %-10s %10s %10s %10s %10s %10s %10s%n",
                "handler", "level", "routed", "written", "passed on", "filtered", "dropped", "pending");
        for (String handler : stats.handlerNames()) {
            for (Level level : Level.values()) {
                long routed = stats.routed(handler, level);
                long written = stats.written(handler, level);
                long passedOn = stats.passedOn(handler, level);
                long filtered = stats.filtered(handler, level);
                long dropped = stats.dropped(handler, level);
                long pending = stats.pending(handler, level);
                if (routed > 0) {
                    System.err.printf(
                            "%-10s %-10s %10d %10d %10d %10d %10d %10d%n",
                            handler, level, routed, written, passedOn, filtered, dropped, pending);
                }
                right &= routed == written + passedOn + filtered + dropped + pending;
            }
        }
        return right;
    }
}
