package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.handler.Handler;
import dev.weir.record.LogRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a record holds is what was true at the call. */
class CaptureTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    private record Seen(
            Level level,
            String message,
            @Nullable String traceId,
            @Nullable String spanId,
            Map<String, @Nullable Object> context,
            Map<String, @Nullable Object> keyValues,
            List<String> markers,
            String thread,
            String logger,
            boolean thrown) {}

    private final List<Seen> seen = new ArrayList<>();
    private final Weir weir = Weir.builder()
            .handler("capturing", new Handler() {
                @Override
                public boolean emit(LogRecord record) {
                    Map<String, @Nullable Object> context = new LinkedHashMap<>();
                    record.forEachContext(context::put);
                    Map<String, @Nullable Object> keyValues = new LinkedHashMap<>();
                    record.forEachKeyValue(keyValues::put);
                    seen.add(new Seen(
                            record.level(),
                            record.message(),
                            record.traceId(),
                            record.spanId(),
                            context,
                            keyValues,
                            record.markers(),
                            record.threadName(),
                            new String(record.loggerNameUtf8(), StandardCharsets.UTF_8),
                            record.hasThrowable()));
                    return true;
                }

                @Override
                public void flush() {}
            })
            .start();
    private final Logger logger = weir.loggerOf("capture");

    @AfterEach
    void close() {
        Context.clear();
        weir.close(Duration.ofSeconds(10));
    }

    private Seen only() {
        weir.flush(Duration.ofSeconds(10));
        assertThat(seen).hasSize(1);
        return seen.get(0);
    }

    @Test
    void takesTheTraceOfTheScope() {
        TraceContext.Scope scope = TraceContext.scope("00-" + TRACE + "-" + SPAN + "-01");
        logger.info("x");
        scope.close();

        assertThat(only().traceId()).isEqualTo(TRACE);
        assertThat(only().spanId()).isEqualTo(SPAN);
    }

    @Test
    void takesTheTraceOfTheContextUnderEitherSpellingAndWritesItOnce() {
        Context.put("traceId", TRACE);
        Context.put("spanId", SPAN);
        Context.put("user", "u-1");
        logger.info("x");

        assertThat(only().traceId()).isEqualTo(TRACE);
        assertThat(only().spanId()).isEqualTo(SPAN);
        assertThat(only().context()).containsOnly(Map.entry("user", "u-1"));
    }

    @Test
    void leavesInvalidIdsOutOfTheTraceAndInTheContext() {
        Context.put("trace_id", "0".repeat(32));
        logger.info("x");

        assertThat(only().traceId()).isNull();
        assertThat(only().context()).containsOnly(Map.entry("trace_id", "0".repeat(32)));
    }

    @Test
    void theScopeWinsOverTheContextWhoseIdsStayThere() {
        Context.put("trace_id", "a".repeat(32));
        TraceContext.Scope scope = TraceContext.scope("00-" + TRACE + "-" + SPAN + "-01");
        logger.info("x");
        scope.close();

        assertThat(only().traceId()).isEqualTo(TRACE);
        assertThat(only().context()).containsOnly(Map.entry("trace_id", "a".repeat(32)));
    }

    @Test
    void aMutableArgumentIsTakenAsItIsNow() {
        StringBuilder mutable = new StringBuilder("before");
        logger.info("{}", mutable);
        mutable.replace(0, mutable.length(), "after");

        assertThat(only().message()).isEqualTo("before");
    }

    @Test
    void keyValuesKeepTheirTypesAndTheirOrder() {
        logger.atWarn()
                .keyValue("long", 42)
                .keyValue("double", 1.5)
                .keyValue("flag", true)
                .keyValue("text", "t")
                .keyValue("list", List.of(1, "two"))
                .keyValue("none", (Object) null)
                .marker("AUDIT")
                .log("with {}", 1);

        assertThat(only().message()).isEqualTo("with 1");
        assertThat(only().level()).isEqualTo(Level.WARN);
        assertThat(only().markers()).containsExactly("AUDIT");
        assertThat(only().keyValues().keySet()).containsExactly("long", "double", "flag", "text", "list", "none");
        assertThat(only().keyValues())
                .containsEntry("long", 42L)
                .containsEntry("double", 1.5)
                .containsEntry("flag", true)
                .containsEntry("text", "t")
                .containsEntry("list", List.of(1L, "two"))
                .containsEntry("none", null);
    }

    @Test
    void charactersAndFloatsStayWhatTheyAre() {
        logger.atInfo()
                .keyValue("char", 'c')
                .keyValue("float", 0.1f)
                .message("{} {}")
                .argument('c')
                .argument(0.1f)
                .log();

        assertThat(only().message()).isEqualTo("c 0.1");
        assertThat(only().keyValues()).containsEntry("char", "c").containsEntry("float", 0.1f);
    }

    @Test
    void aMarkerGivenTwiceIsThereOnce() {
        logger.atInfo().marker("AUDIT").marker("MONEY").marker("AUDIT").log("x");

        assertThat(only().markers()).containsExactly("AUDIT", "MONEY");
    }

    @Test
    void halvesOfCharactersBecomeReplacementCharactersEverywhere() {
        Context.put("k\ud83d", "v\ude00");
        weir.loggerOf("capture\ud83d")
                .atInfo()
                .keyValue("\ude00", "\ud83d")
                .thread("t\ud83d", 1)
                .log("m\ude00");

        assertThat(only().message()).isEqualTo("m\ufffd");
        assertThat(only().thread()).isEqualTo("t\ufffd");
        assertThat(only().context()).containsExactly(Map.entry("k\ufffd", "v\ufffd"));
        assertThat(only().keyValues()).containsExactly(Map.entry("\ufffd", "\ufffd"));
        assertThat(only().logger()).isEqualTo("capture\ufffd");
    }

    @Test
    void aThreadsNameIsCutWhereverItComesFrom() {
        logger.atInfo().thread("t".repeat(100_000), 1).log("x");

        assertThat(only().thread()).isEqualTo("t".repeat(1024));
        assertThat(only().message()).isEqualTo("x");
    }

    @Test
    void aLogCallWithinToStringMakesARecordOfItsOwnAndLeavesTheOuterOneWhole() {
        Object chatty = new Object() {
            @Override
            public String toString() {
                logger.info("inner {}", 1);
                return "chatty";
            }
        };
        logger.info("outer {} {}", chatty, "end");
        weir.flush(Duration.ofSeconds(10));

        assertThat(seen).extracting(Seen::message).containsExactly("inner 1", "outer chatty end");
    }

    @Test
    void aToStringThatThrowsShowsInTheRecordAndInTheAccount() {
        Object hostile = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("hostile");
            }
        };
        logger.info("a {} b", hostile);

        assertThat(only().message()).isEqualTo("a [FAILED toString()] b");
        assertThat(weir.stats().toJson()).contains("\"failedRenderings\": 1");
    }

    @Test
    void aToStringThatCallsItselfForEverIsARecordLikeAnyOther() {
        Object endless = new Object() {
            @Override
            @SuppressWarnings("InfiniteRecursion")
            public String toString() {
                return toString() + "x";
            }
        };
        logger.info("a {} b", endless);
        logger.info("next");
        weir.flush(Duration.ofSeconds(10));

        assertThat(seen).extracting(Seen::message).containsExactly("a [FAILED toString()] b", "next");
    }

    @Test
    void aToStringThatLogsItselfForEverComesToAnEnd() {
        Object endless = new Object() {
            @Override
            public String toString() {
                logger.info("again {}", this);
                return "x";
            }
        };
        logger.info("begin {}", endless);
        weir.flush(Duration.ofSeconds(10));

        assertThat(seen).isNotEmpty();
        assertThat(seen.get(seen.size() - 1).message()).isEqualTo("begin x");
        assertThat(weir.stats().refused(Level.INFO)).isOne();
    }

    @Test
    void aThrowableBehindTheArgumentsIsTheRecordsThrowable() {
        logger.error("failed {}", "here", new IllegalStateException("why"));

        assertThat(only().message()).isEqualTo("failed here");
        assertThat(only().thrown()).isTrue();
    }

    @Test
    void anEnormousRecordIsCutAndItsShortFieldsSurvive() {
        logger.atInfo()
                .keyValue("short", 7)
                .keyValue("long", "y".repeat(1 << 20))
                .log("x".repeat(1 << 20));

        assertThat(only().message()).startsWith("xxx").endsWith("…[truncated]");
        assertThat(only().keyValues()).containsEntry("short", 7L);
        assertThat(only().keyValues().get("long")).asString().endsWith("…[truncated]");
        assertThat(weir.stats().toJson()).contains("\"truncations\": 1");
    }
}
