package dev.weir.http.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's HTTP client with threads of its own, all of which end with it. Used by one thread.
 *
 * <p>An exchange has one deadline for everything, from the connection to the last byte of the answer; {@link
 * HttpRequest#timeout()} would end with the answer's headers.
 *
 * <p>The future that the client returns is completed by way of the common pool, which an application may keep busy for
 * long. So an answer is taken where its body ends, on the client's own threads; only a failure comes by that future.
 *
 * <p>Since JDK 21 a client can be shut down. Before, its selector thread ends when the client has been collected, or
 * when it is interrupted; as the client calls its executor on that thread, it is known here.
 */
final class Client {
    private static final int THREADS = 2;
    private static final long IDLE_SECONDS = 5;
    private static final @Nullable MethodHandle SHUTDOWN_NOW = shutdownNow();

    private final ThreadPoolExecutor executor;
    private final HttpClient http;
    private volatile @Nullable Thread selector;

    /**
     * Starts its selector.
     *
     * @throws IOException if the system has no more of what that needs
     */
    Client(Duration connectTimeout) throws IOException {
        executor = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Client::thread,
                (task, full) -> {
                    // after the end nobody waits for it
                });
        executor.allowCoreThreadTimeOut(true);
        try {
            http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(connectTimeout)
                    .executor(this::execute)
                    .build();
        } catch (UncheckedIOException thrown) {
            executor.shutdown();
            throw new IOException("no HTTP client: " + thrown.getCause(), thrown);
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(null, task, "weir-http", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    private void execute(Runnable task) {
        if (selector == null) {
            Thread caller = Thread.currentThread();
            if (caller.getName().endsWith("-SelectorManager")) {
                selector = caller;
            }
        }
        executor.execute(task);
    }

    /**
     * Sends a request and waits for the whole answer, whatever interrupts arrive; the thread's interrupt status is there
     * afterwards.
     *
     * @throws HttpTimeoutException if that took too long; the connection is closed
     * @throws ExecutionException with what the client failed of
     */
    Answer send(HttpRequest request, long timeoutNanos) throws IOException, ExecutionException {
        long deadline = System.nanoTime() + timeoutNanos;
        Answering answering = new Answering();
        CompletableFuture<?> exchange = http.sendAsync(request, answering).whenComplete(answering::failed);
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return answering.answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException arrived) {
                    interrupted = true; // nobody has to interrupt a worker; the time is bounded anyway
                }
            }
        } catch (TimeoutException late) {
            exchange.cancel(true);
            answering.cancel();
            HttpTimeoutException timeout =
                    new HttpTimeoutException("no complete answer within " + Duration.ofNanos(timeoutNanos));
            timeout.initCause(late);
            throw timeout;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What a server said. */
    record Answer(int status, HttpHeaders headers, byte[] body) {}

    /** One exchange. Its methods but {@link #cancel} are called by the client's threads. */
    private static final class Answering implements HttpResponse.BodyHandler<byte[]> {
        final CompletableFuture<Answer> answer = new CompletableFuture<>();
        private volatile @Nullable CappedBody current;

        @Override
        public HttpResponse.BodySubscriber<byte[]> apply(HttpResponse.ResponseInfo info) {
            CappedBody body = new CappedBody();
            current = body;
            body.getBody().thenAccept(bytes -> answer.complete(new Answer(info.statusCode(), info.headers(), bytes)));
            return body;
        }

        void failed(Object response, @Nullable Throwable thrown) {
            if (thrown != null) {
                boolean wrapped = thrown instanceof CompletionException && thrown.getCause() != null;
                answer.completeExceptionally(wrapped ? thrown.getCause() : thrown);
            }
        }

        void cancel() {
            CappedBody body = current;
            if (body != null) {
                body.cancel();
            }
        }
    }

    /** Ends all threads and closes all connections. */
    void close() {
        if (SHUTDOWN_NOW != null) {
            shutDown(SHUTDOWN_NOW);
        } else {
            Thread known = selector;
            if (known != null) {
                known.interrupt();
            }
        }
        executor.shutdown();
    }

    private void shutDown(MethodHandle handle) {
        try {
            handle.invokeExact(http);
        } catch (Throwable thrown) {
            throw new IllegalStateException("the HTTP client does not end: " + thrown, thrown);
        }
    }

    private static @Nullable MethodHandle shutdownNow() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(HttpClient.class, "shutdownNow", MethodType.methodType(void.class));
        } catch (NoSuchMethodException | IllegalAccessException before21) {
            return null;
        }
    }
}
