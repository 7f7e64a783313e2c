package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.Level;
import dev.weir.Logger;
import dev.weir.OverflowPolicy;
import dev.weir.Weir;
import dev.weir.format.TextFormatter;
import dev.weir.handler.FileHandler;
import dev.weir.handler.NullHandler;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pipelines leave behind that were replaced. */
class LeaksTest {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    @TempDir
    Path directory;

    @Test
    void manyInstallationsLeaveNoThreadAndNoOpenFileBehind() throws Exception {
        assumeTrue(Files.isDirectory(DESCRIPTORS), "no /proc");

        Jvm.Result result = Jvm.of(directory, Main.class).run();

        assertThat(result.exit()).as(result.toString()).isZero();
        assertThat(result.stderr()).isEmpty();
        assertThat(result.stdout()).containsExactly("clean");
        for (int file = 0; file < Main.FILES; file++) {
            int first = file;
            List<String> expected = IntStream.range(0, Main.INSTALLATIONS)
                    .filter(i -> i % Main.FILES == first)
                    .mapToObj(i -> "installation " + i)
                    .toList();
            assertThat(Jvm.lines(directory.resolve(file + ".log"))).containsExactlyElementsOf(expected);
        }
    }

    /** Installs one configuration after another, each with handlers of its own, and looks around at the end. */
    static final class Main {
        static final int INSTALLATIONS = 200;
        static final int FILES = 3;
        private static final Duration PATIENCE = Duration.ofSeconds(30);

        private Main() {}

        public static void main(String[] arguments) throws IOException {
            Logger logger = Weir.logger("any");
            logger.debug("not logged; loads what is needed");
            FileChannel.open(Path.of("any"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .close(); // the JDK keeps a socket from its first close on
            Set<String> before = openFiles();
            for (int i = 0; i < INSTALLATIONS; i++) {
                install(i);
                logger.info("installation {}", i);
            }
            Weir weir = Weir.current();
            if (weir.stats().emitted(Level.INFO) != INSTALLATIONS
                    || weir.stats().refused(Level.INFO) != 0) {
                throw new AssertionError(weir.stats().toJson());
            }
            if (!weir.close(PATIENCE).complete()) {
                throw new AssertionError("not complete: " + weir.stats().toJson());
            }
            await("threads", Set.of(), Main::threads);
            await("open files", before, Main::openFiles);
            System.out.println("clean");
        }

        private static void install(int number) {
            Path file = Path.of(number % FILES + ".log");
            Weir.builder()
                    .overflow(OverflowPolicy.BLOCK)
                    .handler("file", FileHandler.of(file, TextFormatter.of("%(message)s")))
                    .handler("null" + number, new NullHandler())
                    .install();
        }

        private interface Look {
            Set<String> at() throws IOException;
        }

        private static void await(String what, Set<String> expected, Look look) throws IOException {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            Set<String> seen = look.at();
            while (!seen.equals(expected)) {
                if (System.nanoTime() - deadline > 0) {
                    throw new AssertionError(what + ": " + seen + " (expected: " + expected + ")");
                }
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
                seen = look.at();
            }
        }

        private static Set<String> threads() {
            return Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .filter(name -> name.startsWith("weir-"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        /** By what they refer to; the class path's are opened when a class is needed, and stay. */
        private static Set<String> openFiles() throws IOException {
            try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
                return descriptors
                        .map(Main::target)
                        .filter(target -> !target.endsWith(".jar") && !target.contains("/proc/"))
                        .collect(Collectors.toCollection(TreeSet::new));
            }
        }

        private static String target(Path descriptor) {
            try {
                return descriptor.getFileName() + " " + Files.readSymbolicLink(descriptor);
            } catch (IOException gone) {
                return "/proc/gone";
            }
        }
    }
}
