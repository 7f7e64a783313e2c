package dev.weir.examples;

import dev.weir.Level;
import dev.weir.Stats;
import dev.weir.Weir;
import dev.weir.format.JsonFormatter;
import dev.weir.handler.FileHandler;
import dev.weir.handler.Handler;
import dev.weir.record.LogRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A burst far above what a slow sink takes, beside a file that takes everything: the slow one loses its least severe records
 * and says so, the other one does not notice. Fails if an ERROR is lost or the account does not add up.
 */
final class FloodScene {
    private static final int RECORDS = Integer.getInteger("flood.records", 150_000);
    private static final int PER_SECOND = 50_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private FloodScene() {}

    static void run() throws Exception {
        Weir weir = Weir.builder()
                .queueCapacity(32 << 20)
                .handler("file", FileHandler.of(Path.of("flood.log"), JsonFormatter.weir()))
                .handler("slow", new Slow(), options -> options.backlog(1 << 20))
                .root(options -> options.level(Level.DEBUG))
                .install();
        System.err.println("flood: " + RECORDS + " records, " + PER_SECOND + " a second");
        LiveTable table = new LiveTable(weir::stats);
        new Load(PER_SECOND, RECORDS).await();
        weir.close(PATIENCE);
        table.end();
        Stats stats = weir.stats();
        if (!AccountTable.print(stats) || stats.dropped("slow", Level.ERROR) > 0) {
            System.err.println("flood: the account does not add up, or an ERROR was lost");
            System.exit(1);
        }
    }

    /** Takes some thousand records a second, and keeps none. */
    private static final class Slow implements Handler {
        private static final long NANOS_EACH = TimeUnit.MICROSECONDS.toNanos(150);

        @Override
        public boolean emit(LogRecord record) {
            LockSupport.parkNanos(NANOS_EACH);
            return true;
        }

        @Override
        public void flush() {}
    }
}
