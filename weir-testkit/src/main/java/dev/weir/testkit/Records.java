package dev.weir.testkit;

import dev.weir.Context;
import dev.weir.Level;
import dev.weir.Logger;
import dev.weir.OverflowPolicy;
import dev.weir.TraceContext;
import dev.weir.Weir;
import dev.weir.record.LogRecord;
import dev.weir.record.LoggerNames;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes records as a pipeline makes them: by logging calls that go through one. Each record has an array of its own, so
 * it stays as it is. Any thread.
 */
public final class Records {
    /** The logger of records that do not say theirs. */
    public static final String LOGGER = "weir.testkit";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long CAPACITY_BYTES = 8 << 20;
    private static final int LONG_TEXT = 200_000;
    private static final int DEPTH = 40;
    private static final int MANY_FRAMES = 1500;

    private Records() {}

    /**
     * A record of level INFO.
     *
     * @param message its message, taken as it is
     * @return the record
     */
    public static LogRecord of(String message) {
        return logged(logger -> logger.info(message)).get(0);
    }

    /**
     * Begins a record of any content, also such as no call can have.
     *
     * @return to be told what is in it
     */
    public static RecordMaker make() {
        return new RecordMaker();
    }

    /**
     * Records of what is logged.
     *
     * @param calls logs, on the calling thread only
     * @return a record for each call, in its order
     */
    public static List<LogRecord> logged(Consumer<Logger> calls) {
        CapturingHandler handler = new CapturingHandler();
        Weir weir = Weir.builder()
                .queueCapacity(CAPACITY_BYTES)
                .overflow(OverflowPolicy.BLOCK)
                .handler("captured", handler)
                .root(root -> root.level(Level.TRACE))
                .start();
        try {
            calls.accept(weir.loggerOf(LOGGER));
        } finally {
            weir.close(PATIENCE);
        }
        return handler.records();
    }

    /**
     * A record that stays when the view it was made of moves on.
     *
     * @param record a view, lent
     * @return a copy
     */
    public static LogRecord copyOf(LogRecord record) {
        int start = record.start();
        byte[] bytes = Arrays.copyOfRange(record.bytes(), start, start + record.length());
        return new LogRecord(new OneLogger(record.loggerName(), record.loggerNameUtf8())).moveTo(bytes, 0);
    }

    /** A copy has one logger, whatever its id was. */
    static final class OneLogger implements LoggerNames {
        private final String name;
        private final byte[] utf8;

        OneLogger(String name, byte[] utf8) {
            this.name = name;
            this.utf8 = utf8;
        }

        @Override
        public String name(int loggerId) {
            return name;
        }

        @Override
        public byte[] nameUtf8(int loggerId) {
            return utf8;
        }
    }

    /**
     * Records whose content tries to break out of whatever it is written to: control characters, half characters, things
     * that other loggers once looked up, values that no format has a place for.
     *
     * @return records by what is hostile about them, always the same ones in the same order
     */
    public static Map<String, LogRecord> hostile() {
        Map<String, Consumer<Logger>> calls = new LinkedHashMap<>();
        messages(calls);
        values(calls);
        throwables(calls);
        surroundings(calls);
        List<LogRecord> records = logged(logger -> calls.values().forEach(call -> call.accept(logger)));
        Map<String, LogRecord> hostile = new LinkedHashMap<>();
        int next = 0;
        for (String name : calls.keySet()) {
            hostile.put(name, records.get(next++));
        }
        rareFields(hostile);
        rareThrowables(hostile);
        return hostile;
    }

    private static void rareFields(Map<String, LogRecord> hostile) {
        String forged = "a\n\"b\ud83d\u001b[2J";
        hostile.put(
                "a severity of its own",
                make().severity(18, forged).message("severity").record());
        hostile.put(
                "an observed time before all others",
                make().observed(Long.MIN_VALUE).message("observed").record());
        hostile.put(
                "an event out of anything",
                make().eventName(forged).message("event").record());
        hostile.put(
                "an id out of anything", make().uniqueId(forged).message("id").record());
        hostile.put(
                "a caller out of anything",
                make().caller(new StackTraceElement(forged, forged, forged, -1))
                        .message("caller")
                        .record());
        hostile.put(
                "a trace without a span",
                make().trace("4bf92f3577b34da6a3ce929d0e0e4736", "", 0xFF)
                        .message("traced")
                        .record());
        hostile.put("a record of Weir's own", make().synthetic().message("own").record());
        hostile.put(
                "a thread without a name",
                make().thread("", 0).message("thread").record());
        hostile.put(
                "numbers of any size",
                make().keyValue("large", BigInteger.TEN.pow(400).negate())
                        .keyValue("small", new BigDecimal("1E-999"))
                        .keyValue("long", Long.MIN_VALUE)
                        .message("{}", new BigDecimal("0E+999"))
                        .record());
        hostile.put(
                "a key that is everywhere",
                make().context(forged, "context")
                        .keyValue(forged, "first")
                        .keyValue(forged, null)
                        .context("", "empty")
                        .message("keys")
                        .record());
    }

    private static void rareThrowables(Map<String, LogRecord> hostile) {
        StackTraceElement[] deep = new StackTraceElement[MANY_FRAMES];
        for (int i = 0; i < deep.length; i++) {
            deep[i] = new StackTraceElement("a.Deep", "call", "Deep.java", i);
        }
        Exception cause = withFrames(
                new Exception("cause"), new StackTraceElement("a.Cause", "make", null, -1), deep[MANY_FRAMES - 1]);
        hostile.put(
                "frames left out and in common",
                make().level(Level.ERROR)
                        .cause(withFrames(new Exception("top", cause), deep))
                        .message("deep")
                        .record());
        String forged = "a\n2024-01-01\"b\u001b[2J";
        Exception strange = withFrames(
                new Exception(),
                new StackTraceElement(null, forged, "1", forged, forged, forged, 1),
                new StackTraceElement("a.Native", "call", null, -2));
        strange.addSuppressed(withFrames(new Exception(forged, withFrames(new Error(forged))), deep[0]));
        strange.addSuppressed(withFrames(new Exception("second")));
        hostile.put(
                "frames out of anything",
                make().level(Level.ERROR).cause(strange).message("strange").record());
    }

    private static <T extends Throwable> T withFrames(T thrown, StackTraceElement... frames) {
        thrown.setStackTrace(frames);
        return thrown;
    }

    private static void messages(Map<String, Consumer<Logger>> calls) {
        calls.put("no message", logger -> logger.info((String) null));
        calls.put("an empty message", logger -> logger.info(""));
        calls.put("a forged line", logger -> logger.info("ok\n2024-01-01 00:00:00,000 ERROR forged\r\n\tat forged"));
        calls.put("every control character", logger -> logger.info(controls()));
        calls.put("line separators", logger -> logger.info("a\u2028b\u2029c\u0085d\u000be\ff"));
        calls.put("halves of characters", logger -> logger.info("a\ud83d b\ude00 c\ude00\ud83d"));
        calls.put(
                "characters of all planes", logger -> logger.info("\u00fc\u4f60\ud83d\ude00\udbff\udfff\ufeff\u202e"));
        calls.put("terminal commands", logger -> logger.info("\u001b[2J\u001b]0;title\u0007\u009b31m"));
        calls.put("quotation marks", logger -> logger.info("\"}\n{\"level\":\"ERROR\",'\\\"\\u0041\\"));
        calls.put("look-ups", logger -> logger.info("${jndi:ldap://localhost/x} ${env:PATH} %(message)s %n {}"));
        calls.put("look-ups in an argument", logger -> logger.info("{}", "${sys:user.home} {} %s"));
        calls.put("a long message", logger -> logger.info("x\u00fc\n".repeat(LONG_TEXT / 3)));
    }

    private static String controls() {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < ' '; c++) {
            all.append(c);
        }
        for (char c = '\u007f'; c <= '\u009f'; c++) {
            all.append(c);
        }
        return all.toString();
    }

    private static void values(Map<String, Consumer<Logger>> calls) {
        calls.put(
                "numbers that JSON does not have",
                logger -> logger.atInfo()
                        .keyValue("nan", Double.NaN)
                        .keyValue("infinite", Double.NEGATIVE_INFINITY)
                        .keyValue("float", Float.NaN)
                        .keyValue("zero", -0.0)
                        .log("{}", Double.POSITIVE_INFINITY));
        calls.put(
                "keys that collide",
                logger -> logger.atInfo()
                        .keyValue("level", "forged")
                        .keyValue("msg", "forged")
                        .keyValue("message", "forged")
                        .keyValue("time", 1)
                        .keyValue("attr.level", 2)
                        .keyValue("twice", 1)
                        .keyValue("twice", 2)
                        .log("collide"));
        calls.put(
                "keys out of anything",
                logger -> logger.atInfo()
                        .keyValue("", 1)
                        .keyValue("a\nb\"c", "d\ne\"f")
                        .keyValue("\ud83d", "\ude00")
                        .keyValue(null, null)
                        .log("keys"));
        calls.put(
                "values in values",
                logger -> logger.atInfo()
                        .keyValue("deep", nested())
                        .keyValue("map", Map.of("k\n", List.of("v\r", Map.of())))
                        .keyValue("bytes", new byte[] {0, -1, '\n'})
                        .log("nested"));
        calls.put(
                "a value whose toString fails",
                logger -> logger.info("{}", new Object() {
                    @Override
                    public String toString() {
                        throw new IllegalStateException("\n");
                    }
                }));
        calls.put(
                "a long value",
                logger -> logger.atInfo()
                        .keyValue("long", "\u0000".repeat(LONG_TEXT))
                        .log("long"));
        calls.put("many values", logger -> {
            var builder = logger.atInfo();
            for (int i = 0; i < 1000; i++) {
                builder.keyValue("key" + i, i);
            }
            builder.log("many");
        });
    }

    private static List<@Nullable Object> nested() {
        List<@Nullable Object> inner = new ArrayList<>(Arrays.asList(null, "\n"));
        for (int i = 0; i < DEPTH; i++) {
            inner = new ArrayList<>(Arrays.asList(inner, i));
        }
        return inner;
    }

    private static void throwables(Map<String, Consumer<Logger>> calls) {
        calls.put(
                "a throwable that forges a line",
                logger -> logger.log(Level.ERROR, "failed", new IllegalStateException("a\n2024-01-01 ERROR forged\r")));
        calls.put("causes in a circle", logger -> {
            Exception first = new Exception("first");
            Exception second = new Exception("second", first);
            first.initCause(second);
            first.addSuppressed(second);
            logger.log(Level.ERROR, "failed", first);
        });
        calls.put("a throwable that fails itself", logger -> logger.log(Level.ERROR, "failed", new FailingException()));
    }

    private static final class FailingException extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("\n");
        }
    }

    private static void surroundings(Map<String, Consumer<Logger>> calls) {
        calls.put(
                "the least time", logger -> logger.atInfo().time(Long.MIN_VALUE).log("time"));
        calls.put(
                "the last time", logger -> logger.atInfo().time(Long.MAX_VALUE).log("time"));
        calls.put(
                "a thread out of anything",
                logger -> logger.atInfo().thread("t\n\"\ud83d", Long.MIN_VALUE).log("thread"));
        calls.put(
                "a marker out of anything",
                logger -> logger.atInfo().marker("m\n\"\ude00").log("marker"));
        calls.put("context and trace", logger -> {
            Context.put("c\n\"", "v\r\u0000");
            Context.put("level", "forged");
            TraceContext trace = TraceContext.of("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", 1);
            TraceContext.Scope scope = TraceContext.scope(Objects.requireNonNull(trace));
            try {
                logger.critical("traced");
            } finally {
                scope.close();
                Context.remove("c\n\"");
                Context.remove("level");
            }
        });
    }
}
