package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Weir;
import dev.weir.format.JsonFormatter;
import dev.weir.handler.FileHandler;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Guards the processor time of a record against regress, on any machine: relative to a fixed loop in the same process that
 * encodes a text character by character and copies it. The limits lie half as high again as the most that was measured when
 * they were set, since machines and JDKs differ; they catch what makes the path slow, not what makes it a little slower.
 */
class SpeedGuardTest {
    /** Measured: 5.6 to 8.9, with both processors busy otherwise. */
    private static final double MOST_OF_A_CALL = 14;

    /** Measured: 9.3 to 14. */
    private static final double MOST_OF_A_WORKER = 21;

    @TempDir
    Path directory;

    @Test
    @EnabledOnOs(OS.LINUX) // for /dev/null, and processor time of single threads by the nanosecond
    void aRecordCostsNotMuchMoreThanToEncodeAndCopyItsText() throws Exception {
        Jvm.Result result = Jvm.of(directory, MeasuringMain.class).run();

        assertThat(result.exit()).as(result.toString()).isZero();
        List<Double> ratios = result.stdout().stream().map(Double::valueOf).toList();
        assertThat(ratios).as("of a call, of the worker").hasSize(2);
        assertThat(ratios.get(0)).as("a call, " + ratios).isBetween(0.1, MOST_OF_A_CALL);
        assertThat(ratios.get(1)).as("the worker, " + ratios).isBetween(0.1, MOST_OF_A_WORKER);
    }

    /** Prints what a call and its record's way to the end cost, as multiples of the loop; medians of rounds. */
    static final class MeasuringMain {
        private static final int WARM_UP_ROUNDS = 60;
        private static final int ROUNDS = 21;
        /** So few that no call is refused, and the queue is empty before the next round. */
        private static final int RECORDS = 20_000;

        private static final String TEXT =
                "Order 4711 of customer northwind settled in 1234 us, northwind, 8c1f03d27ab4";
        private static final int RECORD_BYTES = 180;
        private static final int ALIGNED = 192;
        private static final int COPIES = 4096;

        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        private final Weir weir = Weir.builder()
                .handler("null", FileHandler.of(Path.of("/dev/null"), JsonFormatter.weir()))
                .install();
        private final Logger logger = LoggerFactory.getLogger("shop.orders.Settlement");
        private final ByteBuffer copies = ByteBuffer.allocateDirect(ALIGNED * COPIES);
        private final byte[] encoded = new byte[RECORD_BYTES];

        private MeasuringMain() {}

        public static void main(String[] arguments) {
            MDC.put("tenant", "northwind");
            MDC.put("request", "8c1f03d27ab4");
            MeasuringMain measuring = new MeasuringMain();
            double[] calls = new double[ROUNDS];
            double[] worker = new double[ROUNDS];
            for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
                double[] ratios = measuring.round();
                if (round >= 0) {
                    calls[round] = ratios[0];
                    worker[round] = ratios[1];
                }
            }
            System.out.println(median(calls));
            System.out.println(median(worker));
            measuring.weir.close(Duration.ofSeconds(10));
        }

        private double[] round() {
            long worker = worker();
            long workerBefore = worker < 0 ? 0 : THREADS.getThreadCpuTime(worker);
            long before = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < RECORDS; i++) {
                logger.info("Order {} of customer {} settled in {} us", i, "northwind", 1234L + i);
            }
            long calls = THREADS.getCurrentThreadCpuTime() - before;
            if (!weir.flush(Duration.ofSeconds(20)).complete()) {
                throw new IllegalStateException("records are not written in time");
            }
            long drained = THREADS.getThreadCpuTime(worker()) - workerBefore;
            before = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < RECORDS; i++) {
                encodeAndCopy(i);
            }
            double loop = THREADS.getCurrentThreadCpuTime() - before;
            return new double[] {calls / loop, drained / loop};
        }

        private void encodeAndCopy(int number) {
            for (int i = 0; i < TEXT.length(); i++) {
                encoded[i] = (byte) TEXT.charAt(i);
            }
            int at = ALIGNED * (number % COPIES);
            copies.putLong(at, number);
            copies.put(at + Long.BYTES, encoded);
        }

        private static long worker() {
            for (ThreadInfo info : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
                if (info != null && info.getThreadName().equals("weir-null")) {
                    return info.getThreadId();
                }
            }
            return -1;
        }

        private static double median(double[] values) {
            Arrays.sort(values);
            return values[values.length / 2];
        }
    }
}
