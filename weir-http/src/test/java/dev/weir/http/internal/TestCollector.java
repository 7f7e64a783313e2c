package dev.weir.http.internal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/** A collector on the loopback that remembers what it was sent and answers as it is told. Any thread. */
public final class TestCollector implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private volatile Function<Request, Answer> answers = request -> Answer.of(200);

    /** Header names in lower case; the body decompressed if it says that it is compressed. */
    public record Request(String method, String path, Map<String, String> headers, int rawBytes, byte[] body) {
        public List<String> lines() {
            return new String(body, StandardCharsets.UTF_8).lines().toList();
        }
    }

    public record Answer(int status, Map<String, String> headers, String body) {
        public static Answer of(int status) {
            return new Answer(status, Map.of(), "");
        }

        public Answer body(String text) {
            return new Answer(status, headers, text);
        }

        public Answer header(String name, String value) {
            return new Answer(status, Map.of(name, value), body);
        }
    }

    public TestCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public TestCollector answers(int status) {
        return answers(request -> Answer.of(status));
    }

    public TestCollector answers(Function<Request, Answer> told) {
        answers = told;
        return this;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = request(exchange);
            requests.add(request);
            connections.add(exchange.getRemoteAddress());
            Answer answer = answers.apply(request);
            if (answer.status() / 100 == 2) {
                accepted.addAll(request.lines());
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static Request request(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        byte[] raw = exchange.getRequestBody().readAllBytes();
        byte[] body = raw;
        if ("gzip".equals(headers.get("content-encoding"))) {
            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(raw))) {
                body = in.readAllBytes();
            }
        }
        return new Request(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, raw.length, body);
    }

    public URI uri() {
        return uri("/in");
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    public List<Request> requests() {
        return requests;
    }

    /** Where the client's connections began. */
    public Set<InetSocketAddress> connections() {
        return connections;
    }

    /** The lines of all requests that were answered with 2xx. */
    public List<String> accepted() {
        return accepted;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
