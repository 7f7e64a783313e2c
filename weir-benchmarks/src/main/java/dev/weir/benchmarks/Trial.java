package dev.weir.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * One measurement of one contender in a process of its own, which {@link EndToEnd} starts; what was measured goes to
 * stdout as {@code RESULT key=value ...}.
 *
 * <p><b>Throughput.</b> After a warm-up whose records are in the file before the measurement begins, producers log a
 * number of records as fast as they can. The time ends when the file has grown for the last time while the backend is
 * stopped: a queue that is full of unwritten records is no gain, and pauses of a backend's own shutdown are no loss.
 *
 * <p><b>Latency.</b> One caller at a steady rate. Each call has an intended start, whether or not the one before it has
 * come back (open loop), and its latency counts from there.
 */
final class Trial {
    private static final long STABLE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final int CHUNK = 2_000;
    private static final long MOST_WARMUP_RECORDS = 3_000_000;
    private static final int LATENCY_RATE = 50_000;
    private static final String[] CUSTOMERS = {"c-48213", "c-7", "acme-gmbh", "northwind-traders", "c-900142", "initech"
    };

    private final Backend backend;
    private final Path file;
    private final Backend.Call call;
    private long emitted;

    private Trial(Contender contender, Path file) {
        this.backend = contender.backend();
        this.file = file;
        this.call = backend.start(file);
    }

    /**
     * Measures.
     *
     * @param args contender, file, {@code throughput} or {@code latency}, threads, warm-up and measured milliseconds,
     *     megabytes that the file may have
     */
    public static void main(String[] args) throws Exception {
        Contender contender = Contender.valueOf(args[0]);
        Trial trial = new Trial(contender, Path.of(args[1]));
        int threads = Integer.parseInt(args[3]);
        long warmUpNanos = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[4]));
        long nanos = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[5]));
        String result = args[2].equals("latency")
                ? trial.latency(warmUpNanos, nanos)
                : trial.throughput(threads, warmUpNanos, nanos, Long.parseLong(args[6]) << 20);
        long written = trial.lines();
        System.out.println("RESULT " + result + " emitted=" + trial.emitted + " written=" + written);
    }

    // throughput

    private String throughput(int threads, long warmUpNanos, long nanos, long mostBytes) throws Exception {
        double perSecond = warmUp(threads, warmUpNanos);
        double bytesEach = (double) Files.size(file) / emitted;
        long wanted = (long) Math.min(perSecond * nanos / 1e9, mostBytes / bytesEach);
        long each = Math.max(wanted / threads, CHUNK);
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        system.getCpuLoad(); // each counts from the call before
        system.getProcessCpuLoad();
        long cpu = system.getProcessCpuTime();
        long begin = System.nanoTime();
        onThreads(threads, () -> {
            for (long i = 0; i < each; i++) {
                call(i);
            }
        });
        FileWatch watch = new FileWatch(file);
        watch.start();
        backend.stop();
        long end = watch.finish();
        cpu = system.getProcessCpuTime() - cpu;
        double load = system.getCpuLoad() - system.getProcessCpuLoad();
        long records = each * threads;
        emitted += records;
        return "seconds=" + (end - begin) / 1e9 + " records=" + records + " cpuMicros=" + cpu / 1e3 / records
                + " others=" + Math.max(0, load);
    }

    /** Logs for a while and waits until all of it is in the file; returns records per second. */
    private double warmUp(int threads, long nanos) throws Exception {
        long begin = System.nanoTime();
        long[] done = new long[threads];
        List<Integer> numbers = new ArrayList<>();
        onThreads(threads, () -> {
            int number;
            synchronized (numbers) {
                number = numbers.size();
                numbers.add(number);
            }
            long count = 0;
            while (System.nanoTime() - begin < nanos && count < MOST_WARMUP_RECORDS / threads) {
                for (int i = 0; i < CHUNK; i++) {
                    call(count++);
                }
            }
            done[number] = count;
        });
        for (long count : done) {
            emitted += count;
        }
        long end = awaitStable();
        return emitted * 1e9 / (end - begin);
    }

    /** Waits until the file grows no more; returns when it grew last. */
    private long awaitStable() throws IOException, InterruptedException {
        long size = Files.size(file);
        long grown = System.nanoTime();
        while (System.nanoTime() - grown < STABLE_NANOS) {
            Thread.sleep(1);
            long now = Files.size(file);
            if (now != size) {
                size = now;
                grown = System.nanoTime();
            }
        }
        return grown;
    }

    private static void onThreads(int threads, Runnable task) throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(threads);
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(
                    () -> {
                        ready.countDown();
                        try {
                            ready.await();
                        } catch (InterruptedException interrupted) {
                            return;
                        }
                        task.run();
                    },
                    "producer-" + i);
            thread.start();
            started.add(thread);
        }
        for (Thread thread : started) {
            thread.join();
        }
    }

    private void call(long i) {
        call.log((int) i, CUSTOMERS[(int) (i % CUSTOMERS.length)], i * 37 % 1_000_003);
    }

    // latency

    private String latency(long warmUpNanos, long nanos) throws InterruptedException {
        Histogram histogram = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
        onThreads(1, () -> {
            for (int i = 0; i < 400_000; i++) {
                call(i);
            }
            emitted += 400_000;
            steadily(warmUpNanos, new Histogram(histogram));
            steadily(nanos, histogram);
        });
        backend.stop();
        return "p50=" + histogram.getValueAtPercentile(50) + " p99=" + histogram.getValueAtPercentile(99) + " p999="
                + histogram.getValueAtPercentile(99.9) + " max=" + histogram.getMaxValue();
    }

    private void steadily(long nanos, Histogram histogram) {
        long period = TimeUnit.SECONDS.toNanos(1) / LATENCY_RATE;
        long count = nanos / period;
        long begin = System.nanoTime() + period;
        for (long i = 0; i < count; i++) {
            long intended = begin + i * period;
            while (System.nanoTime() < intended) {
                Thread.onSpinWait();
            }
            call(i);
            histogram.recordValue(Math.max(0, System.nanoTime() - intended));
        }
        emitted += count;
    }

    // the file

    private long lines() throws IOException {
        long lines = 0;
        byte[] bytes = new byte[1 << 20];
        try (var in = Files.newInputStream(file)) {
            for (int read = in.read(bytes); read > 0; read = in.read(bytes)) {
                for (int i = 0; i < read; i++) {
                    if (bytes[i] == '\n') {
                        lines++;
                    }
                }
            }
        }
        return lines;
    }

    /** Looks every millisecond whether a file has grown, on a thread of its own. */
    private static final class FileWatch extends Thread {
        private final Path file;
        private volatile boolean finishing;
        private long size = -1;
        private long grown;

        FileWatch(Path file) {
            super("file-watch");
            this.file = file;
        }

        @Override
        public void run() {
            try {
                while (!finishing) {
                    look();
                    Thread.sleep(1);
                }
                look();
            } catch (IOException | InterruptedException failed) {
                throw new IllegalStateException(failed);
            }
        }

        private void look() throws IOException {
            long now = Files.size(file);
            if (now != size) {
                size = now;
                grown = System.nanoTime();
            }
        }

        /** When the file grew last. */
        long finish() throws InterruptedException {
            finishing = true;
            join();
            return grown;
        }
    }
}
