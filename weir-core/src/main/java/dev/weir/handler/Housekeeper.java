package dev.weir.handler;

import dev.weir.internal.thread.OwnThread;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Compresses and deletes rolled files, for all handlers of the process one after the other, on a thread of its own. That comes
 * with the first task and goes after a while without any.
 */
final class Housekeeper {
    private static final long KEPT_SECONDS = 5;
    private static final ScheduledThreadPoolExecutor EXECUTOR = executor();

    private Housekeeper() {}

    private static ScheduledThreadPoolExecutor executor() {
        ScheduledThreadPoolExecutor executor =
                new ScheduledThreadPoolExecutor(1, body -> OwnThread.of(body, "weir-compress"));
        executor.setKeepAliveTime(KEPT_SECONDS, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    /** Has a task done, not before a delay is over. Its own exceptions are its own business. */
    static void submit(HousekeepingTask task, long delayMillis) {
        task.scheduled(EXECUTOR.schedule(task, delayMillis, TimeUnit.MILLISECONDS));
    }
}
