package dev.weir.internal.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.weir.record.LogRecord;
import dev.weir.record.Records;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordEncoderTest {
    @Test
    void givesBackEveryTypeOfValue() {
        LogRecord record = Records.message(
                        "t",
                        null,
                        true,
                        false,
                        1,
                        -2L,
                        (short) 3,
                        (byte) 4,
                        2.5,
                        0.1f,
                        "text",
                        new BigDecimal("1.50"),
                        'c')
                .record();

        assertThat(record.arguments())
                .containsExactly(null, true, false, 1L, -2L, 3L, 4L, 2.5, 0.1f, "text", new BigDecimal("1.50"), "c");
    }

    @Test
    void givesBackWhatDoublesAndNumbersHave() {
        LogRecord record = Records.message(
                        "t",
                        Double.NaN,
                        -0.0,
                        Double.MIN_VALUE,
                        Float.MAX_VALUE,
                        BigInteger.TEN.pow(30),
                        AtomicValue.SEVEN)
                .record();

        assertThat(record.arguments())
                .containsExactly(
                        Double.NaN,
                        -0.0,
                        Double.MIN_VALUE,
                        Float.MAX_VALUE,
                        new BigDecimal(BigInteger.TEN.pow(30)),
                        "SEVEN");
    }

    @Test
    void givesBackTheTextOfANumberThatIsTooBigForAnyType() {
        LogRecord record = Records.message("t", new Boastful())
                .keyValue("n", new Boastful())
                .record();

        List<@Nullable Object> read = new ArrayList<>(record.arguments());
        record.forEachKeyValue((key, value) -> read.add(value));
        assertThat(read).containsExactly("1E99999999999", "1E99999999999");
    }

    /** Prints what is a number in JSON and in no type of Java. */
    private static final class Boastful extends BigDecimal {
        private static final long serialVersionUID = 1;

        Boastful() {
            super(0);
        }

        @Override
        public String toString() {
            return "1E99999999999";
        }
    }

    private enum AtomicValue {
        SEVEN
    }

    @Test
    void keepsTheStructureOfKeyValues() {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put("a", List.of(1, "x"));
        map.put(2, new byte[] {1, 2});
        map.put(null, null);
        LogRecord record = Records.message("t")
                .keyValue("map", map)
                .keyValue("list", Arrays.asList(1, null, new Object[] {"deep"}))
                .keyValue("bytes", new byte[] {9})
                .record();

        Map<String, @Nullable Object> read = new LinkedHashMap<>();
        record.forEachKeyValue(read::put);

        assertThat(read.get("list")).isEqualTo(Arrays.asList(1L, null, List.of("deep")));
        assertThat((byte[]) read.get("bytes")).containsExactly(9);
        Map<?, ?> readMap = (Map<?, ?>) read.get("map");
        assertThat(readMap.get("a")).isEqualTo(List.of(1L, "x"));
        assertThat((byte[]) readMap.get("2")).containsExactly(1, 2);
        assertThat(readMap.get("null")).isNull();
    }

    @Test
    void givesBackTheHeader() {
        LogRecord record = Records.message("hello {}", "you")
                .logger("a.b")
                .thread("thread ü")
                .traced()
                .context("k", "v")
                .markers("ONE", "TWO")
                .event("greeting")
                .record();

        assertThat(record.timeNanos()).isEqualTo(Records.TIME);
        assertThat(record.loggerName()).isEqualTo("a.b");
        assertThat(record.threadName()).isEqualTo("thread ü");
        assertThat(record.threadId()).isEqualTo(42);
        assertThat(record.traceId()).isEqualTo(Records.TRACE_ID);
        assertThat(record.spanId()).isEqualTo(Records.SPAN_ID);
        assertThat(record.traceFlags()).isEqualTo(1);
        assertThat(record.template()).isEqualTo("hello {}");
        assertThat(record.markers()).containsExactly("ONE", "TWO");
        assertThat(record.eventName()).isEqualTo("greeting");
        assertThat(record.length() % RecordLayout.ALIGNMENT).isZero();
        assertThat(record.isTruncated()).isFalse();
    }

    @Test
    void givesBackTextWhateverItIs() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            char[] chars = new char[random.nextInt(40)];
            for (int k = 0; k < chars.length; k++) {
                chars[k] = (char) (random.nextInt(3) == 0 ? random.nextInt(0x10000) : random.nextInt(0x80));
            }
            String text = new String(chars);

            Object read = Records.message("t", text).record().arguments().get(0);

            assertThat(read).as("seed %s", seed).isEqualTo(withoutLoneSurrogates(text));
        }
    }

    // hostile objects

    @Test
    void survivesObjectsThatCannotBePrinted() {
        Object overflowing = new Object() {
            @Override
            @SuppressWarnings("InfiniteRecursion")
            public String toString() {
                return toString() + "!";
            }
        };
        Object failing = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no");
            }
        };
        Object empty = new Object() {
            @Override
            @SuppressWarnings("ToStringReturnsNull")
            public @Nullable String toString() {
                return null;
            }
        };
        Records made = Records.message("t", overflowing, failing, empty, "after");

        assertThat(made.record().arguments())
                .containsExactly(RecordEncoder.FAILED, RecordEncoder.FAILED, null, "after");
        assertThat(made.failures()).isEqualTo(2);
    }

    @Test
    void survivesCollectionsThatContainThemselves() {
        List<Object> list = new ArrayList<>();
        list.add("a");
        list.add(list);
        Map<String, Object> map = new HashMap<>();
        map.put("self", map);
        Object[] array = new Object[1];
        array[0] = array;

        Map<String, @Nullable Object> read = new LinkedHashMap<>();
        Records.message("t", new Object[] {array})
                .keyValue("list", list)
                .keyValue("map", map)
                .record()
                .forEachKeyValue(read::put);

        assertThat(read).containsEntry("list", List.of("a", "[...]")).containsEntry("map", Map.of("self", "[...]"));
    }

    @Test
    void survivesCollectionsThatFailUnderWay() {
        List<Integer> failing = new AbstractList<>() {
            @Override
            public Integer get(int index) {
                if (index == 2) {
                    throw new IllegalStateException("changed meanwhile");
                }
                return index;
            }

            @Override
            public int size() {
                return 5;
            }
        };

        Map<String, @Nullable Object> read = new LinkedHashMap<>();
        Records.message("t")
                .keyValue("failing", failing)
                .keyValue("after", 1)
                .record()
                .forEachKeyValue(read::put);

        assertThat(read)
                .containsEntry("failing", List.of(0L, 1L, RecordEncoder.FAILED))
                .containsEntry("after", 1L);
    }

    @Test
    void survivesDepthAndBreadthWithoutEnd() {
        Object deep = "bottom";
        for (int i = 0; i < 10_000; i++) {
            deep = List.of(deep);
        }
        List<Integer> broad = new AbstractList<>() {
            @Override
            public Integer get(int index) {
                return index;
            }

            @Override
            public int size() {
                return Integer.MAX_VALUE;
            }
        };

        LogRecord record = Records.message("t")
                .keyValue("deep", deep)
                .keyValue("broad", broad)
                .keyValue("after", 1)
                .record();

        Map<String, @Nullable Object> read = new LinkedHashMap<>();
        record.forEachKeyValue(read::put);
        assertThat(read).containsKeys("deep", "broad").containsEntry("after", 1L);
        assertThat(record.isTruncated()).isTrue();
        assertThat(record.length()).isLessThanOrEqualTo(64 * 1024);
    }

    @Test
    void survivesThrowablesWhoseMethodsFail() {
        Exception hostile = new Exception() {
            private static final long serialVersionUID = 1;

            @Override
            public String getMessage() {
                throw new IllegalStateException("no message");
            }

            @Override
            public StackTraceElement[] getStackTrace() {
                throw new IllegalStateException("no frames");
            }

            @Override
            public synchronized Throwable getCause() {
                throw new IllegalStateException("no cause");
            }
        };
        Records made = Records.message("t").thrown(hostile);

        assertThat(made.record().hasThrowable()).isTrue();
        assertThat(made.failures()).isEqualTo(3);
    }

    @Test
    void boundsAChainOfCausesWithoutEnd() {
        AtomicInteger made = new AtomicInteger();
        class Endless extends Exception {
            private static final long serialVersionUID = 1;

            @Override
            public synchronized Throwable getCause() {
                made.incrementAndGet();
                return new Endless();
            }
        }

        LogRecord record = Records.message("t").thrown(new Endless()).record();

        assertThat(record.isTruncated()).isTrue();
        assertThat(made.get()).isLessThan(100);
        assertThat(record.length()).isLessThanOrEqualTo(64 * 1024);
    }

    // truncation

    @Test
    void cutsTheLongestValuesAndKeepsEveryField() {
        LogRecord record = Records.message("message {} {}", "x".repeat(100_000), 12)
                .traced()
                .context("user", "u1")
                .keyValue("long", "y".repeat(50_000))
                .keyValue("number", 7)
                .keyValue("short", "stays")
                .thrown(new IllegalStateException("z".repeat(100_000)))
                .markers("MARK")
                .maxBytes(4096)
                .record();

        assertThat(record.length()).isLessThanOrEqualTo(4096).isGreaterThan(3000);
        assertThat(record.isTruncated()).isTrue();
        assertThat(record.template()).isEqualTo("message {} {}");
        assertThat((String) record.arguments().get(0)).startsWith("xxx").endsWith("x…[truncated]");
        assertThat(record.arguments().get(1)).isEqualTo(12L);
        assertThat(record.traceId()).isEqualTo(Records.TRACE_ID);
        assertThat(record.markers()).containsExactly("MARK");
        assertThat(record.hasThrowable()).isTrue();
        Map<String, @Nullable Object> read = new LinkedHashMap<>();
        record.forEachKeyValue(read::put);
        record.forEachContext(read::put);
        assertThat(read)
                .containsEntry("number", 7L)
                .containsEntry("short", "stays")
                .containsEntry("user", "u1");
        assertThat((String) read.get("long")).endsWith("y…[truncated]");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void splitsNoCharacterWhereItCuts(int shift) {
        LogRecord record = Records.message("-".repeat(shift) + "𝄞".repeat(30_000))
                .maxBytes(1024)
                .record();

        String text = record.template();

        assertThat(text).endsWith("𝄞…[truncated]").doesNotContain("\ufffd");
        assertThat(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(text);
    }

    @Test
    void holdsItsMaximumWhateverTheRecord() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            Records made = Records.message("m".repeat(random.nextInt(3_000)), "a".repeat(random.nextInt(5_000)));
            for (int k = random.nextInt(60); k > 0; k--) {
                made.keyValue("k" + k, value(random, 0));
            }
            if (random.nextBoolean()) {
                made.thrown(new Exception("e".repeat(random.nextInt(4_000)), new Error("cause")));
            }
            int max = 1024 * (1 + random.nextInt(8));

            LogRecord record = made.maxBytes(max).record();

            assertThatCode(() -> record.forEachKeyValue((key, value) -> {}))
                    .as("seed %s", seed)
                    .doesNotThrowAnyException();
            assertThat(record.length()).as("seed %s", seed).isLessThanOrEqualTo(max);
            record.forEachKeyValue((key, value) -> assertThat(key).startsWith("k"));
            assertThat(record.message()).as("seed %s", seed).isNotNull();
        }
    }

    @Test
    void aNumberAtTheEndOfWhatAListMayHoldIsWholeOrText() {
        BigInteger number = BigInteger.TEN.pow(100);
        for (int before = 59_700; before < 60_000; before++) {
            LogRecord record = Records.message("")
                    .keyValue("k", List.of("s".repeat(before), number))
                    .record();

            record.forEachKeyValue((key, value) -> {
                List<?> list = (List<?>) value;
                if (list.size() == 2 && list.get(1) instanceof Number last) {
                    assertThat(last).hasToString(number.toString());
                }
            });
        }
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth < 3 ? 6 : 4)) {
            case 0 -> random.nextLong();
            case 1 -> "s".repeat(random.nextInt(random.nextBoolean() ? 20 : 2_000));
            case 2 -> new byte[random.nextInt(300)];
            case 3 -> new BigDecimal(new BigInteger(random.nextInt(2_000), random));
            case 4 -> List.of(value(random, depth + 1), value(random, depth + 1));
            default -> Map.of("x", value(random, depth + 1), "y", value(random, depth + 1));
        };
    }

    private static String withoutLoneSurrogates(String text) {
        StringBuilder sane = new StringBuilder();
        text.codePoints().forEach(point -> sane.appendCodePoint(point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point));
        return sane.toString();
    }
}
