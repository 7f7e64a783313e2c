package dev.weir.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Copies of records in which some values are replaced. */
class RecordRewriterTest {
    /** Replaces every STRING that begins with an x by what grows or shrinks it, and every text likewise. */
    private static class Crosses implements RecordRewriter.Replacements {
        @Override
        public boolean replaceValue(LogRecord record, int key, int value, ByteOutput out) {
            RecordValues values = record.values();
            if (values.kind(value) != ValueKind.STRING) {
                return false;
            }
            int text = values.textOf(value);
            return replaceText(record.bytes(), values.textFrom(text), values.textLength(text), out);
        }

        @Override
        public boolean replaceText(byte[] utf8, int from, int length, ByteOutput out) {
            String text = new String(utf8, from, length, StandardCharsets.UTF_8);
            out.put(text.startsWith("x") ? replaced(text) : "");
            return text.startsWith("x");
        }
    }

    private static String replaced(String text) {
        return text.length() % 2 == 0 ? "é" : "long " + text + text;
    }

    private static @Nullable Object replacedValue(@Nullable Object value) {
        if (value instanceof String text) {
            return text.startsWith("x") ? replaced(text) : text;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> all = new ArrayList<>();
            list.forEach(element -> all.add(replacedValue(element)));
            return all;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> all = new LinkedHashMap<>();
            map.forEach((key, element) -> all.put(key, replacedValue(element)));
            return all;
        }
        return value;
    }

    private static @Nullable Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 5 : 7)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextBoolean() ? null : random.nextDouble();
            case 2 -> "x".repeat(1 + random.nextInt(9));
            case 3, 4 -> "kept " + "ü".repeat(random.nextInt(9));
            case 5 -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (int left = random.nextInt(3); left > 0; left--) {
                    list.add(value(random, depth + 1));
                }
                yield list;
            }
            default -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                for (int left = random.nextInt(3); left > 0; left--) {
                    map.put("k" + left, value(random, depth + 1));
                }
                yield map;
            }
        };
    }

    private static Records records(Random random) {
        Object[] arguments = new Object[random.nextInt(3)];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = random.nextBoolean() ? "x".repeat(1 + random.nextInt(5)) : random.nextInt();
        }
        Records record = Records.message(random.nextBoolean() ? "x {} {}" : "kept {} {}", arguments);
        for (int i = random.nextInt(3); i > 0; i--) {
            record.context("c" + i, random.nextBoolean() ? "x" : "kept");
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            record.keyValue("k" + i, value(random, 0));
        }
        if (random.nextBoolean()) {
            record.thrown(withoutFrames(new IllegalStateException("xx", withoutFrames(new Error("kept")))));
        }
        if (random.nextBoolean()) {
            record.markers("x", "M").event("xevent");
        }
        return random.nextBoolean() ? record.traced() : record;
    }

    /** So that a copy stays within its bound. */
    private static Throwable withoutFrames(Throwable thrown) {
        thrown.setStackTrace(new StackTraceElement[0]);
        return thrown;
    }

    private static Map<String, @Nullable Object> entries(LogRecord record, boolean context) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        if (context) {
            record.forEachContext(all::put);
        } else {
            record.forEachKeyValue(all::put);
        }
        return all;
    }

    private static List<@Nullable Object> said(LogRecord record) {
        List<@Nullable Object> said = new ArrayList<>();
        int throwable = record.throwables().first();
        for (int left = record.throwables().count(); left > 0; left--) {
            said.add(record.values().object(record.throwables().messageOf(throwable)));
            throwable = record.throwables().after(throwable);
        }
        return said;
    }

    @Test
    void replacesWhatItIsToldAndNothingElse() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        RecordRewriter rewriter = new RecordRewriter(new Crosses());
        for (int i = 0; i < 20_000; i++) {
            LogRecord record = records(random).record();
            LogRecord copy = rewriter.rewrite(record);

            assertThat(copy.isTruncated()).as("seed %s", seed).isFalse();
            assertThat(entries(copy, false)).as("seed %s", seed).isEqualTo(replacedValue(entries(record, false)));
            assertThat(entries(copy, true)).as("seed %s", seed).isEqualTo(replacedValue(entries(record, true)));
            assertThat(said(copy)).as("seed %s", seed).isEqualTo(replacedValue(said(record)));
            assertThat(copy.markers()).as("seed %s", seed).isEqualTo(record.markers());
            assertThat(copy.eventName()).as("seed %s", seed).isEqualTo(record.eventName());
            assertThat(copy.traceId()).as("seed %s", seed).isEqualTo(record.traceId());
            assertThat(copy.threadName()).as("seed %s", seed).isEqualTo(record.threadName());
            assertThat(copy.length() % 8).as("seed %s", seed).isZero();
            message(record, copy, seed);
        }
    }

    private static void message(LogRecord record, LogRecord copy, long seed) {
        if (String.valueOf(record.template()).startsWith("x")) {
            assertThat(copy.message()).as("seed %s", seed).isEqualTo(copy.template());
            assertThat(copy.arguments()).as("seed %s", seed).isEmpty();
        } else {
            assertThat(copy.template()).as("seed %s", seed).isEqualTo(record.template());
            assertThat(copy.arguments()).as("seed %s", seed).isEqualTo(replacedValue(record.arguments()));
        }
    }

    @Test
    void givesTheRecordItselfWhereNothingIsReplaced() {
        LogRecord record =
                Records.message("kept {}", List.of("a")).keyValue("k", "v").record();

        assertThat(new RecordRewriter(new Crosses()).rewrite(record)).isSameAs(record);
    }

    @Test
    void leavesTheRecordAsItWas() {
        LogRecord record = Records.message("x").keyValue("k", "x").record();
        byte[] before = record.bytes().clone();

        new RecordRewriter(new Crosses()).rewrite(record);

        assertThat(record.bytes()).isEqualTo(before);
    }

    @Test
    void asksForAnArgumentWithTheTextBeforeIt() {
        List<String> before = new ArrayList<>();
        RecordRewriter rewriter = new RecordRewriter(new RecordRewriter.Replacements() {
            @Override
            public boolean replaceValue(LogRecord record, int key, int value, ByteOutput out) {
                return false;
            }

            @Override
            public boolean replaceArgument(LogRecord record, int end, int value, ByteOutput out) {
                int from = record.values().textFrom(record.values().textOf(record.templateAt()));
                before.add(end == 0 ? "nowhere" : new String(record.bytes(), from, end - from, StandardCharsets.UTF_8));
                return false;
            }

            @Override
            public boolean replaceText(byte[] utf8, int from, int length, ByteOutput out) {
                return false;
            }
        });

        rewriter.rewrite(Records.message("{}a\\{}b\\\\{}c", 1, 2, 3).record());

        assertThat(before).containsExactly("", "{}a\\{}b\\\\", "nowhere");
    }

    @Test
    void throwsOnWhatItIsThrown() {
        RecordRewriter rewriter = new RecordRewriter(new Crosses() {
            @Override
            public boolean replaceText(byte[] utf8, int from, int length, ByteOutput out) {
                throw new IllegalStateException("not this one");
            }
        });

        assertThatThrownBy(() -> rewriter.rewrite(Records.message("m").record()))
                .isInstanceOf(IllegalStateException.class);
    }
}
