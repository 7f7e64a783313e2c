package dev.weir.examples;

import dev.weir.Level;
import dev.weir.Stats;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Supplier;

/**
 * What each handler is doing, twice a second on stderr: redrawn in place on a terminal ({@code -Dweir.demo.live=true}, which the
 * launcher sets), or else line by line. What others print to stderr stays: the table is drawn anew below it. A thread of its own
 * until it is ended.
 */
final class LiveTable {
    private static final boolean IN_PLACE = Boolean.getBoolean("weir.demo.live");
    private static final long EVERY_MILLIS = 500;

    private final Supplier<Stats> stats;
    private final Thread thread = new Thread(this::run, "table");
    private final Map<String, Long> writtenBefore = new HashMap<>();
    private long nanosBefore = System.nanoTime();
    private final Watched stderr = new Watched(System.err);
    private int rows;

    LiveTable(Supplier<Stats> stats) {
        this.stats = stats;
        System.setErr(new PrintStream(stderr, true, Charset.defaultCharset()));
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(EVERY_MILLIS);
                draw(stats.get());
            }
        } catch (InterruptedException ended) {
            draw(stats.get());
        }
    }

    private void draw(Stats now) {
        StringBuilder table = new StringBuilder();
        int rowsBefore = rows;
        rows = 0;
        long nanos = System.nanoTime();
        row(
                table,
                String.format(
                        "%-10s %10s %9s %9s %8s  %s",
                        "handler", "records/s", "pending", "breaker", "oldest", "dropped"));
        for (String handler : now.handlerNames()) {
            long written = sum(now, Stats::written, handler) + sum(now, Stats::passedOn, handler);
            Long before = writtenBefore.put(handler, written);
            double rate = before == null ? 0 : (written - before) * 1e9 / (nanos - nanosBefore);
            row(
                    table,
                    String.format(
                            "%-10s %10.0f %9d %9s %6.1f s  %s",
                            handler,
                            rate,
                            sum(now, Stats::pending, handler),
                            now.breaker(handler),
                            now.oldest(handler).toMillis() / 1e3,
                            dropped(now, handler)));
        }
        nanosBefore = nanos;
        stderr.draw(table.toString(), IN_PLACE ? rowsBefore : 0);
    }

    /** Standard error, and whether anybody else has written to it since the table was drawn. */
    private static final class Watched extends FilterOutputStream {
        private final PrintStream terminal;
        private boolean untouched;

        Watched(PrintStream terminal) {
            super(terminal);
            this.terminal = terminal;
        }

        @Override
        public synchronized void write(int value) throws IOException {
            untouched = false;
            out.write(value);
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int length) throws IOException {
            untouched = false;
            out.write(bytes, from, length);
        }

        /** Draws a table over the one of so many rows, or below what has been written since. */
        synchronized void draw(String table, int rowsBefore) {
            terminal.print(untouched && rowsBefore > 0 ? "\u001b[" + rowsBefore + 'A' + table : table);
            terminal.flush();
            untouched = true;
        }
    }

    private void row(StringBuilder table, String text) {
        table.append(text).append(IN_PLACE ? "\u001b[K\n" : "\n");
        rows++;
    }

    /** A count by handler and level. */
    private interface Count {
        long of(Stats stats, String handler, Level level);
    }

    private static long sum(Stats stats, Count count, String handler) {
        long sum = 0;
        for (Level level : Level.values()) {
            sum += count.of(stats, handler, level);
        }
        return sum;
    }

    private static String dropped(Stats stats, String handler) {
        StringJoiner dropped = new StringJoiner(", ");
        for (Level level : Level.values()) {
            long count = stats.dropped(handler, level);
            if (count > 0) {
                dropped.add(level + " " + count);
            }
        }
        return dropped.length() == 0 ? "-" : dropped.toString();
    }

    /** Draws it once more and ends the thread. */
    void end() throws InterruptedException {
        thread.interrupt();
        thread.join();
        System.setErr(stderr.terminal);
    }
}
