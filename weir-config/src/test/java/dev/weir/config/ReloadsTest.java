package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.PipelineBuilder;
import dev.weir.ReloadResult;
import dev.weir.Weir;
import dev.weir.spi.ConfigurationException;
import dev.weir.spi.Reloading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What leads to a reload, and what does not. */
@Timeout(60)
class ReloadsTest {
    private static final String NOTHING_MORE = "last";
    /** As often as the JVM itself may stop a thread that does nothing in a third of a second. */
    private static final int FEW = 5;

    @TempDir
    Path temporary;

    private Path directory;
    private final Map<String, String> properties = new HashMap<>();
    private final BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();
    private final List<String> told = new ArrayList<>();
    private final List<String> reported = new ArrayList<>();
    private @Nullable YamlConfigurationSource source;
    private Runnable end = () -> {};
    /** What a reload does with what was read, before it is in force. */
    private Runnable change = () -> {};

    /** Those of others. */
    private Set<Thread> before = Set.of();

    @BeforeEach
    void inADirectory() throws IOException {
        before = Thread.getAllStackTraces().keySet();
        directory = Files.createDirectory(temporary.resolve("conf"));
        properties.put(
                ConfigurationFinder.PROPERTY, directory.resolve("weir.yaml").toString());
    }

    @AfterEach
    void end() {
        end.run();
    }

    /** A configuration that is told from others by its one handler. */
    private static String naming(String handler) {
        return "handlers: { " + handler + ": { type: \"null\" } }\n";
    }

    private Path write(String file, String content) {
        try {
            return Files.writeString(directory.resolve(file), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path writeConfiguration(String handler) {
        return write("weir.yaml", naming(handler));
    }

    /** Reads the configuration for the first time, and watches it. */
    private void begin() {
        begin(getClass().getClassLoader());
    }

    private void begin(ClassLoader classPath) {
        YamlConfigurationSource reading = new YamlConfigurationSource(
                new Variables(name -> null, properties::get),
                classPath,
                getClass().getClassLoader(),
                new Pod(false, Path.of("/none")));
        source = reading;
        try {
            reading.configure(Weir.builder());
            reading.inForce();
        } catch (ConfigurationException e) {
            outcomes.add("wrong at the start");
        }
        end = reading.watch(new Asked(reading));
    }

    /** Reads again as Weir does, and keeps what came of it. */
    private final class Asked implements Reloading {
        private final YamlConfigurationSource reading;

        Asked(YamlConfigurationSource reading) {
            this.reading = reading;
        }

        @Override
        public ReloadResult reload() {
            PipelineBuilder builder = Weir.builder();
            try {
                String found = reading.configure(builder);
                if (found == null) {
                    throw new ConfigurationException("it", List.of("it is gone"));
                }
                change.run();
                reading.inForce();
                Weir weir = builder.start();
                String handlers = String.join(" ", weir.stats().handlerNames());
                weir.close(Duration.ofSeconds(20));
                outcomes.add(handlers);
                return new ReloadResult(found, List.of(handlers), List.of(), List.of(), List.of());
            } catch (ConfigurationException e) {
                outcomes.add("refused");
                throw e;
            }
        }

        @Override
        public void reopen() {
            outcomes.add("reopened");
        }

        @Override
        public void report(String kind, String message) {
            reported.add(kind + ": " + message);
        }

        @Override
        public void tell(String kind, String message) {
            told.add(kind + ": " + message);
        }
    }

    private String next() throws InterruptedException {
        String outcome = outcomes.poll(30, TimeUnit.SECONDS);
        return outcome == null ? "nothing" : outcome;
    }

    /** All that comes of what was done, and nothing else. */
    private List<String> all() throws InterruptedException {
        write("weir.yaml.new", naming(NOTHING_MORE));
        rename("weir.yaml.new", "weir.yaml");
        List<String> all = new ArrayList<>();
        for (String outcome = next(); !outcome.equals(NOTHING_MORE); outcome = next()) {
            all.add(outcome);
        }
        return all;
    }

    private void rename(String from, String to) {
        try {
            Files.move(
                    directory.resolve(from),
                    directory.resolve(to),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // what is seen

    @Test
    void seesAnEditInPlace() throws InterruptedException {
        writeConfiguration("one");
        begin();

        writeConfiguration("two");
        assertThat(next()).isEqualTo("two");
        writeConfiguration("three");
        assertThat(next()).isEqualTo("three");
    }

    @Test
    void seesAFileThatIsRenamedOverIt() throws InterruptedException {
        writeConfiguration("one");
        begin();

        write("new", naming("two"));
        rename("new", "weir.yaml");
        assertThat(next()).isEqualTo("two");
        write("new", naming("three"));
        rename("new", "weir.yaml");
        assertThat(next()).isEqualTo("three");
    }

    @Test
    void seesAFileThatIsDeletedAndWrittenAnew() throws Exception {
        Path file = writeConfiguration("one");
        begin();

        Files.delete(file);
        assertThat(next()).isEqualTo("refused");
        writeConfiguration("two");
        assertThat(next()).isEqualTo("two");
        assertThat(told).first().asString().contains("there is no such file");
    }

    /** As the kubelet does it: everything beside the new content, one rename of a link, and away with the old content. */
    private void swap(String version, String handler) throws IOException {
        Path link = directory.resolve("..data");
        Path old = Files.isSymbolicLink(link) ? directory.resolve(Files.readSymbolicLink(link)) : null;
        Path content = Files.createDirectory(directory.resolve(version));
        Files.writeString(content.resolve("weir.yaml"), naming(handler));
        Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of(version));
        rename("..data_tmp", "..data");
        if (old == null) {
            Files.createSymbolicLink(directory.resolve("weir.yaml"), Path.of("..data", "weir.yaml"));
        } else {
            Files.delete(old.resolve("weir.yaml"));
            Files.delete(old);
        }
    }

    @Test
    void seesTheSwapsOfAConfigMap() throws Exception {
        swap("..2026_01", "one");
        begin();

        for (String version : List.of("two", "three", "four")) {
            swap("..2026_" + version, version);
            assertThat(next()).isEqualTo(version);
        }
        assertThat(outcomes).isEmpty();
    }

    @Test
    void seesADirectoryThatIsReplacedAsAWhole() throws Exception {
        writeConfiguration("one");
        begin();

        for (String version : List.of("two", "three")) {
            Path other = Files.createDirectory(temporary.resolve("other"));
            Files.writeString(other.resolve("weir.yaml"), naming(version));
            Files.move(directory, temporary.resolve("before " + version));
            Files.move(other, directory);
            String outcome = next();
            assertThat(outcome.equals("refused") ? next() : outcome).isEqualTo(version);
        }
        writeConfiguration("in the last one");
        assertThat(next()).isEqualTo("in the last one");
    }

    @Test
    void seesADirectoryThatIsDeletedAndMadeAnew() throws Exception {
        Path file = writeConfiguration("one");
        begin();

        Files.delete(file);
        Files.delete(directory);
        assertThat(next()).isEqualTo("refused");
        Files.createDirectory(directory);
        writeConfiguration("two");

        assertThat(next()).isEqualTo("two");
    }

    @Test
    void seesWhatALinkOnTheWayLeadsTo() throws Exception {
        for (String release : List.of("r1", "r2")) {
            Path of = Files.createDirectories(temporary.resolve(release).resolve("conf"));
            Files.writeString(of.resolve("weir.yaml"), naming(release));
        }
        Path current = Files.createSymbolicLink(temporary.resolve("current"), Path.of("r1"));
        properties.put(
                ConfigurationFinder.PROPERTY,
                current.resolve("conf")
                        .resolve("..")
                        .resolve("conf")
                        .resolve("weir.yaml")
                        .toString());
        begin();

        Files.createSymbolicLink(temporary.resolve("next"), Path.of("./r2"));
        Files.move(temporary.resolve("next"), current, StandardCopyOption.ATOMIC_MOVE);

        assertThat(next()).isEqualTo("r2");
        Files.writeString(current.resolve("conf").resolve("weir.yaml"), naming("edited"));
        assertThat(next()).isEqualTo("edited");
    }

    @Test
    void seesOverlaysThatComeAndGo() throws Exception {
        write("weir.yaml", naming("one") + "profiles: { prod: { jmx: false } }\n");
        properties.put(Profiles.PROPERTY, "prod");
        begin();

        Path overlay = write("weir-prod.yaml", naming("over"));
        assertThat(next()).isEqualTo("one over");
        Files.delete(overlay);
        assertThat(next()).isEqualTo("one");
    }

    @Test
    void seesAFileOfTheClassPath() throws Exception {
        properties.clear();
        Path file = writeConfiguration("one");
        try (URLClassLoader classPath =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
            begin(classPath);

            writeConfiguration("two");
            assertThat(next()).isEqualTo("two");
            Files.delete(file);
            assertThat(next()).isEqualTo("refused");
            writeConfiguration("three");
            assertThat(next()).isEqualTo("three");
        }
    }

    @Test
    void seesThatAFileIsMendedThatWasWrongAtTheStart() throws Exception {
        write("weir.yaml", "handlers: [");
        begin();
        assertThat(next()).isEqualTo("wrong at the start");

        writeConfiguration("mended");

        assertThat(next()).isEqualTo("mended");
    }

    @Test
    void seesAFileThatWasNotThereAtTheStart() throws Exception {
        begin();
        assertThat(next()).isEqualTo("wrong at the start");

        writeConfiguration("here");

        assertThat(next()).isEqualTo("here");
    }

    @Test
    void seesWhatChangedBetweenTheReadingAndTheWatch() throws Exception {
        writeConfiguration("one");
        change = () -> {
            change = () -> {};
            writeConfiguration("three"); // before the second reading is in force
        };
        begin();

        writeConfiguration("two");

        assertThat(next()).isEqualTo("two");
        assertThat(next()).isEqualTo("three");
    }

    @Test
    void seesWhatChangedInADirectoryBeforeThatWasWatched() throws Exception {
        swap("..2026_01", "one");
        begin();
        change = () -> {
            change = () -> {};
            writeConfiguration("three"); // through the links, in the new directory
        };

        swap("..2026_02", "two");

        assertThat(next()).isEqualTo("two");
        assertThat(next()).isEqualTo("three");
    }

    // what is not

    @Test
    void anEditorThatEmptiesTheFileAndTakesItsTimeIsWaitedFor() throws Exception {
        Path file = writeConfiguration("one");
        begin();

        Files.write(file, new byte[0]);
        TimeUnit.MILLISECONDS.sleep(500); // the time that the editor takes
        Files.writeString(file, "handlers: { whole: { type: ", StandardOpenOption.APPEND);
        assertThat(next()).isEqualTo("refused");
        Files.writeString(file, "\"null\" } }\n", StandardOpenOption.APPEND);

        assertThat(next()).isEqualTo("whole");
        assertThat(all()).isEmpty();
    }

    @Test
    void doesNotReadAgainWhatHasTheSameContent() throws Exception {
        Path file = writeConfiguration("one");
        begin();

        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        write("copy", naming("one"));
        rename("copy", "weir.yaml");
        writeConfiguration("one");
        write("another", "what is beside it");
        TimeUnit.MILLISECONDS.sleep(500); // until it has been looked at: what comes later is another change

        assertThat(all()).isEmpty();
    }

    @Test
    void manyChangesAtOnceAreOne() throws Exception {
        writeConfiguration("one");
        begin();

        for (int i = 0; i < 500; i++) {
            writeConfiguration("version" + i);
        }

        List<String> all = all();
        assertThat(all.size()).isLessThan(20);
    }

    @Test
    void aRefusedConfigurationDoesNotSayWhatLeadsToAReload() throws Exception {
        writeConfiguration("one");
        begin();
        change = () -> {
            throw new ConfigurationException("it", List.of("a handler cannot work"));
        };

        write("weir.yaml", "reload-on: []\n" + naming("two"));
        assertThat(next()).isEqualTo("refused");
        change = () -> {};
        writeConfiguration("three");

        assertThat(next()).isEqualTo("three");
    }

    @Test
    void watchesNoMoreThanItSays() throws Exception {
        writeConfiguration("one");
        begin();

        write("weir.yaml", "reload-on: []\n" + naming("two"));
        assertThat(next()).isEqualTo("two");

        awaitThreads(0, "weir-watch");
        writeConfiguration("three");
        assertThat(reloading().configure(Weir.builder())).isNotNull(); // by the program
        reloading().inForce();
        awaitThreads(1, "weir-watch");
        writeConfiguration("four");
        assertThat(next()).isEqualTo("four");
    }

    private YamlConfigurationSource reloading() {
        assertThat(source).isNotNull();
        return source;
    }

    // what is told

    @Test
    void tellsEachSuccessAndEachOtherFailureAndOneFailureOnce() throws Exception {
        writeConfiguration("one");
        begin();

        write("weir.yaml", "unknown: 1\n");
        assertThat(next()).isEqualTo("refused");
        write("weir.yaml", "unknown: 2\n");
        assertThat(next()).isEqualTo("refused");
        write("weir.yaml", "strange: 2\n");
        assertThat(next()).isEqualTo("refused");
        writeConfiguration("two");
        assertThat(next()).isEqualTo("two");
        writeConfiguration("three");
        assertThat(next()).isEqualTo("three");
        write("weir.yaml", "strange: 2\n");
        assertThat(next()).isEqualTo("refused");
        end.run();
        awaitThreads(0, "weir-reload");

        assertThat(told.stream().map(line -> line.replaceAll("\n.*", "").replace(directory + "/", "")))
                .containsExactly(
                        "reload failed: nothing has changed: weir.yaml is not usable:",
                        "reload failed: nothing has changed: weir.yaml is not usable:",
                        "reload: weir.yaml was read again: handlers kept two",
                        "reload: weir.yaml was read again: handlers kept three",
                        "reload failed: nothing has changed: weir.yaml is not usable:");
        assertThat(told.get(0)).contains("unknown");
        assertThat(told.get(1)).contains("strange");
        assertThat(reported).singleElement().asString().contains("unknown");
    }

    // what it costs

    /** Of this test alone. */
    private List<Thread> threads(String... names) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> List.of(names).contains(thread.getName()) && !before.contains(thread))
                .toList();
    }

    private void awaitThreads(int count, String... names) {
        while (threads(names).size() != count) {
            Thread.onSpinWait();
        }
    }

    @Test
    void itsThreadsEndWithIt() {
        writeConfiguration("one");
        begin();
        awaitThreads(2, "weir-watch", "weir-reload");
        assertThat(threads("weir-watch", "weir-reload")).allSatisfy(thread -> {
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getContextClassLoader()).isNull();
        });

        end.run();

        awaitThreads(0, "weir-watch", "weir-reload");
    }

    @Test
    void wakesNobodyWhileNothingHappensAndSeldomForWhatIsBesideTheFile() throws Exception {
        writeConfiguration("one");
        begin();
        writeConfiguration("two");
        assertThat(next()).isEqualTo("two");
        long before;
        do {
            before = waits();
            TimeUnit.MILLISECONDS.sleep(300); // until all that has come of it is over
        } while (waits() > before + FEW);

        long begun = System.nanoTime();
        TimeUnit.MILLISECONDS.sleep(1_500);
        long idle = waits() - before;
        Path log = directory.resolve("app.log");
        long lines = 0;
        long busyBegun = System.nanoTime();
        while (System.nanoTime() - busyBegun < TimeUnit.MILLISECONDS.toNanos(1_000)) {
            Files.writeString(log, "a line\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            lines++;
        }
        long busy = waits() - before - idle;
        double busySeconds = (System.nanoTime() - busyBegun) / 1e9;

        System.out.printf(
                "reload: %d waits in %.1f s of silence, %d in %.1f s with %d lines beside the file%n",
                idle, (busyBegun - begun) / 1e9, busy, busySeconds, lines);
        assertThat(idle).isLessThan(3 * FEW);
        assertThat(busy / busySeconds).isLessThan(100); // twice for each rest of 50 ms, and for what is looked at
        assertThat(all()).isEmpty();
    }

    /** How often the two threads have gone to sleep, as the system counts it. */
    private static long waits() throws IOException {
        long waits = 0;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                if (List.of("weir-watch", "weir-reload")
                        .contains(Files.readString(task.resolve("comm")).strip())) {
                    waits += Files.readAllLines(task.resolve("status")).stream()
                            .filter(line -> line.startsWith("voluntary_ctxt_switches:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum();
                }
            }
        } catch (NoSuchFileException | DirectoryIteratorException ended) {
            return waits(); // a thread that was listed
        }
        return waits;
    }

    @Test
    void looksNowAndThenWhereTheSystemTellsNothing() throws Exception {
        Path file = writeConfiguration("one");
        BlockingQueue<String> looks = new LinkedBlockingQueue<>();
        BlockingQueue<String> troubles = new LinkedBlockingQueue<>();
        Watched watched = new Watched(Map.of(file, Watched.content(file)), Set.of(Trigger.FILE));

        FileWatch watch = new FileWatch(
                () -> {
                    throw new IOException("User limit of inotify instances reached");
                },
                watched::places,
                () -> looks.add("look"),
                troubles::add);

        assertThat(looks.poll(20, TimeUnit.SECONDS)).isEqualTo("look");
        assertThat(looks.poll(20, TimeUnit.SECONDS)).isEqualTo("look");
        assertThat(troubles).singleElement().asString().contains("every 2 s").contains("User limit");
        watch.close();
        awaitThreads(0, "weir-watch");
    }

    @Test
    void everyWayToAFileIsWatchedThroughItsLinks() throws Exception {
        Path real = Files.createDirectories(temporary.resolve("a/b"));
        Path file = Files.writeString(real.resolve("weir.yaml"), "");
        Path link = Files.createSymbolicLink(temporary.resolve("link"), Path.of("a", ".", "b", "..", "b"));
        Path loop = Files.createSymbolicLink(temporary.resolve("loop"), Path.of("loop"));

        Map<Path, Watched.Places> places = new Watched(
                        Map.of(link.resolve("weir.yaml"), Watched.content(file), loop, Watched.content(loop)), Set.of())
                .places();

        Path root = temporary.toRealPath();
        assertThat(places.keySet())
                .contains(root, root.resolve("a"), root.resolve("a/b"))
                .allMatch(Files::isDirectory);
        assertThat(places.get(root).names).contains(Path.of("link"), Path.of("a"), Path.of("loop"));
        assertThat(places.get(root.resolve("a/b")).names).containsExactly(Path.of("weir.yaml"));
    }
}
