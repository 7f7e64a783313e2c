package dev.weir.examples;

import dev.weir.Level;
import dev.weir.Stats;
import dev.weir.TraceContext;
import dev.weir.Weir;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP service under load, whose own records and Jetty's go through Weir. Clients in the same process send a bounded
 * number of requests, each with a {@code traceparent} of its own; every request logs several records, and some fail. At
 * the end the account is printed, and the scene fails if it does not add up.
 */
final class ServiceScene {
    private static final int REQUESTS = Integer.getInteger("service.requests", 20_000);
    private static final int CLIENTS = 16;
    private static final int FAILS_EVERY = 50;
    private static final int SLOW_EVERY = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Logger LOGGER = LoggerFactory.getLogger("shop.orders");

    /** What the scene itself has logged, by level. */
    private final AtomicLongArray logged = new AtomicLongArray(Level.COUNT);

    private ServiceScene() {}

    static void run() throws Exception {
        new ServiceScene().runOnce();
    }

    private void runOnce() throws Exception {
        QueuedThreadPool threads = new QueuedThreadPool(32);
        threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Orders());
        server.start();
        System.err.println("service: " + REQUESTS + " requests from " + CLIENTS + " clients, on "
                + (threads.getVirtualThreadsExecutor() == null ? "platform" : "virtual") + " threads");
        try {
            sendAll(URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/orders"));
        } finally {
            server.stop();
        }
        Weir weir = Weir.current();
        weir.close(PATIENCE);
        if (!account(weir.stats())) {
            System.err.println("service: the account does not add up");
            System.exit(1);
        }
    }

    // the clients

    private static void sendAll(URI uri) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        AtomicInteger next = new AtomicInteger();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                running.add(clients.submit(() -> {
                    for (int n = next.getAndIncrement(); n < REQUESTS; n = next.getAndIncrement()) {
                        send(client, uri, n);
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            clients.shutdown();
        }
    }

    private static void send(HttpClient client, URI uri, int number) throws IOException, InterruptedException {
        String traceparent = String.format("00-%032x-%016x-01", number + 1L, number + 1L);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("traceparent", traceparent)
                .header("order", Integer.toString(number))
                .timeout(PATIENCE)
                .build();
        int status =
                client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        boolean fails = number % FAILS_EVERY == 0;
        if (status != (fails ? 500 : 200)) {
            throw new IOException("order " + number + ": status " + status);
        }
        if ((number + 1) % (REQUESTS / 4) == 0) {
            System.err.println("service: " + (number + 1) + " requests sent");
        }
    }

    // the service

    private final class Orders extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            TraceContext.Scope scope = TraceContext.scope(request.getHeaders().get("traceparent"));
            try {
                int order = (int) request.getHeaders().getLongField("order");
                response.setStatus(place(order) ? 200 : 500);
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
                Content.Sink.write(response, true, "order " + order, callback);
                return true;
            } finally {
                scope.close();
            }
        }

        private boolean place(int order) {
            log(Level.DEBUG);
            LOGGER.debug("Validating order {}", order);
            log(Level.INFO);
            LOGGER.atInfo()
                    .addKeyValue("order", order)
                    .addKeyValue("amount", order * 0.5)
                    .log("Order received");
            if (order % SLOW_EVERY == 0) {
                log(Level.WARN);
                LOGGER.warn("Stock of order {} is low, {} left in {}", order, order % 7, "store-1");
            }
            try {
                pay(order);
            } catch (IllegalStateException e) {
                log(Level.ERROR);
                LOGGER.error("Order {} failed", order, e);
                return false;
            }
            log(Level.DEBUG);
            LOGGER.debug("Order {} is paid", order);
            log(Level.INFO);
            LOGGER.info("Order {} placed", order);
            return true;
        }

        private void pay(int order) {
            if (order % FAILS_EVERY == 0) {
                throw new IllegalStateException("gateway refused order " + order, new IOException("connection reset"));
            }
        }

        private void log(Level level) {
            logged.incrementAndGet(level.ordinal());
        }
    }

    // the account

    /** Prints it; true if it adds up. */
    private boolean account(Stats stats) {
        boolean right = true;
        System.err.printf("%-10s %10s %10s %10s%n", "level", "scene", "emitted", "refused");
        for (Level level : Level.values()) {
            long emitted = stats.emitted(level);
            long own = logged.get(level.ordinal());
            System.err.printf("%-10s %10d %10d %10d%n", level, own, emitted, stats.refused(level));
            right &= emitted >= own;
        }
        System.err.println("(emitted has Jetty's own records too)");
        right &= AccountTable.print(stats);
        return right;
    }
}
