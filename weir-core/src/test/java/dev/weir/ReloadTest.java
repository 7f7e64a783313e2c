package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.filter.Filter;
import dev.weir.format.TextFormatter;
import dev.weir.handler.FileHandler;
import dev.weir.handler.Handler;
import dev.weir.handler.NullHandler;
import dev.weir.handler.RotatingFileHandler;
import dev.weir.record.LogRecord;
import dev.weir.spi.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A configuration that is read again. */
@Timeout(60)
class ReloadTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final ExecutorService others = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        others.shutdownNow();
    }

    /** Keeps what it gets. */
    private static class Lived implements Handler {
        final List<String> seen = Collections.synchronizedList(new ArrayList<>());
        final AtomicInteger prepared = new AtomicInteger();
        final AtomicInteger opened = new AtomicInteger();
        final AtomicInteger closed = new AtomicInteger();
        final AtomicInteger reopened = new AtomicInteger();

        @Override
        public void prepare() throws IOException {
            prepared.incrementAndGet();
        }

        @Override
        public void open() {
            opened.incrementAndGet();
        }

        @Override
        public boolean emit(LogRecord record) throws IOException {
            seen.add(record.message());
            return true;
        }

        @Override
        public void flush() {}

        @Override
        public void reopen() {
            reopened.incrementAndGet();
        }

        @Override
        public void close(boolean abandoned) {
            closed.incrementAndGet();
        }
    }

    private static void described(HandlerOptions options, String as) {
        options.describedBy(as, "no filters");
    }

    // what becomes of handlers

    @Test
    void keepsWhatIsDescribedAsBeforeAndReplacesTheRest() {
        Lived kept = new Lived();
        Lived replaced = new Lived();
        Lived removed = new Lived();
        ReadAgain source = new ReadAgain(builder -> builder.handler("kept", kept, options -> described(options, "a"))
                .handler("replaced", replaced, options -> described(options, "b"))
                .handler("removed", removed, options -> described(options, "c")));
        Weir weir = source.start();
        weir.loggerOf("any").info("one");
        assertThat(weir.flush(SOON).complete()).isTrue();
        Lived unused = new Lived();
        Lived successor = new Lived();
        Lived added = new Lived();
        source.says = builder -> builder.handler("added", added, options -> described(options, "d"))
                .handler("replaced", successor, options -> described(options, "b2"))
                .handler("kept", unused, options -> described(options, "a"));

        ReloadResult result = weir.reload();
        weir.loggerOf("any").info("two");
        weir.close(SOON);

        assertThat(result)
                .isEqualTo(new ReloadResult(
                        "test.yaml", List.of("kept"), List.of("replaced"), List.of("added"), List.of("removed")));
        assertThat(kept.seen).containsExactly("one", "two");
        assertThat(kept.opened).hasValue(1);
        assertThat(kept.prepared).hasValue(1);
        assertThat(unused.prepared.get() + unused.opened.get() + unused.closed.get())
                .isZero();
        assertThat(replaced.seen).containsExactly("one");
        assertThat(successor.seen).containsExactly("two");
        assertThat(added.seen).containsExactly("two");
        assertThat(removed.seen).containsExactly("one");
        assertThat(List.of(kept, replaced, successor, added, removed))
                .allSatisfy(each -> assertThat(each.closed).hasValue(1));
        assertThat(weir.stats().written("kept", Level.INFO)).isEqualTo(2);
    }

    @Test
    void replacesAHandlerWhoseReceiverIsReplaced() {
        Lived first = new Lived();
        Lived second = new Lived();
        ReadAgain source = new ReadAgain(builder -> builder.handler(
                        "first", first, options -> options.fallback("spare").describedBy("a", ""))
                .handler(
                        "middle",
                        new Lived(),
                        options -> options.fallback("first").describedBy("m", ""))
                .handler("spare", new NullHandler(), options -> options.describedBy("b", "")));
        Weir weir = source.start();
        source.says = builder -> builder.handler(
                        "first", second, options -> options.fallback("spare").describedBy("a", ""))
                .handler(
                        "middle",
                        new Lived(),
                        options -> options.fallback("first").describedBy("m", ""))
                .handler("spare", new NullHandler(), options -> options.describedBy("another", ""));

        ReloadResult result = weir.reload();
        ReloadResult again = weir.reload();
        weir.close(SOON);

        assertThat(result.replaced()).containsExactly("first", "middle", "spare");
        assertThat(again.kept()).containsExactly("first", "middle", "spare");
    }

    @Test
    void replacesAHandlerThatGetsAnotherReceiver() {
        ReadAgain source =
                new ReadAgain(builder -> builder.handler("first", new Lived(), options -> options.describedBy("a", ""))
                        .handler("spare", new NullHandler(), options -> options.describedBy("b", "")));
        Weir weir = source.start();
        source.says = builder -> builder.handler(
                        "first",
                        new Lived(),
                        options -> options.fallback("spare").describedBy("a", ""))
                .handler("spare", new NullHandler(), options -> options.describedBy("b", ""));

        ReloadResult result = weir.reload();
        weir.close(SOON);

        assertThat(result.replaced()).containsExactly("first");
        assertThat(result.kept()).containsExactly("spare");
    }

    @Test
    void whatIsNotDescribedGoesOnOnlyAsTheSameInstance() {
        Lived same = new Lived();
        ReadAgain source =
                new ReadAgain(builder -> builder.handler("same", same).handler("other", new NullHandler()));
        Weir weir = source.start();

        ReloadResult result = weir.reload();
        weir.close(SOON);

        assertThat(result.kept()).containsExactly("same");
        assertThat(result.replaced()).containsExactly("other");
        assertThat(same.opened.get()).isLessThanOrEqualTo(1);
    }

    /** Accepts so many records. */
    private static final class First implements Filter {
        private final int most;
        private int seen;

        First(int most) {
            this.most = most;
        }

        @Override
        public boolean accepts(LogRecord record) {
            return seen++ < most;
        }
    }

    @Test
    void filtersGoOnWithWhatTheyHaveCountedUnlessTheyChange() {
        Lived kept = new Lived();
        ReadAgain source = new ReadAgain(builder -> builder.handler(
                "kept", kept, options -> options.filter(new First(2)).describedBy("a", "two")));
        Weir weir = source.start();
        log(weir, "one");
        weir.reload();
        log(weir, "two", "three");
        source.says = builder -> builder.handler(
                "kept", new Lived(), options -> options.filter(new First(1)).describedBy("a", "one"));

        ReloadResult result = weir.reload();
        log(weir, "four", "five");
        weir.close(SOON);

        assertThat(result.kept()).containsExactly("kept");
        assertThat(kept.seen).containsExactly("one", "two", "four");
        assertThat(weir.stats().filtered("kept", Level.INFO)).isEqualTo(2);
    }

    private static void log(Weir weir, String... messages) {
        for (String message : messages) {
            weir.loggerOf("any").info(message);
        }
        assertThat(weir.flush(SOON).complete()).isTrue();
    }

    @Test
    void whatThePipelineDoesForAKeptHandlerChanges() {
        Lived kept = new Lived();
        ReadAgain source =
                new ReadAgain(builder -> builder.handler("kept", kept, options -> options.describedBy("a", "")));
        Weir weir = source.start();
        log(weir, "one");
        source.says = builder -> builder.handler(
                "kept", new Lived(), options -> options.level(Level.WARN).describedBy("a", ""));

        weir.reload();
        weir.loggerOf("any").info("two");
        weir.loggerOf("any").warn("three");
        weir.close(SOON);

        assertThat(kept.seen).containsExactly("one", "three");
    }

    @Test
    void levelsThatWereSetAtRunTimeStay() {
        Lived kept = new Lived();
        ReadAgain source =
                new ReadAgain(builder -> builder.handler("kept", kept, options -> options.describedBy("a", "")));
        Weir weir = source.start();
        weir.levels().set("shop", Level.DEBUG);
        source.says = builder -> builder.handler("kept", new Lived(), options -> options.describedBy("a", ""))
                .logger("shop", options -> options.level(Level.ERROR))
                .root(options -> options.level(Level.ERROR));

        weir.reload();
        weir.loggerOf("shop").debug("shown");
        weir.loggerOf("bank").info("not shown");
        weir.close(SOON);

        assertThat(kept.seen).containsExactly("shown");
    }

    // files

    @Test
    void aFileThatIsBegunEmptyIsNotEmptiedByASuccessor() throws IOException {
        Path file = Files.writeString(directory.resolve("log"), "of the process before\n");
        AtomicInteger version = new AtomicInteger();
        ReadAgain source = new ReadAgain(builder -> builder.handler(
                "file",
                FileHandler.builder(file).formatter(message()).append(false).build(),
                options -> options.describedBy(version.incrementAndGet(), "")));
        Weir weir = source.start();
        log(weir, "one");

        ReloadResult result = weir.reload();
        log(weir, "two");
        weir.close(SOON);

        assertThat(result.replaced()).containsExactly("file");
        assertThat(Files.readAllLines(file)).containsExactly("one", "two");
    }

    @Test
    void aSuccessorOfAnotherNameGoesOnInTheFileThatWasWritten() throws IOException {
        Path file = directory.resolve("log");
        ReadAgain source = new ReadAgain(builder -> builder.handler("first", file(file)));
        Weir weir = source.start();
        weir.loggerOf("any").info("one");
        source.says = builder -> builder.handler("second", file(file));

        weir.reload();
        weir.loggerOf("any").info("two");
        source.says = builder -> builder.handler("none", new NullHandler());
        weir.reload();
        weir.loggerOf("any").info("nowhere");
        source.says = builder -> builder.handler("third", file(file));
        weir.reload();
        weir.loggerOf("any").info("three");
        weir.close(SOON);

        assertThat(Files.readAllLines(file)).containsExactly("one", "two", "three");
    }

    private static Handler file(Path file) {
        return FileHandler.builder(file).formatter(message()).append(false).build();
    }

    private static TextFormatter message() {
        return TextFormatter.of("%(message)s");
    }

    @Test
    void aFileThatIsRolledAtTheStartIsNotRolledByASuccessor() throws IOException {
        Path file = Files.writeString(directory.resolve("log"), "of the process before\n");
        ReadAgain source = new ReadAgain(builder -> builder.handler(
                "file",
                RotatingFileHandler.builder(file)
                        .formatter(message())
                        .atStart(true)
                        .build()));
        Weir weir = source.start();
        log(weir, "one");

        weir.reload();
        log(weir, "two");
        weir.close(SOON);

        assertThat(Files.readAllLines(file)).containsExactly("one", "two");
        assertThat(Files.readAllLines(directory.resolve("log.1"))).containsExactly("of the process before");
    }

    // failures

    @Test
    void aHandlerThatCannotWorkChangesNothing() {
        Lived running = new Lived();
        ReadAgain source =
                new ReadAgain(builder -> builder.handler("running", running, options -> options.describedBy("a", "")));
        Weir weir = source.start();
        Lived other = new Lived();
        source.says = builder -> builder.handler("other", other).handler("unable", new Lived() {
            @Override
            public void prepare() throws IOException {
                throw new IOException("no such place");
            }
        });

        assertThatThrownBy(weir::reload)
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems()).containsExactly("handler unable: no such place"))
                .hasMessageStartingWith("test.yaml is not usable:");
        log(weir, "goes on");

        assertThat(source.inForce).hasValue(0);
        source.says = builder -> builder.handler("running", new Lived(), options -> options.describedBy("a", ""));
        assertThat(weir.reload().kept()).containsExactly("running");
        assertThat(source.inForce).hasValue(1);
        weir.close(SOON);
        assertThat(running.seen).containsExactly("goes on");
        assertThat(other.opened).hasValue(0);
    }

    @Test
    void whatDoesNotFitIsToldAsAWhole() {
        ReadAgain source = new ReadAgain(builder -> builder.handler("running", new NullHandler()));
        Weir weir = source.start();
        source.says = builder -> builder.handler("one", new NullHandler(), options -> options.fallback("none"))
                .logger("x", options -> options.handlers("nobody"));

        assertThatThrownBy(weir::reload)
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems()).hasSize(2));
        weir.close(SOON);
    }

    @Test
    void aSourceThatFailsChangesNothing() {
        Lived running = new Lived();
        ReadAgain source = new ReadAgain(builder -> builder.handler("running", running));
        Weir weir = source.start();
        source.says = builder -> {
            throw new IllegalStateException("a mistake");
        };

        assertThatThrownBy(weir::reload)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("a mistake");
        log(weir, "goes on");
        weir.close(SOON);

        assertThat(running.seen).containsExactly("goes on");
    }

    @Test
    void aCapacityThatCannotBeHadIsToldWhenItIsInForce() {
        ReadAgain source =
                new ReadAgain(builder -> builder.queueCapacity(1 << 20).handler("running", new NullHandler()));
        Weir weir = source.start();
        source.says = builder -> builder.queueCapacity(2 << 20).handler("unable", new Lived() {
            @Override
            public void prepare() throws IOException {
                throw new IOException("no such place");
            }
        });

        assertThatThrownBy(weir::reload).isInstanceOf(ConfigurationException.class);
        assertThat(weir.diagnostics()).isEmpty();
        source.says = builder -> builder.queueCapacity(2 << 20).handler("running", new NullHandler());
        weir.reload();

        assertThat(weir.diagnostics()).singleElement().asString().startsWith("queue.capacity: 2097152 bytes, but");
        weir.close(SOON);
    }

    @Test
    void warnsOfWhatIsNewEachTime() {
        ReadAgain source = new ReadAgain(builder -> builder.handler("any", new NullHandler()));
        Weir weir = source.start();

        source.says = builder -> builder.handler("any", new NullHandler()).warn("first");
        weir.reload();
        weir.reload();
        String first = weir.diagnostics().get(0);
        source.says = builder -> builder.handler("any", new NullHandler()).warn("second");
        weir.reload();

        assertThat(first).startsWith("first (1 times");
        assertThat(weir.diagnostics()).singleElement().asString().startsWith("second (2 times");
        weir.close(SOON);
    }

    // when there is nothing to reload

    @Test
    void aPipelineOfABuilderIsNotReloaded() {
        Weir weir = Weir.builder().handler("any", new NullHandler()).start();

        assertThatThrownBy(weir::reload)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("nothing to reload: ");
        weir.close(SOON);
    }

    @Test
    void theEndEndsTheWatch() {
        ReadAgain source = new ReadAgain(builder -> builder.handler("any", new NullHandler()));
        Weir weir = source.start();

        weir.close(SOON);

        assertThat(source.ended).hasPositiveValue();
        assertThatThrownBy(weir::reload).isInstanceOf(IllegalStateException.class);
        assertThat(source.read).hasValue(0);
    }

    @Test
    void anEndThatComesWhileTheWatchBeginsEndsItToo() {
        ReadAgain source = new ReadAgain(builder -> builder.handler("any", new NullHandler()));
        source.whenWatched = () -> Weir.current().close(SOON);

        source.install();

        assertThat(source.ended).hasPositiveValue();
    }

    @Test
    void anInstallationEndsTheWatch() {
        ReadAgain source = new ReadAgain(builder -> builder.handler("any", new NullHandler()));
        Weir weir = source.install();

        Weir.builder().handler("other", new NullHandler()).install();

        assertThat(source.ended).hasValue(1);
        assertThatThrownBy(weir::reload).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(source.reloading::reload).isInstanceOf(IllegalStateException.class);
        weir.close(SOON);
    }

    @Test
    void whileATemporaryPipelineIsCurrentAReloadFailsAndAWatchWaits() throws Exception {
        Lived kept = new Lived();
        Lived temporary = new Lived();
        ReadAgain source =
                new ReadAgain(builder -> builder.handler("kept", kept, options -> options.describedBy("a", "")));
        Weir weir = source.install();
        Weir.Interim interim = Weir.builder().handler("temporary", temporary).installTemporarily();
        source.says = builder -> builder.handler("kept", new Lived(), options -> options.describedBy("a", ""))
                .handler("added", new NullHandler());

        assertThatThrownBy(weir::reload).isInstanceOf(IllegalStateException.class);
        Thread watching = new Thread(() -> source.reloading.reload(), "watching");
        watching.start();
        while (watching.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertThat(source.read).hasValue(0);
        interim.close();
        watching.join();

        assertThat(source.read).hasValue(1);
        assertThat(source.ended).hasValue(0);
        assertThat(weir.stats().handlerNames()).contains("kept", "added");
        log(weir, "goes on");
        weir.close(SOON);
        assertThat(kept.seen).containsExactly("goes on");
        assertThat(kept.opened).hasValue(1);
    }

    // from within

    @Test
    void whatIsBeingReadOrPreparedCannotReloadOrInstall() {
        List<Throwable> refused = new ArrayList<>();
        ReadAgain source = new ReadAgain(builder -> builder.handler("any", new NullHandler()));
        Weir weir = source.install();
        source.says = builder -> {
            refused.add(refusal(weir::reload));
            builder.handler("any", new Lived() {
                @Override
                public void prepare() {
                    refused.add(refusal(weir::reload));
                    refused.add(refusal(() -> Weir.builder().install()));
                    refused.add(refusal(() -> Weir.builder().installTemporarily()));
                }
            });
        };

        ReloadResult result = weir.reload();

        assertThat(result.replaced()).containsExactly("any");
        assertThat(refused)
                .hasSize(4)
                .allSatisfy(each -> assertThat(each)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("by what is being reloaded"));
        assertThat(weir.reload().replaced()).containsExactly("any");
        weir.close(SOON);
    }

    private static @Nullable Throwable refusal(Callable<?> call) {
        try {
            call.call();
            return null;
        } catch (Exception e) {
            return e;
        }
    }

    @Test
    void aHandlerMayReloadWhileItEmits() {
        AtomicReference<ReloadResult> result = new AtomicReference<>();
        AtomicReference<Weir> running = new AtomicReference<>();
        Lived successor = new Lived();
        ReadAgain source = new ReadAgain(builder -> builder.handler("any", new Lived() {
            @Override
            public boolean emit(LogRecord record) {
                result.set(running.get().reload());
                running.get().loggerOf("any").info("is told, since a worker logs it");
                return true;
            }
        }));
        Weir weir = source.start();
        running.set(weir);
        source.says = builder -> builder.handler("any", successor);

        log(weir, "reload");
        log(weir, "goes on");
        weir.close(SOON);

        assertThat(result.get().replaced()).containsExactly("any");
        assertThat(successor.seen).containsExactly("goes on");
    }

    // what hangs, and what happens at once

    /** Hangs in one call until it is let go. */
    private static final class Hanging extends Lived {
        final CountDownLatch within = new CountDownLatch(1);
        final CountDownLatch letGo = new CountDownLatch(1);
        private final boolean inPrepare;

        Hanging(boolean inPrepare) {
            this.inPrepare = inPrepare;
        }

        @Override
        public void prepare() throws IOException {
            if (inPrepare) {
                hang();
            }
        }

        @Override
        public boolean emit(LogRecord record) throws IOException {
            hang();
            return super.emit(record);
        }

        private void hang() throws IOException {
            within.countDown();
            try {
                letGo.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    @Test
    void aHandlerThatHangsDoesNotHoldUpAReload() throws InterruptedException {
        Hanging hanging = new Hanging(false);
        Lived replaced = new Lived();
        Lived successor = new Lived();
        ReadAgain source =
                new ReadAgain(builder -> builder.handler("hanging", hanging).handler("other", replaced));
        Weir weir = source.start();
        weir.loggerOf("any").info("one");
        hanging.within.await();
        source.says = builder -> builder.handler("hanging", new Lived()).handler("other", successor);

        ReloadResult result = weir.reload();
        weir.loggerOf("any").info("two");
        while (successor.seen.isEmpty()) {
            Thread.onSpinWait(); // it does not wait for the one that hangs
        }
        hanging.letGo.countDown();
        weir.close(SOON);

        assertThat(result.replaced()).containsExactly("hanging", "other");
        assertThat(replaced.seen).containsExactly("one");
        assertThat(successor.seen).containsExactly("two");
        assertThat(hanging.seen).containsExactly("one");
        assertThat(weir.stats().written("hanging", Level.INFO)).isEqualTo(2);
    }

    @Test
    void theEndDoesNotWaitForAReloadThatHangsAndThatChangesNothingThen() throws Exception {
        Hanging hanging = new Hanging(true);
        Lived running = new Lived();
        ReadAgain source = new ReadAgain(builder -> builder.handler("running", running));
        Weir weir = source.start();
        log(weir, "one");
        source.says = builder -> builder.handler("hanging", hanging);

        Future<ReloadResult> reload = others.submit(weir::reload);
        hanging.within.await();
        weir.close(Duration.ofMillis(200));
        hanging.letGo.countDown();

        assertThatThrownBy(() -> reload.get(20, TimeUnit.SECONDS))
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed meanwhile");
        assertThat(running.closed).hasValue(1);
        assertThat(hanging.opened).hasValue(0);
        assertThat(source.ended).hasPositiveValue();
    }

    @Test
    void theEndDoesNotWaitForASourceThatHangs() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        ReadAgain source = new ReadAgain(builder -> builder.handler("running", new NullHandler()));
        Weir weir = source.start();
        source.says = builder -> {
            reading.countDown();
            try {
                letGo.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            builder.handler("running", new NullHandler());
        };

        Future<ReloadResult> reload = others.submit(weir::reload);
        reading.await();
        DrainResult end = weir.close(SOON);
        letGo.countDown();

        assertThat(end.complete()).isTrue();
        assertThatThrownBy(() -> reload.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void reloadsAtOnceGoOneAfterTheOtherEachWithItsOwnOutcome() throws Exception {
        int many = 40;
        AtomicInteger version = new AtomicInteger();
        ReadAgain source = new ReadAgain(builder -> builder.handler("running", new NullHandler()));
        Weir weir = source.start();
        source.says = builder -> {
            int number = version.incrementAndGet();
            if (number % 2 == 0) {
                throw new ConfigurationException("test.yaml", List.of("number " + number));
            }
            builder.handler("version" + number, new NullHandler());
        };

        List<Future<ReloadResult>> reloads = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            reloads.add(others.submit(weir::reload));
        }
        List<String> outcomes = new ArrayList<>();
        for (Future<ReloadResult> reload : reloads) {
            try {
                outcomes.addAll(reload.get().added());
            } catch (java.util.concurrent.ExecutionException e) {
                outcomes.add(((ConfigurationException) e.getCause()).problems().get(0));
            }
        }

        assertThat(outcomes)
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, many)
                        .mapToObj(number -> (number % 2 == 0 ? "number " : "version") + number)
                        .toList());
        weir.close(SOON);
    }

    @Test
    void handlersOpenAnewWhatTheyWriteTo() {
        Lived running = new Lived();
        Lived silent = new Lived();
        ReadAgain source = new ReadAgain(builder -> builder.handler("running", running)
                .handler("silent", silent)
                .root(options -> options.handlers("running")));
        Weir weir = source.start();
        log(weir, "one");

        source.reloading.reopen();
        log(weir, "two");
        weir.close(SOON);

        assertThat(running.reopened).hasValue(1);
        assertThat(silent.reopened).hasValue(0);
    }
}
