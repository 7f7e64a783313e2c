package dev.weir.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.weir.Context;
import dev.weir.Level;
import dev.weir.Logger;
import dev.weir.OverflowPolicy;
import dev.weir.Weir;
import dev.weir.handler.Handler;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import dev.weir.record.Records;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Attacks on formatters, each named by its number in the catalogue of attack inputs that Weir is held to. JSON is read back by
 * two strict parsers ({@link StrictJson}), text by {@link #unescaped}.
 */
@Timeout(120)
class FormatterSecurityTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String EVERYTHING = "%(name)s|%(threadName)s|%(message)s|%(key)s|%(mdc)s";

    private static TextFormatter text() {
        return TextFormatter.of(EVERYTHING);
    }

    private static List<Supplier<JsonFormatter>> jsons() {
        return List.of(JsonFormatter::weir, JsonFormatter::python);
    }

    private static String written(Formatter formatter, LogRecord record) {
        ByteOutput out = new ByteOutput(16);
        formatter.format(record, out);
        return new String(Arrays.copyOf(out.array(), out.size()), StandardCharsets.UTF_8);
    }

    /** A record that has a content wherever one can come from outside. */
    private static Records everywhere(String content) {
        return Records.message("{} " + content, content)
                .level(Level.ERROR)
                .logger(content)
                .thread(content)
                .context("mdc", content)
                .context("c" + content, content)
                .keyValue("key", content)
                .keyValue("k" + content, List.of(content, Map.of(content, content)))
                .markers(content)
                .event(content)
                .thrown(new IllegalStateException(content, new Error(content)));
    }

    /** What a text was before it was escaped. */
    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i) == '\\' && i + 1 < text.length() ? text.charAt(i + 1) : 0;
            int code = "nrt\\u".indexOf(next);
            if (next == 0 || code < 0) {
                plain.append(text.charAt(i));
            } else if (next == 'u') {
                plain.append((char) Integer.parseInt(text.substring(i + 2, i + 6), 16));
                i += 5;
            } else {
                plain.append("\n\r\t\\".charAt(code));
                i++;
            }
        }
        return plain.toString();
    }

    /** Written by every formatter: once, literally, and on lines that only the formatter has ended. */
    private static void isWrittenLiterally(String content) {
        LogRecord record = everywhere(content).record();
        for (Supplier<JsonFormatter> json : jsons()) {
            Map<String, @Nullable Object> read = StrictJson.format(json.get(), record);
            assertThat(read)
                    .containsEntry("msg", content + " " + content)
                    .containsEntry("logger", content)
                    .containsEntry("thread", content)
                    .containsEntry("mdc", content)
                    .containsEntry("key", content)
                    .containsEntry("c" + content, content)
                    .containsEntry("k" + content, List.of(content, Map.of(content, content)))
                    .containsEntry("markers", List.of(content));
            assertThat((String) read.get("exception"))
                    .startsWith("java.lang.IllegalStateException: ")
                    .contains(content);
        }
        String[] lines = written(text(), record).split("\n", -1);
        assertThat(unescaped(lines[0]))
                .isEqualTo(String.join("|", content, content, content + " " + content, content, content));
        assertThat(lines[1]).startsWith("java.lang.IllegalStateException: ");
        assertThat(unescaped(lines[1])).endsWith(content);
        assertThat(Arrays.asList(lines).subList(2, lines.length - 1))
                .allMatch(line -> line.startsWith("\t") || line.startsWith("Caused by: java.lang.Error: "));
        assertThat(lines[lines.length - 1]).isEmpty();
        assertThat(String.join("", lines).chars())
                .noneMatch(c -> (c < ' ' && c != '\t') || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029);
    }

    @Test
    void sec01WritesLookupsLiterallyAndConnectsToNobody() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            listener.configureBlocking(false);
            int port = listener.socket().getLocalPort();

            for (String lookup : List.of(
                    "${jndi:ldap://127.0.0.1:" + port + "/a}",
                    "${${lower:j}ndi:ldap://127.0.0.1:" + port + "/a}",
                    "${env:HOME} ${sys:user.home} ${date:yyyy}",
                    "%n%x%d %(message)s %m",
                    "{} \\{} {0} {}")) {
                isWrittenLiterallyAsArgument(lookup);
            }
            isWrittenLiterally("${jndi:ldap://127.0.0.1:" + port + "/a}");

            assertThat(listener.accept()).isNull();
        }
    }

    private static void isWrittenLiterallyAsArgument(String content) {
        LogRecord record =
                Records.message("{}", content).keyValue("key", content).record();
        for (Supplier<JsonFormatter> json : jsons()) {
            assertThat(StrictJson.format(json.get(), record))
                    .containsEntry("msg", content)
                    .containsEntry("key", content);
        }
        assertThat(written(TextFormatter.of("%(message)s|%(key)s"), record)).isEqualTo(content + '|' + content + '\n');
    }

    @Test
    @Timeout(20)
    void sec02TakesTenThousandNestedLookupsInItsStride() {
        String nested = "${".repeat(10_000) + "}".repeat(10_000);

        isWrittenLiterallyAsArgument(nested);
        assertThat(written(
                        TextFormatter.of("%(message)s"),
                        Records.message("{".repeat(20_000) + "}".repeat(20_000), 1)
                                .record()))
                .hasSize(40_000);
    }

    @Test
    void sec03KeepsEveryLineBreakWithinItsLineAndReversible() {
        isWrittenLiterally("a\rb\nc\r\nd\u0085e\u2028f\u2029g\u000bh\fi\u0000j");
        isWrittenLiterally("x\n2024-05-20 14:32:11,123 CRITICAL forged");
        isWrittenLiterally("\\n \\\n \\\\n \\u000a \\");
    }

    @Test
    void sec04EscapesWhatATerminalWouldObey() {
        isWrittenLiterally("\u001b[2J\u001b]0;t\u0007");
        isWrittenLiterally("\u001b]8;;http://x\u001b\\l\u001b]8;;\u001b\\ \u001b]52;c;eA==\u0007");
        isWrittenLiterally("\u001bP+q\u001b\\ \u009b31m \u0090 \u007f \b");
    }

    /** Format characters are data: they break no line and no parser, and are kept. */
    @Test
    void sec05KeepsFormatCharactersAsTheyAre() {
        String deceptive = "a\u202eb\u200bc\ufeffd\u2066e";

        isWrittenLiterally(deceptive);
        assertThat(written(text(), everywhere(deceptive).record())).contains(deceptive);
    }

    @Test
    void sec06WritesJsonThatTwoParsersReadWhateverItHolds() {
        StringBuilder controls = new StringBuilder();
        for (char c = 0; c < 0xA0; c++) {
            controls.append(c);
        }
        isWrittenLiterally(controls.toString());
        isWrittenLiterally("\"}\n{\"level\":\"ERROR\",\"\\\"");
        isWrittenLiterally("\ufffe\uffff\ud834\udd1e\udbff\udfff");

        LogRecord record = Records.message("a\ud800b\udc00")
                .keyValue("", "empty")
                .keyValue("\"\n\\", "quoted")
                .keyValue("k\udfff", "\ud83d")
                .record();
        for (Supplier<JsonFormatter> json : jsons()) {
            assertThat(StrictJson.format(json.get(), record))
                    .contains(
                            entry("msg", "a\ufffdb\ufffd"),
                            entry("", "empty"),
                            entry("\"\n\\", "quoted"),
                            entry("k\ufffd", "\ufffd"));
        }
    }

    @Test
    void sec07WritesNumbersThatJsonHasAndBoundsTheRest() {
        LogRecord record = Records.message("{} {}", Double.NaN, new BigDecimal("1E1000000"))
                .keyValue("nan", Double.NaN)
                .keyValue("infinite", Double.NEGATIVE_INFINITY)
                .keyValue("float", Float.POSITIVE_INFINITY)
                .keyValue("zero", -0.0)
                .keyValue("bomb", new BigDecimal("1E1000000"))
                .keyValue("small", new BigDecimal("1E-1000000"))
                .keyValue("digits", BigInteger.ONE.shiftLeft(10_000_000))
                .record();

        for (Supplier<JsonFormatter> json : jsons()) {
            assertThat(written(json.get(), record)).hasSizeLessThan(2000);
            assertThat(StrictJson.format(json.get(), record))
                    .contains(
                            entry("nan", "NaN"),
                            entry("infinite", "-Infinity"),
                            entry("float", "Infinity"),
                            entry("bomb", new BigDecimal("1E1000000")),
                            entry("small", new BigDecimal("1E-1000000")));
        }
        assertThat(written(TextFormatter.of("%(message)s %(bomb)s %(digits)s"), record))
                .startsWith("NaN 1E+1000000 1E+1000000 ")
                .hasSizeLessThan(200);
    }

    @Test
    void sec08LetsNoContentPassForAFieldOrStandTwice() {
        Records made = Records.message("true").traced();
        for (String name : List.of(
                "time",
                "level",
                "logger",
                "thread",
                "msg",
                "trace_id",
                "span_id",
                "exception",
                "markers",
                "truncated")) {
            made.context(name, "forged").keyValue(name, "forged").keyValue(name, "forged again");
        }
        made.keyValue("attr.level", "forged").keyValue("attr.attr.level", "forged");

        for (Supplier<JsonFormatter> json : jsons()) {
            Map<String, @Nullable Object> read = StrictJson.format(json.get(), made.record());
            assertThat(read)
                    .containsEntry("msg", "true")
                    .containsEntry("level", "INFO")
                    .containsEntry("logger", "payment.service")
                    .containsEntry("trace_id", Records.TRACE_ID)
                    .doesNotContainKeys("exception", "markers", "truncated")
                    .containsEntry("attr.level", "forged again");
        }
        assertThat(written(TextFormatter.of("%(levelname)s %(name)s %(message)s %(trace_id)s"), made.record()))
                .isEqualTo("INFO payment.service true " + Records.TRACE_ID + "\n");
    }

    // through a pipeline

    /** What formatters write of what is logged, in its order: by JSON, and as text. */
    private static final class Written implements Handler {
        final List<byte[]> jsons = new ArrayList<>();
        final List<String> texts = new ArrayList<>();
        private final JsonFormatter json = JsonFormatter.weir();
        private final TextFormatter text = text();

        @Override
        public boolean emit(LogRecord record) {
            ByteOutput out = new ByteOutput(1024);
            json.formatWhole(record, out);
            jsons.add(Arrays.copyOf(out.array(), out.size()));
            texts.add(written(text, record));
            return true;
        }

        @Override
        public void flush() {}
    }

    private static Written logged(Consumer<Logger> calls) {
        Written written = new Written();
        Weir weir = Weir.builder()
                .overflow(OverflowPolicy.BLOCK)
                .handler("written", written)
                .start();
        calls.accept(weir.loggerOf("any"));
        assertThat(weir.close(SOON).complete()).isTrue();
        assertThat(weir.stats().dropped("written", Level.ERROR)).isZero();
        return written;
    }

    private static final class Liar extends RuntimeException {
        private static final long serialVersionUID = 1;
        private @Nullable Throwable liedCause;

        Liar(String message) {
            super(message);
        }

        @Override
        public synchronized @Nullable Throwable getCause() {
            return liedCause;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return false;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(new Object());
        }
    }

    @Test
    void sec15BoundsWhateverIsLoggedAndMarksWhatIsCut() {
        String long100M = "m".repeat(100 << 20);
        Throwable chain = new Exception("last");
        for (int i = 0; i < 100_000; i++) {
            chain = new Exception("c", chain, false, false) {
                private static final long serialVersionUID = 1;
            };
        }
        Liar first = new Liar("first");
        Liar second = new Liar("second");
        first.liedCause = second;
        second.liedCause = first;
        Throwable longChain = chain;

        Written written = logged(logger -> {
            logger.error(long100M);
            logger.error("{}", long100M);
            logger.atError().keyValue("key", long100M).log("key");
            logger.log(Level.ERROR, "chain", longChain);
            logger.log(Level.ERROR, "circle", first);
            logger.error("{}", new Object() {
                @Override
                public String toString() {
                    throw new StackOverflowError();
                }
            });
            logger.error("{}", new Object() {
                @Override
                public String toString() {
                    logger.error("from within");
                    return "outside";
                }
            });
            manyEntries(logger);
        });

        assertThat(written.jsons).hasSize(9).allSatisfy(line -> {
            assertThat(line.length).isLessThan(8 * 64 * 1024);
            StrictJson.line(line);
        });
        assertThat(written.texts).allSatisfy(line -> assertThat(line.length()).isLessThan(8 * 64 * 1024));
        for (int cut : new int[] {0, 1, 2, 3, 8}) {
            assertThat(StrictJson.line(written.jsons.get(cut)))
                    .as("record %s", cut)
                    .containsEntry("truncated", true);
        }
        assertThat(written.texts.get(0)).contains("…[truncated]");
        assertThat(written.texts.get(4)).contains("[CIRCULAR REFERENCE: ");
        assertThat(written.texts.get(5)).contains("[FAILED toString()]");
    }

    private static void manyEntries(Logger logger) {
        Map<String, @Nullable String> many = new HashMap<>();
        for (int i = 0; i < 1_000_000; i++) {
            many.put("key" + i, "v");
        }
        Context.replace(many);
        try {
            logger.error("many");
        } finally {
            Context.clear();
        }
    }

    @Test
    void sec16WritesAPoisonousRecordSanitisedAmongFiveHundredOthers() {
        Written written = logged(logger -> {
            for (int i = 0; i < 512; i++) {
                if (i == 200) {
                    logger.atError()
                            .keyValue("k\ud800", "\udfff".repeat(100_000))
                            .log("poison \ud800");
                } else {
                    logger.error("number {}", i);
                }
            }
        });

        assertThat(written.jsons).hasSize(512);
        for (int i = 0; i < 512; i++) {
            Map<String, @Nullable Object> read = StrictJson.line(written.jsons.get(i));
            assertThat(read).containsEntry("msg", i == 200 ? "poison \ufffd" : "number " + i);
        }
        assertThat(StrictJson.line(written.jsons.get(200)))
                .containsEntry("truncated", true)
                .containsKey("k\ufffd");
    }

    @Test
    void sec16DropsAndCountsARecordThatAFormatterFailsOnAndNoOther() {
        List<String> lines = new ArrayList<>();
        Formatter failing = (record, out) -> {
            out.put(record.message());
            if (record.message().equals("number 200")) {
                throw new IllegalStateException("poison");
            }
        };
        Handler handler = new Handler() {
            @Override
            public boolean emit(LogRecord record) {
                ByteOutput out = new ByteOutput(64);
                failing.formatWhole(record, out);
                lines.add(out.toString());
                return true;
            }

            @Override
            public void flush() {}
        };
        Weir weir = Weir.builder()
                .overflow(OverflowPolicy.BLOCK)
                .handler("handler", handler)
                .start();

        for (int i = 0; i < 512; i++) {
            weir.loggerOf("any").error("number {}", i);
        }

        weir.close(SOON);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("number "))
                .hasSize(511)
                .doesNotContain("number 200")
                .contains("number 199", "number 201");
        assertThat(weir.stats().dropped("handler", Level.ERROR)).isEqualTo(1);
        assertThat(weir.stats().toJson()).contains("format-error");
    }
}
