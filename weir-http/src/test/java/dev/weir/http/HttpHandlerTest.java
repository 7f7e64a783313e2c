package dev.weir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.BreakerPolicy;
import dev.weir.Level;
import dev.weir.OverflowPolicy;
import dev.weir.Stats;
import dev.weir.Weir;
import dev.weir.format.FormatException;
import dev.weir.format.Formatter;
import dev.weir.handler.Handler;
import dev.weir.http.internal.TestCollector;
import dev.weir.http.internal.TestCollector.Answer;
import dev.weir.http.internal.TestCollector.Request;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import dev.weir.testkit.Records;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpHandlerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Formatter LINES = (record, out) -> {
        record.appendMessage(out, ByteOutput.Escape.TEXT);
        if (record.message().equals("unspeakable")) {
            throw new IllegalArgumentException("told to fail");
        }
        out.put('\n');
    };

    private TestCollector collector;

    @BeforeEach
    void startTheCollector() throws IOException {
        collector = new TestCollector();
    }

    @AfterEach
    void stopTheCollector() {
        collector.close();
    }

    private HttpHandler.Builder builder() {
        return HttpHandler.builder(collector.uri()).formatter(LINES);
    }

    private static boolean emit(Handler handler, String message) throws IOException {
        return handler.emit(Records.of(message));
    }

    // batches

    @Test
    void postsJsonUnlessToldOtherwise() throws Exception {
        HttpHandler handler = HttpHandler.builder(collector.uri()).gzip(true).build();

        emit(handler, "gr\u00fc\u00dfe \ud83d\ude00");
        emit(handler, "two\nlines");
        handler.flush();
        handler.close(false);

        Request request = collector.requests().get(0);
        assertThat(request.headers())
                .containsEntry("content-type", "application/x-ndjson")
                .containsEntry("content-encoding", "gzip");
        assertThat(request.lines()).hasSize(2);
        assertThat(request.lines().get(0)).startsWith("{\"").endsWith("}").contains("\"gr\u00fc\u00dfe \ud83d\ude00\"");
        assertThat(request.lines().get(1)).contains("\"two\\nlines\"");
    }

    @Test
    void isFullAtItsNumberOfRecords() throws Exception {
        HttpHandler handler = builder().batchRecords(3).build();
        LogRecord record = Records.of("one");
        List<Boolean> full = new ArrayList<>();

        for (int i = 0; i < 3; i++) {
            handler.emit(record);
            full.add(handler.shouldFlush(record));
        }

        assertThat(full).containsExactly(false, false, true);
        assertThat(collector.requests()).isEmpty();
        handler.flush();
        assertThat(handler.shouldFlush(record)).isFalse();
        handler.close(false);
    }

    @Test
    void isFullAtItsNumberOfBytes() throws Exception {
        HttpHandler handler = builder().batchBytes(8).build();
        LogRecord record = Records.of("one");

        handler.emit(record);
        assertThat(handler.shouldFlush(record)).isFalse();
        handler.emit(record);
        assertThat(handler.shouldFlush(record)).isTrue();

        handler.close(false);
    }

    @Test
    void letsRecordsWaitForOthersAsLongAsItIsTold() {
        assertThat(builder().build().flushDelay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(builder().batchDelay(Duration.ofMillis(20)).build().flushDelay())
                .isEqualTo(Duration.ofMillis(20));
    }

    @Test
    void leavesTheBatchAsItWasWhenTheFormatterFails() throws Exception {
        HttpHandler handler = builder().build();
        LogRecord unspeakable = Records.of("unspeakable");

        emit(handler, "one");
        assertThatThrownBy(() -> handler.emit(unspeakable)).isInstanceOf(FormatException.class);
        emit(handler, "two");
        handler.flush();

        assertThat(collector.accepted()).containsExactly("one", "two");
        handler.close(false);
    }

    @Test
    void sendsNothingWhenAbandoned() throws Exception {
        HttpHandler handler = builder().build();
        emit(handler, "one");

        handler.close(true);

        assertThat(collector.requests()).isEmpty();
    }

    @Test
    void refusesBatchesOutOfTheirRange() {
        HttpHandler.Builder builder = builder();

        assertThatThrownBy(() -> builder.batchRecords(0)).hasMessage("batch.records: 0 (expected: at least 1)");
        assertThatThrownBy(() -> builder.batchBytes(-1)).hasMessage("batch.bytes: -1 (expected: at least 1)");
        assertThatThrownBy(() -> builder.batchDelay(Duration.ofHours(2)))
                .hasMessage("batch.delay: PT2H (expected: 0 to 1 hour)");
    }

    // what is refused

    private static Function<Request, Answer> refusing(int status, Predicate<String> poison) {
        return request -> Answer.of(request.lines().stream().anyMatch(poison) ? status : 200);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void rejectsTheOneRecordThatIsRefusedAlone(int status) throws Exception {
        collector.answers(refusing(status, line -> line.equals("record 7")));
        HttpHandler handler = builder().build();

        Stats stats = log(handler, 20);

        assertThat(stats.written("http", Level.INFO)).isEqualTo(19);
        assertThat(stats.toJson()).contains("\"rejected\": {\"INFO\": 1}");
        assertThat(acceptedRecords()).containsExactlyElementsOf(messages(20, i -> i != 7));
        assertThat(stats.failures("http")).isOne();
    }

    @Test
    void isNotBlockedByManyThatAreRefused() throws Exception {
        collector.answers(refusing(400, line -> line.startsWith("record ") && !line.endsWith("0")));
        HttpHandler handler = builder().build();

        Stats stats = log(handler, 300);

        assertThat(stats.written("http", Level.INFO)).isEqualTo(30);
        assertThat(stats.toJson()).contains("\"rejected\": {\"INFO\": 270}");
        assertThat(acceptedRecords()).containsExactlyElementsOf(messages(300, i -> i % 10 == 0));
    }

    @Test
    void sendsTogetherAgainAfterwards() throws Exception {
        collector.answers(refusing(400, line -> line.equals("poison")));
        HttpHandler handler = builder().build();
        LogRecord good = Records.of("good");
        LogRecord poison = Records.of("poison");
        handler.emit(good);
        handler.emit(poison);
        assertThatIOException()
                .isThrownBy(handler::flush)
                .withMessage(collector.uri() + ": answered 400; the 2 records are sent again one by one");
        handler.rollback();

        assertThat(handler.emit(good)).isTrue();
        assertThat(handler.shouldFlush(good)).isTrue();
        handler.flush();
        assertThat(handler.emit(poison)).isFalse();
        assertThat(handler.shouldFlush(poison)).isTrue();
        handler.flush();
        assertThat(handler.emit(good)).isTrue();

        assertThat(handler.shouldFlush(good)).isFalse();
        assertThat(collector.accepted()).containsExactly("good");
        assertThat(handler.bytesWritten()).isEqualTo("good\n".length());
        handler.close(false);
    }

    @Test
    void losesNothingWhenTheCollectorFailsBetween() throws Exception {
        AtomicInteger count = new AtomicInteger();
        Function<Request, Answer> poisoned = refusing(422, line -> line.equals("record 3"));
        collector.answers(request -> count.incrementAndGet() == 3 ? Answer.of(503) : poisoned.apply(request));
        HttpHandler handler = builder().build();

        Stats stats = log(handler, 10);

        assertThat(stats.written("http", Level.INFO)).isEqualTo(9);
        assertThat(acceptedRecords()).containsExactlyElementsOf(messages(10, i -> i != 3));
    }

    @Test
    void sendsLessAtATimeWhenABatchIsTooLarge() throws Exception {
        collector.answers(request -> Answer.of(request.body().length > 1000 ? 413 : 200));
        HttpHandler handler = builder().build();

        Stats stats = log(handler, 500);

        assertThat(stats.written("http", Level.INFO)).isEqualTo(500);
        assertThat(collector.accepted()).containsExactlyElementsOf(messages(500, i -> true));
        assertThat(collector.requests().get(collector.requests().size() - 1).body())
                .hasSizeBetween(1, 1000);
    }

    @Test
    void staysAtItsSizeWhenASingleRecordIsTooLarge() throws Exception {
        collector.answers(refusing(413, line -> line.length() > 100));
        HttpHandler handler = builder().batchBytes(200).build();
        LogRecord good = Records.of("good");
        LogRecord large = Records.of("x".repeat(150));
        handler.emit(good);
        handler.emit(large);
        assertThatIOException().isThrownBy(handler::flush).withMessageContaining("about 78 bytes at a time");
        handler.rollback();
        handler.emit(good);
        handler.flush();
        assertThat(handler.emit(large)).isFalse();
        handler.flush();

        for (int i = 0; i < 30; i++) {
            handler.emit(good);
        }

        assertThat(handler.shouldFlush(good)).isFalse();
        handler.close(false);
    }

    // the sink's failures

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 403, 404, 408, 425, 429, 500, 503})
    void keepsTheRecordsUntilTheCollectorTakesThem(int status) throws Exception {
        AtomicInteger count = new AtomicInteger();
        collector.answers(request -> Answer.of(count.incrementAndGet() <= 2 ? status : 200));
        HttpHandler handler = builder().build();

        Stats stats = log(handler, 20);

        assertThat(stats.written("http", Level.INFO)).isEqualTo(20);
        assertThat(stats.failures("http")).isEqualTo(2);
        assertThat(collector.accepted()).containsExactlyElementsOf(messages(20, i -> true));
    }

    @Test
    void tellsWhatToCheckAndNoSecret() throws Exception {
        AtomicInteger count = new AtomicInteger();
        collector.answers(request -> Answer.of(count.incrementAndGet() <= 1 ? 401 : 200)
                .body(String.valueOf(request.headers().get("x-api-key"))));
        HttpHandler handler = builder().header("X-Api-Key", "s3cr3t-0815").build();
        Weir weir = pipeline(handler);

        weir.loggerOf("any").info("one");
        assertThat(weir.close(PATIENCE).complete()).isTrue();

        assertThat(weir.diagnostics().toString())
                .contains("answered 401", "check the credentials in the headers")
                .doesNotContain("s3cr3t");
        assertThat(handler.toString()).isEqualTo("http " + collector.uri());
    }

    /** Without what the handler says of records it has lost. */
    private List<String> acceptedRecords() {
        return collector.accepted().stream()
                .filter(line -> line.startsWith("record "))
                .toList();
    }

    private static List<String> messages(int count, IntPredicate which) {
        return IntStream.range(0, count)
                .filter(which)
                .mapToObj(i -> "record " + i)
                .toList();
    }

    /** Logs to a pipeline of its own, and closes it. */
    private static Stats log(HttpHandler handler, int count) {
        Weir weir = pipeline(handler);
        for (int i = 0; i < count; i++) {
            weir.loggerOf("any").info("record {}", i);
        }
        assertThat(weir.close(PATIENCE).complete()).isTrue();
        return weir.stats();
    }

    private static Weir pipeline(HttpHandler handler) {
        return Weir.builder()
                .queueCapacity(1 << 20)
                .overflow(OverflowPolicy.BLOCK)
                .handler(
                        "http",
                        handler,
                        options -> options.breaker(
                                BreakerPolicy.DEFAULT.withDelays(Duration.ofMillis(1), Duration.ofMillis(5))))
                .start();
    }
}
