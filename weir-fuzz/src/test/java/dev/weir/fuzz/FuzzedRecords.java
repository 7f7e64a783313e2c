package dev.weir.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.weir.Level;
import dev.weir.format.Formatter;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import dev.weir.testkit.RecordMaker;
import dev.weir.testkit.Records;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records out of a fuzzer's bytes. */
final class FuzzedRecords {
    private static final int MOST_PARTS = 24;
    private static final int MOST_DEPTH = 4;
    private static final int MOST_CHARS = 64;

    private FuzzedRecords() {}

    static LogRecord record(FuzzedDataProvider data) {
        return maker(data).record();
    }

    static RecordMaker maker(FuzzedDataProvider data) {
        Level[] levels = Level.values();
        RecordMaker maker = Records.make()
                .level(levels[data.consumeInt(0, levels.length - 1)])
                .time(data.consumeLong())
                .maxBytes(data.consumeBoolean() ? 64 * 1024 : 1024);
        for (int parts = 0; parts < MOST_PARTS && data.remainingBytes() > 0; parts++) {
            part(maker, data);
        }
        return maker;
    }

    private static void part(RecordMaker maker, FuzzedDataProvider data) {
        switch (data.consumeInt(0, 9)) {
            case 0, 1 -> maker.message(text(data), arguments(data));
            case 2, 3 -> maker.keyValue(text(data), value(data, 0));
            case 4 -> maker.context(text(data), text(data));
            case 5 -> maker.logger(text(data));
            case 6 -> maker.thread(text(data), data.consumeLong());
            case 7 -> maker.cause(thrown(data, 0));
            case 8 -> maker.marker(text(data));
            default -> maker.trace("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", data.consumeInt(0, 255));
        }
    }

    private static String text(FuzzedDataProvider data) {
        String text = data.consumeString(MOST_CHARS);
        return data.consumeInt(0, 31) == 0 ? text.repeat(200) : text;
    }

    private static @Nullable Object[] arguments(FuzzedDataProvider data) {
        Object[] arguments = new Object[data.consumeInt(0, 4)];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = value(data, 0);
        }
        return arguments;
    }

    private static @Nullable Object value(FuzzedDataProvider data, int depth) {
        return switch (data.consumeInt(0, depth < MOST_DEPTH ? 11 : 8)) {
            case 0 -> null;
            case 1 -> data.consumeBoolean();
            case 2 -> data.consumeLong();
            case 3 -> data.consumeDouble();
            case 4 -> data.consumeFloat();
            case 5 -> new BigInteger(1, data.consumeBytes(40)).negate();
            case 6 -> new BigDecimal(BigInteger.valueOf(data.consumeLong()), data.consumeInt());
            case 7 -> data.consumeBytes(16);
            case 8, 9 -> text(data);
            case 10 -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (int left = data.consumeInt(0, 3); left > 0; left--) {
                    list.add(value(data, depth + 1));
                }
                yield list;
            }
            default -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                for (int left = data.consumeInt(0, 3); left > 0; left--) {
                    map.put(text(data), value(data, depth + 1));
                }
                yield map;
            }
        };
    }

    private static Throwable thrown(FuzzedDataProvider data, int depth) {
        boolean caused = depth < MOST_DEPTH && data.consumeBoolean();
        Exception thrown = new Exception(text(data), caused ? thrown(data, depth + 1) : null);
        if (depth < MOST_DEPTH && data.consumeBoolean()) {
            thrown.addSuppressed(thrown(data, depth + 1));
        }
        thrown.setStackTrace(
                data.consumeBoolean()
                        ? new StackTraceElement[] {
                            new StackTraceElement(text(data), text(data), text(data), data.consumeInt())
                        }
                        : new StackTraceElement[0]);
        return thrown;
    }

    /** What a formatter writes of a record, behind something else. */
    static byte[] written(Formatter formatter, LogRecord record) {
        ByteOutput out = new ByteOutput(16);
        out.put("before");
        int from = out.size();
        formatter.format(record, out);
        return Arrays.copyOfRange(out.array(), from, out.size());
    }
}
