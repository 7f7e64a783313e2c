package dev.weir.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.http.internal.TestCollector.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTransportTest {
    private static final String TYPE = "text/plain";
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final long PATIENCE_SECONDS = 10;
    private static final URI ANYWHERE = URI.create("https://localhost");
    private static final String SECRET = "s3cr3t-key-0815";

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    private <T extends AutoCloseable> T closedAtTheEnd(T resource) {
        opened.add(resource);
        return resource;
    }

    private TestCollector collector() throws IOException {
        return closedAtTheEnd(new TestCollector());
    }

    private HttpTransport built(HttpTransport.Builder builder) {
        HttpTransport transport = builder.build();
        opened.add(transport::close);
        return transport;
    }

    private HttpTransport to(URI uri) {
        return built(HttpTransport.builder(uri));
    }

    private static byte[] post(HttpTransport transport, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return transport.post(TYPE, bytes, bytes.length);
    }

    private static String failure(HttpTransport transport) {
        try {
            post(transport, "any");
        } catch (IOException failed) {
            return failed.getMessage();
        }
        throw new AssertionError("it did not fail");
    }

    // requests

    @Test
    void postsContentOfAType() throws Exception {
        TestCollector collector = collector();

        post(to(collector.uri("/in?key=1")), "gr\u00fc\u00dfe \ud83d\ude00");

        TestCollector.Request request = collector.requests().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/in?key=1");
        assertThat(request.headers()).containsEntry("content-type", TYPE).doesNotContainKey("content-encoding");
        assertThat(request.lines()).containsExactly("gr\u00fc\u00dfe \ud83d\ude00");
    }

    @Test
    void postsNoMoreThanTheLengthItIsGiven() throws Exception {
        TestCollector collector = collector();

        to(collector.uri()).post(TYPE, "one and more".getBytes(StandardCharsets.UTF_8), 3);

        assertThat(collector.accepted()).containsExactly("one");
    }

    @Test
    void compressesWhatItPosts() throws Exception {
        TestCollector collector = collector();
        String text = "again and again ".repeat(1000);

        post(built(HttpTransport.builder(collector.uri()).gzip(true)), text);

        TestCollector.Request request = collector.requests().get(0);
        assertThat(request.headers()).containsEntry("content-encoding", "gzip");
        assertThat(request.rawBytes()).isLessThan(text.length() / 10);
        assertThat(request.lines()).containsExactly(text);
    }

    @Test
    void sendsItsHeadersAndOfOneNameTheLast() throws Exception {
        TestCollector collector = collector();

        post(
                built(HttpTransport.builder(collector.uri())
                        .header("Authorization", "first")
                        .header("authorization", "Bearer " + SECRET)
                        .header("X-Tenant", "weir")),
                "any");

        assertThat(collector.requests().get(0).headers())
                .containsEntry("authorization", "Bearer " + SECRET)
                .containsEntry("x-tenant", "weir");
    }

    @Test
    void usesOneConnectionForManyPosts() throws Exception {
        TestCollector collector = collector();
        HttpTransport transport = to(collector.uri());

        for (int i = 0; i < 100; i++) {
            post(transport, "line " + i);
        }

        assertThat(collector.accepted()).hasSize(100);
        assertThat(collector.connections()).hasSize(1);
    }

    // answers

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void takesEvery2xxForAnAcknowledgement(int status) throws Exception {
        TestCollector collector = collector().answers(status);

        post(to(collector.uri()), "one");

        assertThat(collector.accepted()).containsExactly("one");
    }

    @Test
    void givesTheBodyOfAnAcknowledgementBack() throws Exception {
        TestCollector collector = collector().answers(request -> Answer.of(200).body("partly"));

        assertThat(post(to(collector.uri()), "one")).asString().isEqualTo("partly");
    }

    @ParameterizedTest
    @CsvSource({"400, false", "413, true", "422, false"})
    void tellsContentThatIsRefused(int status, boolean tooLarge) throws Exception {
        TestCollector collector =
                collector().answers(request -> Answer.of(status).body("no such field"));
        HttpTransport transport = to(collector.uri());

        assertThatThrownBy(() -> post(transport, "one"))
                .isInstanceOfSatisfying(
                        ContentRefusedException.class,
                        refused -> assertThat(refused.isTooLarge()).isEqualTo(tooLarge))
                .hasMessage(collector.uri() + ": answered " + status + " \"no such field\"");
    }

    @ParameterizedTest
    @CsvSource({
        "408, not now",
        "425, not now",
        "429, not now",
        "500, not now",
        "502, not now",
        "503, not now",
        "504, not now",
        "301, redirects are not followed: give the address it is at",
        "307, redirects are not followed: give the address it is at",
        "401, check the credentials in the headers",
        "403, check the credentials in the headers",
        "404, check the path of the address",
        "405, check the path of the address",
        "407, check the proxy",
        "409, check the address and the headers",
        "415, 'check whether it takes this content type, and gzip if that is on'"
    })
    void failsOnAnyOtherStatusAndSaysWhatToDo(int status, String advice) throws Exception {
        TestCollector collector = collector().answers(status);
        HttpTransport transport = to(collector.uri());

        assertThatIOException()
                .isThrownBy(() -> post(transport, "one"))
                .isNotInstanceOf(ContentRefusedException.class)
                .withMessage(collector.uri() + ": answered " + status + " (" + advice + ")");
    }

    @Test
    void followsNoRedirect() throws Exception {
        TestCollector elsewhere = collector();
        TestCollector collector = collector()
                .answers(request ->
                        Answer.of(307).header("Location", elsewhere.uri().toString()));

        assertThat(failure(to(collector.uri()))).contains("answered 307");
        assertThat(elsewhere.requests()).isEmpty();
    }

    @Test
    void showsTheBeginningOfABodyOnOneLine() throws Exception {
        TestCollector collector =
                collector().answers(request -> Answer.of(500).body("\u00fc\n\u001b[31m" + "\ud83d\ude00".repeat(500)));

        assertThat(failure(to(collector.uri())))
                .contains("answered 500 \"\u00fc\\n\\u001b[31m" + "\ud83d\ude00".repeat(193) + "\"... (");
    }

    @Test
    void readsNoMoreOfABodyThan64KiB() throws Exception {
        RawServer endless = closedAtTheEnd(new RawServer(connection -> {
            RawServer.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n");
            while (true) {
                RawServer.write(connection, "x".repeat(1000));
            }
        }));

        byte[] body = post(to(endless.uri()), "any");

        assertThat(body).hasSize(64 * 1024);
        assertThat(endless.left.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    // asked to wait

    @Test
    void sendsNothingAsLongAsItIsAskedToWait() throws Exception {
        TestCollector collector = collector().answers(request -> Answer.of(503).header("Retry-After", "7"));
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
        HttpTransport transport = built(HttpTransport.builder(collector.uri()).nanoTime(nanos::get));

        assertThat(failure(transport)).contains("answered 503 (not within 7000 ms)");
        collector.answers(200);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(6));
        assertThat(failure(transport)).contains("left alone for another 1000 ms");
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        post(transport, "at last");

        assertThat(collector.requests()).hasSize(2);
        assertThat(collector.accepted()).containsExactly("at last");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3600", "Fri, 01 Jan 2100 00:00:00 GMT"})
    void waitsFor30SecondsAtMost(String value) throws Exception {
        TestCollector collector = collector().answers(request -> Answer.of(429).header("Retry-After", value));

        assertThat(failure(to(collector.uri()))).contains("(not within 30000 ms)");
    }

    // failures on the way

    @Test
    void failsIfNobodyListens() throws Exception {
        TestCollector collector = collector();
        collector.close();

        assertThat(failure(to(collector.uri()))).startsWith(collector.uri() + ": ConnectException");
    }

    @Test
    void givesUpOnAServerThatNeverAnswers() throws Exception {
        RawServer[] server = new RawServer[1];
        server[0] = closedAtTheEnd(new RawServer(connection -> server[0].awaitEnd(connection)));
        HttpTransport transport = built(HttpTransport.builder(server[0].uri()).timeout(SHORT));

        assertThat(failure(transport)).isEqualTo(server[0].uri() + ": no complete answer within PT0.3S");
        assertThat(server[0].left.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void givesUpOnAServerThatHangsWithinItsAnswer() throws Exception {
        RawServer[] server = new RawServer[1];
        server[0] = closedAtTheEnd(new RawServer(connection -> {
            RawServer.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
            server[0].awaitEnd(connection);
        }));
        HttpTransport transport = built(HttpTransport.builder(server[0].uri()).timeout(SHORT));

        assertThat(failure(transport)).isEqualTo(server[0].uri() + ": no complete answer within PT0.3S");
        assertThat(server[0].left.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-Len",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
                "SSH-2.0\r\n"
            })
    void failsIfTheServerLeavesWithoutACompleteAnswer(String answer) throws Exception {
        RawServer server = closedAtTheEnd(new RawServer(connection -> RawServer.write(connection, answer)));

        assertThat(failure(to(server.uri()))).startsWith(server.uri() + ": ").doesNotContain("\n", "within PT");
    }

    @Test
    void failsIfTheConnectionIsReset() throws Exception {
        RawServer server = closedAtTheEnd(new RawServer(connection -> connection.setSoLinger(true, 0)));

        assertThat(failure(to(server.uri()))).startsWith(server.uri() + ": ").doesNotContain("within PT");
    }

    @Test
    void worksAgainAfterAFailure() throws Exception {
        TestCollector collector = collector();
        HttpTransport transport = to(collector.uri());
        collector.answers(500);
        failure(transport);
        collector.answers(200);

        post(transport, "at last");

        assertThat(collector.accepted()).containsExactly("at last");
    }

    @Test
    void isNotDisturbedByInterrupts() throws Exception {
        Thread poster = Thread.currentThread();
        TestCollector collector = collector().answers(request -> {
            poster.interrupt();
            return Answer.of(200);
        });
        HttpTransport transport = to(collector.uri());

        poster.interrupt();
        post(transport, "one");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(collector.accepted()).containsExactly("one");
    }

    @Test
    void doesNotWaitForTheCommonPool() throws Exception {
        TestCollector collector = collector();
        HttpTransport transport = to(collector.uri());
        CountDownLatch busy = new CountDownLatch(1);
        try {
            for (int i = 0; i < 2 * ForkJoinPool.getCommonPoolParallelism(); i++) {
                ForkJoinPool.commonPool().execute(() -> awaitUninterruptibly(busy));
            }

            post(transport, "one");

            assertThat(collector.accepted()).containsExactly("one");
        } finally {
            busy.countDown();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    // secrets

    @Test
    void showsNoHeaderNorTheQueryAnywhere() throws Exception {
        TestCollector collector = collector()
                .answers(request ->
                        Answer.of(401).body("no access for " + request.headers().get("authorization")));
        HttpTransport transport = built(
                HttpTransport.builder(collector.uri("/in?key=" + SECRET)).header("Authorization", "Bearer " + SECRET));

        assertThat(failure(transport))
                .contains("answered 401 \"no access for *** ***\"")
                .doesNotContain(SECRET, "key=");
        assertThat(transport.toString()).isEqualTo(collector.uri().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad name", "Host", "Content-Type", "content-ENCODING", "Content-Length", ""})
    void refusesHeadersByTheirNameWithoutShowingTheirValue(String name) {
        assertThatThrownBy(() -> HttpTransport.builder(ANYWHERE).header(name, SECRET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("headers: " + name + " (expected: ")
                .hasMessageNotContaining(SECRET)
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\nX: y", "\u0000"})
    void refusesHeadersByTheirValueWithoutShowingIt(String end) {
        assertThatThrownBy(() -> HttpTransport.builder(ANYWHERE).header("X-Api-Key", SECRET + end))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("headers: X-Api-Key (expected: ")
                .hasMessageNotContaining(SECRET)
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://localhost/in",
                "/in",
                "mailto:s3cr3t",
                "http://user:s3cr3t@localhost/in",
                "http://user:s3cr3t@local_host/in",
                "http://local_host/in",
                "http:///in",
                "http://localhost:70000/in",
                "http://localhost:0/in",
                "http://localhost/in#s3cr3t"
            })
    void refusesOtherAddresses(String address) {
        assertThatThrownBy(() -> HttpTransport.builder(URI.create(address)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("url: ")
                .hasMessageContaining("(expected: ")
                .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("s3cr3t"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT2H"})
    void refusesATimeoutOutOfItsRange(Duration timeout) {
        HttpTransport.Builder builder = HttpTransport.builder(ANYWHERE);

        assertThatThrownBy(() -> builder.timeout(timeout))
                .hasMessageStartingWith("timeout: " + timeout + " (expected: ");
    }

    // the end

    @Test
    void leavesNoThreadBehind() throws Exception {
        Set<Thread> before = threads();
        TestCollector collector = new TestCollector();
        HttpTransport unanswered = to(collector.uri());
        HttpTransport answered = to(collector.uri());
        post(answered, "one");
        assertThat(threads())
                .as("while open")
                .anyMatch(thread -> thread.getName().equals("weir-http"));
        assertThat(threads())
                .filteredOn(thread -> thread.getName().equals("weir-http"))
                .allSatisfy(thread -> {
                    assertThat(thread.isDaemon()).isTrue();
                    assertThat(thread.getContextClassLoader()).isNull();
                });
        collector.close();
        failure(unanswered);

        answered.close();
        unanswered.close();

        await().atMost(Duration.ofSeconds(PATIENCE_SECONDS)).untilAsserted(() -> {
            Set<Thread> left = threads();
            left.removeAll(before);
            assertThat(left).isEmpty();
        });
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread ->
                        thread.getName().startsWith("weir-") || thread.getName().startsWith("HttpClient"))
                .collect(Collectors.toSet());
    }

    @Test
    void beginsAnewAfterItsEnd() throws Exception {
        TestCollector collector = collector();
        HttpTransport transport = to(collector.uri());
        post(transport, "one");

        transport.close();
        post(transport, "two");

        assertThat(collector.accepted()).containsExactly("one", "two");
    }
}
