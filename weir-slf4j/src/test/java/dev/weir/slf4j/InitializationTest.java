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
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
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
    private static long runAlone(Class<? extends Function<CountDownLatch[], Long>> task, String without)
            throws IOException, ReflectiveOperationException {
        URL[] classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(InitializationTest::url)
                .filter(url -> !url.toString().equals(without))
                .toArray(URL[]::new);
        try (Alone loader = new Alone(classPath)) {
            Object alone =
                    loader.loadClass(task.getName()).getDeclaredConstructor().newInstance();
            return (Long)
                    alone.getClass().getMethod("apply", CountDownLatch[].class).invoke(alone, (Object)
                            new CountDownLatch[] {loader.initializing, loader.goOn});
        }
    }

    /** Holds SLF4J's initialization when it comes to Weir's provider. */
    private static final class Alone extends URLClassLoader {
        static {
            registerAsParallelCapable(); // else nobody could load a class meanwhile
        }

        final CountDownLatch initializing = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);

        Alone(URL[] classPath) {
            super(classPath, ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.equals(WeirServiceProvider.class.getName())) {
                initializing.countDown();
                await(goOn);
            }
            return super.findClass(name);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody went on");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
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
    public static final class WithoutCore implements Function<CountDownLatch[], Long> {
        @Override
        public Long apply(CountDownLatch[] initialization) {
            initialization[1].countDown();
            Logger logger = LoggerFactory.getLogger("a.b");
            logger.info("not seen");
            logger.warn("seen");
            return (logger.isInfoEnabled() ? 1L : 0L) + (logger.isWarnEnabled() ? 1L : 0L);
        }
    }

    /**
     * Many threads log while one initializes SLF4J, and again when it has; counts what arrives. Nobody asks for a logger just
     * when the initialization ends: what SLF4J gives out then, it never makes good.
     */
    public static final class FirstUse implements Function<CountDownLatch[], Long> {
        private final Queue<Logger> loggers = new ConcurrentLinkedQueue<>();

        @Override
        public Long apply(CountDownLatch[] initialization) {
            CapturingHandler captured = CapturingHandler.install(Level.INFO);
            Thread first = start(0);
            await(initialization[0]);
            List<Thread> others =
                    IntStream.range(1, THREADS).mapToObj(this::start).toList();
            others.forEach(FirstUse::join);
            initialization[1].countDown();
            join(first);
            for (Logger logger : loggers) {
                logger.info("second");
            }
            long unnamed = captured.records().stream()
                    .filter(record -> record.message().equals("first"))
                    .filter(record -> !record.thread().startsWith("first-"))
                    .count();
            long unfixed = loggers.stream()
                    .filter(logger ->
                            logger instanceof SubstituteLogger substitute && !substitute.isDelegateEventAware())
                    .count();
            return captured.records().size() - unnamed - unfixed;
        }

        private Thread start(int number) {
            Thread thread = new Thread(this::log, "first-" + number);
            thread.start();
            return thread;
        }

        private void log() {
            Logger logger = LoggerFactory.getLogger(Thread.currentThread().getName());
            logger.info("first");
            loggers.add(logger);
        }

        private static void join(Thread thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
