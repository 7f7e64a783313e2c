package dev.weir.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Level;
import dev.weir.internal.record.Bytes;
import dev.weir.internal.record.RecordLayout;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import dev.weir.record.LoggerNames;
import dev.weir.record.Records;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What formatters keep of records shows in none that comes later: the oracle is a formatter that has met no other one. */
class KeptTextsTest {
    private static final int RECORDS = 400;
    private static final int PICKS = 8_000;
    private static final String[] PIECES = {"{}", "{}", "\\{}", "\\\\{}", "{", "\n", "\"", "\\", "ü", "a longer piece "
    };
    private static final Object[] VALUES = {null, 1, -7L, "text", "{}", "\\", "a\"b", 2.5, true, new int[] {1, 2}};
    private static final String[] TEXTS = {"u-1", "u-2", "a\"b", "", "northwind\n", "\n".repeat(700), "x".repeat(1200)};
    /** So many that some share a place with others. */
    private static final byte[][] NAMES = new byte[40][];

    static {
        Arrays.setAll(NAMES, i -> utf8(i % 4 == 0 ? "with \"quotes\" " + i : "a.b.C" + i));
    }

    /** Those that differ only above the word that finds their place share one. */
    private static final long[] THREAD_IDS = {42, (1L << 32) + 42, 43};

    private static final LoggerNames LOGGERS = new LoggerNames() {
        @Override
        public String name(int loggerId) {
            return new String(nameUtf8(loggerId), StandardCharsets.UTF_8);
        }

        @Override
        public byte[] nameUtf8(int loggerId) {
            return NAMES[loggerId];
        }
    };

    static List<Supplier<Formatter>> formatters() {
        return List.of(
                JsonFormatter::weir,
                JsonFormatter::python,
                () -> JsonFormatter.builder()
                        .preset("ecs")
                        .nested(true)
                        .add("service.name", "shop")
                        .build(),
                () -> JsonFormatter.builder().preset("logstash").build(),
                () -> JsonFormatter.builder().preset("gelf").build(),
                () -> JsonFormatter.builder()
                        .preset("gcp")
                        .contextKeys(List.of(), List.of("u*"))
                        .maxFrames(1)
                        .rootFirst(true)
                        .shortenPackages(true)
                        .build(),
                () -> JsonFormatter.builder()
                        .fields(List.of("thread", "level", "msg", "thread_id", "logger", "context"))
                        .build(),
                () -> TextFormatter.of("%(levelname)-8s %(asctime)s %(name)s [%(threadName)10s] %(message)s"),
                () -> TextFormatter.of("%(message)s %(user)s %(levelno)d%(name).3s %(msecs)d"),
                () -> TextFormatter.builder()
                        .pattern("%d %highlight(%-5level) [%10.4t] %c{4} - %-30(%msg %p) %X %kvp%n%rEx{2}")
                        .colours(Colours.ALWAYS)
                        .build(),
                () -> TextFormatter.builder().preset("pretty").build());
    }

    @ParameterizedTest
    @MethodSource("formatters")
    void showInNoOtherRecord(Supplier<Formatter> maker) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[][] records = new byte[RECORDS][];
        for (int i = 0; i < RECORDS; i++) {
            records[i] = record(random);
        }
        Formatter kept = maker.get();
        LogRecord view = new LogRecord(LOGGERS);
        ByteOutput out = new ByteOutput(64);
        for (int i = 0; i < PICKS; i++) {
            byte[] record = records[random.nextInt(RECORDS)];
            out.truncate(0);
            kept.format(view.moveTo(record, 0), out);

            ByteOutput expected = new ByteOutput(64);
            maker.get().format(new LogRecord(LOGGERS).moveTo(record, 0), expected);
            assertThat(out.toString()).as("seed %s, pick %s", seed, i).isEqualTo(expected.toString());
        }
    }

    private static byte[] record(Random random) {
        StringBuilder template = new StringBuilder();
        for (int pieces = random.nextInt(6); pieces > 0; pieces--) {
            template.append(PIECES[random.nextInt(PIECES.length)]);
        }
        Object[] arguments = new Object[random.nextInt(4)];
        Arrays.setAll(arguments, i -> VALUES[random.nextInt(VALUES.length)]);
        Records record = Records.message(template.toString(), arguments)
                .level(Level.at(random.nextInt(Level.COUNT)))
                .thread("t-" + random.nextInt(3))
                .time(Records.TIME + random.nextInt(3) * 1_000_000_000L + random.nextInt(1000));
        for (int entries = random.nextInt(3); entries > 0; entries--) {
            record.context(entries == 1 ? "user" : "level", TEXTS[random.nextInt(TEXTS.length)]);
        }
        for (int entries = random.nextInt(8) - 4; entries > 0; entries--) {
            record.keyValue(entries == 1 ? "user" : "k" + random.nextInt(3), VALUES[random.nextInt(VALUES.length)]);
        }
        if (random.nextInt(4) == 0) {
            record.thrown(thrown(random, 2));
        }
        LogRecord made = record.record();
        byte[] bytes = Arrays.copyOfRange(made.bytes(), made.start(), made.start() + made.length());
        Bytes.putInt(bytes, RecordLayout.loggerAt(0), random.nextInt(NAMES.length));
        Bytes.putLong(bytes, RecordLayout.threadIdAt(0), THREAD_IDS[random.nextInt(THREAD_IDS.length)]);
        return bytes;
    }

    private static Throwable thrown(Random random, int depth) {
        Throwable cause = depth > 0 && random.nextBoolean() ? thrown(random, depth - 1) : null;
        Throwable thrown = new IllegalStateException(TEXTS[random.nextInt(TEXTS.length)], cause);
        StackTraceElement[] frames = new StackTraceElement[random.nextInt(4)];
        Arrays.setAll(frames, i -> new StackTraceElement("a.B" + random.nextInt(2), "m", "B.java", random.nextInt(3)));
        thrown.setStackTrace(frames);
        if (depth > 0 && random.nextInt(3) == 0) {
            thrown.addSuppressed(thrown(random, depth - 1));
        }
        return thrown;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
