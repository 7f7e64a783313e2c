package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Context;
import dev.weir.TraceContext;
import dev.weir.Weir;
import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;

/**
 * Web applications that come and go, each with a class loader of its own, in a process that goes on, and whose pool of
 * threads goes on. Figures are printed.
 */
@Timeout(60)
class UndeploymentTest {
    private static final int APPLICATIONS = 20;
    private static final int REQUESTS = 8;
    private static final int THREADS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String CONFIGURATION = """
            version: 1
            queue: { capacity: 1MiB, overflow: block }
            handlers:
              file: { type: file, path: "%s" }
            """;

    @TempDir
    Path directory;

    private final ClassLoader own = Thread.currentThread().getContextClassLoader();
    private ExecutorService pool;
    private Path log;

    @BeforeEach
    void configure() throws Exception {
        log = directory.resolve("app.log");
        Files.writeString(directory.resolve("weir.yaml"), CONFIGURATION.formatted(log));
        ThreadPoolExecutor threads = (ThreadPoolExecutor) Executors.newFixedThreadPool(THREADS);
        threads.prestartAllCoreThreads(); // else an application would be on the stack that they began on
        pool = threads;
    }

    @AfterEach
    void end() {
        Thread.currentThread().setContextClassLoader(own);
        pool.shutdown();
    }

    @Test
    void nothingOfAnApplicationStaysWithAWeirThatAllShare() throws Exception {
        List<Path> shared = new ArrayList<>(List.of(directory));
        Jvm.classPath().stream()
                .map(Path::of)
                .filter(path -> !path.equals(classes()))
                .forEach(shared::add);
        try (URLClassLoader server = loader(shared, ClassLoader.getPlatformClassLoader())) {
            List<WeakReference<ClassLoader>> gone = new ArrayList<>();
            for (int i = 0; i < APPLICATIONS; i++) {
                gone.add(comeAndGo(List.of(classes()), server));
            }

            assertCollected("with a Weir that all share", gone);

            Class<?> weir = server.loadClass(Weir.class.getName());
            Object current = weir.getMethod("current").invoke(null);
            weir.getMethod("close", Duration.class).invoke(current, PATIENCE);
            assertThat(Jvm.lines(log)).hasSize(APPLICATIONS * REQUESTS * WebApplication.RECORDS_EACH);
        }
    }

    @Test
    void nothingOfAnApplicationStaysThatHasAWeirOfItsOwn() throws Exception {
        List<Path> all = new ArrayList<>(List.of(directory));
        Jvm.classPath().stream().map(Path::of).forEach(all::add);
        List<WeakReference<ClassLoader>> gone = new ArrayList<>();
        for (int i = 0; i < APPLICATIONS; i++) {
            gone.add(comeAndGo(all, ClassLoader.getPlatformClassLoader()));
        }

        assertCollected("with a Weir of its own", gone);

        assertThat(Jvm.lines(log)).hasSize(APPLICATIONS * REQUESTS * WebApplication.RECORDS_EACH);
    }

    /** An application's life as a server has it: its loader is the context class loader while it works. */
    private WeakReference<ClassLoader> comeAndGo(List<Path> classPath, ClassLoader parent) throws Exception {
        try (URLClassLoader loader = loader(classPath, parent)) {
            Thread.currentThread().setContextClassLoader(loader);
            @SuppressWarnings("unchecked")
            Consumer<ExecutorService> application =
                    (Consumer<ExecutorService>) loader.loadClass(WebApplication.class.getName())
                            .getDeclaredConstructor()
                            .newInstance();
            application.accept(pool);
            Thread.currentThread().setContextClassLoader(own);
            return new WeakReference<>(loader);
        }
    }

    private static URLClassLoader loader(List<Path> classPath, ClassLoader parent) throws Exception {
        URL[] urls = new URL[classPath.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = classPath.get(i).toUri().toURL();
        }
        return new URLClassLoader(urls, parent);
    }

    /** Where the application's classes are. */
    private static Path classes() {
        return Path.of(new File(UndeploymentTest.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .getPath());
    }

    private static void assertCollected(String which, List<WeakReference<ClassLoader>> loaders) {
        int[] collections = new int[1];
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            System.gc();
            collections[0]++;
            assertThat(IntStream.range(0, loaders.size())
                            .filter(i -> !loaders.get(i).refersTo(null)))
                    .as("applications that are still there, %s", which)
                    .isEmpty();
        });
        System.out.printf(
                "undeployment: %d applications %s, all collected after %d collections%n",
                loaders.size(), which, collections[0]);
    }

    /** Serves requests on a pool's threads, and leaves behind on them what a careless one does. */
    public static final class WebApplication implements Consumer<ExecutorService> {
        /** Four that are written down here, and one by each rendering of an order. */
        static final int RECORDS_EACH = 4 + 4;

        private static final ThreadLocal<Object> INHERITED = new InheritableThreadLocal<>();
        private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        /** Made by the server. */
        public WebApplication() {}

        @Override
        public void accept(ExecutorService pool) {
            INHERITED.set(this);
            request(0);
            INHERITED.remove();
            for (int i = 1; i < REQUESTS; i++) {
                int number = i;
                await(pool, () -> {
                    Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
                    request(number);
                    Thread.currentThread().setContextClassLoader(null);
                });
            }
            if (Weir.class.getClassLoader() == getClass().getClassLoader()) {
                assertThat(Weir.current().close(PATIENCE).complete()).isTrue();
            }
        }

        private static void await(ExecutorService pool, Runnable task) {
            try {
                pool.submit(task).get();
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void request(int number) {
            Logger logger = LoggerFactory.getLogger("shop");
            MDC.put("request", "r" + number);
            MDC.pushByKey("path", "/orders");
            Context.put("tenant", "t");
            TraceContext.scope(PARENT);
            Order order = new Order(number);
            logger.info("{}: {}", order, new Unprintable());
            logger.warn("failed", new Failure(order));
            logger.atInfo()
                    .addMarker(MarkerFactory.getDetachedMarker("BUSY"))
                    .addKeyValue("order", order)
                    .addArgument(() -> order)
                    .log("{}");
            Weir.logger("shop")
                    .atInfo()
                    .message("placed")
                    .keyValue("order", order)
                    .log();
            var unusedBuilder = logger.atInfo().addArgument(order).setCause(new Failure(order));
            var unusedRecord = Weir.logger("shop").atInfo().argument(order).cause(new Failure(order));
        }

        private record Order(int number) {
            @Override
            public String toString() {
                LoggerFactory.getLogger("orders").debug("not logged");
                LoggerFactory.getLogger("orders").info("order {}", number);
                return "order " + number;
            }
        }

        private static final class Unprintable {
            @Override
            public String toString() {
                throw new Failure(this);
            }
        }

        private static final class Failure extends RuntimeException {
            private static final long serialVersionUID = 1;

            @SuppressWarnings("serial")
            private final Object subject;

            Failure(Object subject) {
                super("of an own type");
                this.subject = subject;
            }

            @Override
            public String getMessage() {
                return super.getMessage() + " about " + subject.getClass().getSimpleName();
            }
        }
    }
}
