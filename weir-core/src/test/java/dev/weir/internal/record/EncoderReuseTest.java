package dev.weir.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an encoder keeps from record to record shows in none: the oracle is an encoder that has written no other one. */
class EncoderReuseTest {
    private static final int RECORDS = 20_000;
    private static final int MAX_BYTES = 2_048;
    private static final byte[][] NAMES = {utf8("main"), utf8("worker-1"), utf8(""), utf8("n".repeat(300))};
    private static final byte @Nullable [][] TRACES = {
        null,
        TraceBytes.of("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", 1),
        TraceBytes.of("0af7651916cd43dd8448eb211c80319c", "", 0)
    };

    private static final String[] EQUAL_HASHES = {"Aa", "BB"};
    private static final String[] TEMPLATES = new String[40];

    static {
        Arrays.setAll(TEMPLATES, i -> "template {} ü ".repeat(1 + i) + i);
    }

    @Test
    void aRecordIsTheSameWhateverWasWrittenBefore() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        RecordEncoder reused = new RecordEncoder(new EncodedFrames());
        for (int i = 0; i < RECORDS; i++) {
            long content = random.nextLong();

            byte[] record = encode(reused, new Random(content));

            assertThat(record)
                    .as("seed %s, record %s", seed, i)
                    .isEqualTo(encode(new RecordEncoder(new EncodedFrames()), new Random(content)));
        }
    }

    @Test
    void aRecordIsTheSameAfterOneThatWasTooLongForItsArrayToBeKeptAndWasNotEnded() {
        RecordEncoder reused = begun(new RecordEncoder(new EncodedFrames()));
        for (int i = 0; i < 5; i++) {
            reused.string("x".repeat(60_000));
        }
        byte[] given = reused.bytes();

        begun(reused).end();

        RecordEncoder fresh = begun(new RecordEncoder(new EncodedFrames()));
        int length = fresh.end();
        assertThat(reused.bytes()).isNotSameAs(given).startsWith(Arrays.copyOf(fresh.bytes(), length));
    }

    private static RecordEncoder begun(RecordEncoder out) {
        out.begin(64_000, 0, 2, 9, 1, 7, null, 42, NAMES[0]);
        out.message("begun");
        return out;
    }

    private static byte[] encode(RecordEncoder out, Random random) {
        int maxBytes = random.nextInt(10) == 0 ? 512 : MAX_BYTES;
        out.begin(
                maxBytes,
                0,
                2,
                9,
                random.nextInt(3),
                random.nextLong(),
                TRACES[random.nextInt(TRACES.length)],
                random.nextInt(3),
                NAMES[random.nextInt(NAMES.length)]);
        out.template(random.nextInt(20) == 0 ? null : TEMPLATES[random.nextInt(TEMPLATES.length)]);
        out.beginArguments(1);
        out.value(random.nextInt(50) == 0 ? "x".repeat(random.nextInt(8_000)) : random.nextInt(100));
        if (random.nextInt(10) == 0) {
            out.throwable(thrown(random));
        }
        int length = out.end();
        return Arrays.copyOf(out.bytes(), length);
    }

    /**
     * Frames that differ in one part each and share a place in the table of those that are kept: the hash of two names is the
     * same, and numbers of lines that lie a Fibonacci number apart come together.
     */
    private static Throwable thrown(Random random) {
        Throwable thrown = new IllegalStateException("refused");
        StackTraceElement[] frames = new StackTraceElement[random.nextInt(6)];
        Arrays.setAll(
                frames,
                i -> new StackTraceElement(
                        null,
                        random.nextInt(4) == 0 ? "m" + random.nextInt(2) : null,
                        null,
                        "a." + EQUAL_HASHES[random.nextInt(2)],
                        EQUAL_HASHES[random.nextInt(2)],
                        random.nextInt(4) == 0 ? null : "B" + random.nextInt(2) + ".java",
                        1_597 * random.nextInt(3)));
        thrown.setStackTrace(frames);
        return thrown;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
