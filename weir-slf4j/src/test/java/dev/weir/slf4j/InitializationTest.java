package dev.weir.slf4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Level;
import dev.weir.Weir;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.SubstituteLogger;

/** How SLF4J's first use goes, each time in classes of its own. */
class InitializationTest {
    private static final int THREADS = 8;

    @Test
    void losesNothingThatOtherThreadsLogMeanwhile() throws Exception {
        assertThat(runAlone(FirstUse.class, "")).isEqualTo(2L * THREADS);
    }

    @Test
    void doesNotThrowIfWeirIsNotUsable() throws Exception {
        String core =
                Weir.class.getProtectionDomain().getCodeSource().getLocation().toString();
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));

        long seen;
        try {
            seen = runAlone(WithoutCore.class, core);
        } finally {
            System.setErr(before);
        }

        assertThat(seen).isEqualTo(1);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("SLF4J(E): Weir cannot be started, WARN and above go to standard error")
                .contains("WARN a.b: seen")
                .doesNotContain("not seen");
    }

    /** Runs a class as if it were the first of a process, without one entry of the class path. */
    private static long runAlone(Class<? extends Callable<Long>> task, String without)
            throws IOException, ReflectiveOperationException {
        URL[] classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(InitializationTest::url)
                .filter(url -> !url.toString().equals(without))
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            Object alone =
                    loader.loadClass(task.getName()).getDeclaredConstructor().newInstance();
            return (Long) alone.getClass().getMethod("call").invoke(alone);
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Weir's own classes cannot be loaded; counts the levels that are on. */
    public static final class WithoutCore implements Callable<Long> {
        @Override
        public Long call() {
            Logger logger = LoggerFactory.getLogger("a.b");
            logger.info("not seen");
            logger.warn("seen");
            return (logger.isInfoEnabled() ? 1L : 0L) + (logger.isWarnEnabled() ? 1L : 0L);
        }
    }

    /** Many threads log at once, and again when all loggers are there; counts what arrives. */
    public static final class FirstUse implements Callable<Long> {
        private final Queue<Logger> loggers = new ConcurrentLinkedQueue<>();

        @Override
        public Long call() throws Exception {
            CapturingHandler captured = CapturingHandler.install(Level.INFO);
            CyclicBarrier barrier = new CyclicBarrier(THREADS);
            Thread[] threads = new Thread[THREADS];
            for (int i = 0; i < THREADS; i++) {
                threads[i] = new Thread(() -> logTwice(barrier), "first-" + i);
                threads[i].start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            long unnamed = captured.records().stream()
                    .filter(record -> !record.thread().startsWith("first-"))
                    .count();
            // one of them has initialized SLF4J, which is done now
            long unfixed = loggers.stream()
                    .filter(logger ->
                            logger instanceof SubstituteLogger substitute && !substitute.isDelegateEventAware())
                    .count();
            return captured.records().size() - unnamed - unfixed;
        }

        private void logTwice(CyclicBarrier barrier) {
            try {
                barrier.await();
                Logger logger = LoggerFactory.getLogger(Thread.currentThread().getName());
                logger.info("first");
                barrier.await();
                logger.info("second");
                loggers.add(logger);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
