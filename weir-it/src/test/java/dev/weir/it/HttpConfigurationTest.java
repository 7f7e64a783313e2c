package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.PipelineBuilder;
import dev.weir.TraceContext;
import dev.weir.Weir;
import dev.weir.spi.ConfigurationException;
import dev.weir.spi.ConfigurationSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The type {@code http}, which {@code weir.yaml} knows when {@code weir-http} is there. */
class HttpConfigurationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Path PAGE = Path.of("../docs/configuration.md");
    private static final String SECRET = "s3cr3t";

    @TempDir
    Path directory;

    private final List<Headers> headers = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private HttpServer collector;

    @AfterEach
    void stopTheCollector() {
        if (collector != null) {
            collector.stop(0);
        }
    }

    private String startTheCollector() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/", this::collect);
        collector.start();
        return "http://127.0.0.1:" + collector.getAddress().getPort() + "/logs";
    }

    private void collect(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = new GZIPInputStream(exchange.getRequestBody()).readAllBytes();
            headers.add(exchange.getRequestHeaders());
            lines.addAll(new String(body, StandardCharsets.UTF_8).lines().toList());
            exchange.sendResponseHeaders(204, -1);
        }
    }

    private PipelineBuilder read(String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("weir.yaml"), yaml);
        PipelineBuilder builder = Weir.builder();
        System.setProperty("weir.config", file.toString());
        try {
            ServiceLoader.load(ConfigurationSource.class)
                    .findFirst()
                    .orElseThrow()
                    .configure(builder);
        } finally {
            System.clearProperty("weir.config");
        }
        return builder;
    }

    /** What is wrong with the handler {@code a}, of type {@code http} and with some more keys. */
    private List<String> problems(String keys) {
        String yaml = "handlers: { a: { type: http, " + keys + " } }";
        ConfigurationException refused = catchThrowableOfType(
                ConfigurationException.class, () -> read(yaml).start());
        return refused.problems().stream()
                .map(problem -> problem.replaceAll("^.*weir\\.yaml:[0-9]+:[0-9]+: ", ""))
                .toList();
    }

    @Test
    void aHandlerWithEveryKeySendsWhatIsLogged() throws IOException {
        Weir weir = read("""
                handlers:
                  collector: { type: http, url: "%s", headers: { Authorization: "Bearer %s", X-Tenant: shop },
                               compression: gzip, timeout: 5s, batch: { records: 2, bytes: 64KiB, delay: 1m },
                               formatter: { type: json, fields: [msg] }, level: WARN, backlog: 1MiB }
                """.formatted(startTheCollector(), SECRET)).start();

        weir.loggerOf("shop").info("below its level");
        weir.loggerOf("shop").warn("bestellt: {} Äpfel", 3);
        weir.loggerOf("shop").error("two");
        weir.loggerOf("shop").error("three");
        weir.close(PATIENCE);

        assertThat(lines)
                .containsExactly("{\"msg\":\"bestellt: 3 Äpfel\"}", "{\"msg\":\"two\"}", "{\"msg\":\"three\"}");
        assertThat(headers).hasSize(2).allSatisfy(sent -> {
            assertThat(sent.getFirst("Content-Type")).isEqualTo("application/x-ndjson");
            assertThat(sent.getFirst("Authorization")).isEqualTo("Bearer " + SECRET);
            assertThat(sent.getFirst("X-Tenant")).isEqualTo("shop");
        });
    }

    @Test
    void aBatchDoesNotWaitBeyondTheEndOfATrace() throws IOException {
        Weir weir = read("""
                handlers:
                  collector: { type: http, url: "%s", compression: gzip, batch: { delay: 1h }, flush-on: [ERROR, trace-end],
                               formatter: { type: json, fields: [msg] } }
                """.formatted(startTheCollector())).start();

        TraceContext.Scope scope = TraceContext.scope("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        weir.loggerOf("shop").info("ordered");
        scope.close();

        Awaitility.await().atMost(PATIENCE).until(() -> lines.equals(List.of("{\"msg\":\"ordered\"}")));
        weir.close(PATIENCE);
    }

    @Test
    void everyKeyIsInTheDocumentation() throws IOException {
        List<String> problems = problems("url: 'http://localhost/', batch: { unknown: 1 }, unknown: 1");
        List<String> known = new ArrayList<>(keys("handlers.a", problems.get(1), ""));
        known.addAll(keys("handlers.a.batch", problems.get(0), "batch."));
        known.removeAll(List.of("batch", "breaker")); // whose own keys are there

        List<String> documented = Pattern.compile("^\\| `handlers\\.NAME\\.([a-z.-]+)`", Pattern.MULTILINE)
                .matcher(Files.readString(PAGE))
                .results()
                .map(row -> row.group(1))
                .toList();

        assertThat(known).contains("url", "headers", "compression", "timeout", "batch.records", "formatter", "level");
        assertThat(documented).containsAll(known);
    }

    /** Those that are expected in the place of one that is unknown. */
    private static List<String> keys(String place, String problem, String prefix) {
        String begin = place + ": unknown key \"unknown\" (expected: ";
        assertThat(problem).startsWith(begin).endsWith(")");
        return Pattern.compile(", ")
                .splitAsStream(problem.substring(begin.length(), problem.length() - 1))
                .map(prefix::concat)
                .toList();
    }

    @Test
    void theExampleInTheDocumentationIsAccepted() throws IOException {
        String page = Files.readString(PAGE);
        List<MatchResult> examples = Pattern.compile("^```yaml\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(page)
                .results()
                .filter(example -> example.group(1).contains("type: http"))
                .toList();

        assertThat(examples).hasSize(1);
        assertThat(read(examples.get(0).group(1).replace("${COLLECTOR_TOKEN}", SECRET)))
                .isNotNull();
    }

    @Test
    void aWrongKeyIsReportedWithAllOthers() {
        assertThat(problems("batch: { records: many, delay: 1 }, compression: zip, timeout: soon"))
                .containsExactly(
                        "handlers.a: url is missing",
                        "handlers.a.batch.records: \"many\" (expected: a whole number)",
                        "handlers.a.batch.delay: \"1\" (expected: a time, as 500ms, 2s, 1m or 1h)",
                        "handlers.a.compression: \"zip\" (expected: none, gzip; did you mean gzip?)",
                        "handlers.a.timeout: \"soon\" (expected: a time, as 500ms, 2s, 1m or 1h)");
    }

    @Test
    void whatTheHandlerRefusesIsReportedAtItsKey() {
        String url = "url: 'http://localhost/'";

        assertThat(problems("url: 'ftp://localhost/'"))
                .containsExactly("handlers.a.url: scheme ftp (expected: http or https)");
        assertThat(problems(url + ", timeout: 2h")).singleElement().asString().startsWith("handlers.a.timeout: ");
        assertThat(problems(url + ", batch: { records: 0 }"))
                .containsExactly("handlers.a.batch.records: \"0\" (expected: at least 1)");
        assertThat(problems(url + ", batch: { bytes: 0 }"))
                .containsExactly("handlers.a.batch.bytes: \"0\" (expected: at least 1, at most 2147483647)");
        assertThat(problems(url + ", batch: { bytes: 2GiB }"))
                .containsExactly("handlers.a.batch.bytes: \"2GiB\" (expected: at least 1, at most 2147483647)");
        assertThat(problems(url + ", batch: { delay: 2h }"))
                .singleElement()
                .asString()
                .startsWith("handlers.a.batch.delay: ");
    }

    @Test
    void noProblemShowsASecret() {
        for (String keys : List.of(
                "url: 'http://user:" + SECRET + "@localhost/'",
                "url: 'http://localhost/?key=" + SECRET + "{}'",
                "url: 'http://localhost/#" + SECRET + "'",
                "url: 'http://localhost/', headers: { Authorization: \"" + SECRET + "\\n\" }",
                "url: 'http://localhost/', headers: { 'not a name': " + SECRET + " }",
                "url: 'http://localhost/', headers: { Content-Encoding: " + SECRET + " }")) {
            assertThat(problems(keys))
                    .as(keys)
                    .singleElement()
                    .asString()
                    .matches("handlers\\.a\\.(url|headers): .* \\(expected: .*\\)")
                    .doesNotContain(SECRET);
        }
    }
}
