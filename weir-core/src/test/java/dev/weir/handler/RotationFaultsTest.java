package dev.weir.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import dev.weir.record.Records;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rotation where something goes wrong that is not the file system's everyday refusal. */
@Timeout(60)
class RotationFaultsTest extends RotationFixture {
    private void write(String... messages) throws IOException {
        for (String message : messages) {
            handler.emit(Records.message(message).record());
        }
        handler.flush();
    }

    private Map<String, String> files() {
        Map<String, String> files = LogDirectory.contents(directory);
        files.remove(".app.log.lock");
        return files;
    }

    // an Error in the middle

    /** As a worker does it. */
    private void writeAgainAfter(Class<? extends Throwable> failure, String... messages) throws IOException {
        assertThatThrownBy(() -> write(messages)).isInstanceOf(failure);
        handler.rollback();
        write(messages);
        handler.upkeep();
    }

    @ParameterizedTest
    @EnumSource(names = {"RENAMED", "FINISHED", "OPENED", "WRITTEN"})
    void anErrorInARollBySizeCostsNothing(RollStep failing) throws IOException {
        AtomicBoolean due = new AtomicBoolean();
        open(builder().size(8).steps(step -> {
            if (step == failing && due.getAndSet(false)) {
                throw new OutOfMemoryError("test");
            }
        }));
        write("one");
        due.set(true);

        writeAgainAfter(OutOfMemoryError.class, "two", "six");
        write("ten");

        assertThat(files())
                .containsExactly(
                        entry("app.log", "ten\n"), entry("app.log.1", "one\n"), entry("app.log.2", "two\nsix\n"));
    }

    @ParameterizedTest
    @EnumSource(names = {"RENAMED", "OPENED"})
    void anErrorInARollByTimeCostsNothing(RollStep failing) throws IOException {
        AtomicBoolean due = new AtomicBoolean(true);
        open(builder().every(RollPeriod.DAY).steps(step -> {
            if (step == failing && due.getAndSet(false)) {
                throw new OutOfMemoryError("test");
            }
        }));
        write("one");
        now = now.plus(Duration.ofDays(1));

        assertThatThrownBy(handler::upkeep).isInstanceOf(OutOfMemoryError.class);
        write("two");

        assertThat(files()).containsExactly(entry("app.log", "two\n"), entry("app.log.2024-05-20", "one\n"));
    }

    @Test
    void aBatchThatIsWrittenIsCommittedWhateverBecomesOfTheFileBefore() throws IOException {
        AtomicBoolean due = new AtomicBoolean();
        open(builder()
                .size(8)
                .clock(() -> {
                    if (due.getAndSet(false)) {
                        throw new OutOfMemoryError("test");
                    }
                    return now;
                })
                .steps(step -> due.set(step == RollStep.WRITTEN)));

        write("one", "two", "six"); // nobody looks at the clock behind the commit
        assertThatThrownBy(handler::upkeep).isInstanceOf(OutOfMemoryError.class);

        assertThat(files()).containsExactly(entry("app.log", "six\n"), entry("app.log.1", "one\ntwo\n"));
        assertThat(handler.bytesWritten()).isEqualTo(12);
    }

    // what was never open

    @Test
    void keepsNoRightToAFileThatCannotBeOpened() throws IOException {
        RotatingFileHandler refused = builder().size(8).build();
        refused.prepare();
        Files.createDirectory(log);
        assertThatThrownBy(refused::open).hasMessageContaining("is a directory");
        Files.delete(log);

        open(builder().size(8)); // after a change of the configuration
        write("one");

        assertThat(files()).containsExactly(entry("app.log", "one\n"));
    }

    // what is not ours

    @Test
    void goesOnBesideWhatOnlyHasTheNameOfARolledFile() throws IOException {
        Files.createDirectories(directory.resolve("app.log.1/kept"));
        Files.createDirectories(directory.resolve(".app.log.2.gz.tmp/kept"));
        Files.createDirectory(directory.resolve(".app.log.4.gz.tmp"));
        compress(directory.resolve("app.log.1.gz"), "one\n");
        Files.writeString(directory.resolve("app.log.3"), "three\n");

        open(builder().size(8).compress(Compression.GZIP));
        await().until(() -> Files.notExists(directory.resolve("app.log.3")));
        handler.upkeep();

        assertThat(directory.resolve("app.log.3.gz")).isRegularFile();
        assertThat(directory.resolve("app.log.1/kept")).isDirectory();
        assertThat(directory.resolve(".app.log.2.gz.tmp/kept")).isDirectory();
        assertThat(directory.resolve(".app.log.4.gz.tmp")).isDirectory();
        deleteAll("app.log.1/kept", "app.log.1", ".app.log.2.gz.tmp/kept", ".app.log.2.gz.tmp", ".app.log.4.gz.tmp");
    }

    private void deleteAll(String... names) throws IOException {
        for (String name : names) {
            Files.delete(directory.resolve(name));
        }
    }

    private static void compress(Path file, String content) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void refusesAPatternThatFitsTheFileALinkStandsFor() throws IOException {
        Path real = Files.writeString(directory.resolve("real-1.log"), "precious\n");
        Files.createSymbolicLink(log, real);

        assertThatThrownBy(() -> builder().size(8).pattern("real-%i.log").build())
                .hasMessageContaining("one that does not fit real-1.log");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app-%H.log", "app-%m-%d.log", "app-%Y-%d.%i.log", "app-%Y-%m-%d-%M.log"})
    void refusesAPatternWhoseNamesWouldNotSortAsTheirTimes(String pattern) {
        assertThatThrownBy(() -> builder().pattern(pattern))
                .hasMessageStartingWith("pattern: \"" + pattern + "\" (expected: ");
    }

    // limits

    @Test
    void aLimitOfAnyAgeKeepsTheOthersInForce() throws IOException {
        open(builder().size(4).keep(1).maxAge(Duration.ofSeconds(Long.MAX_VALUE)));

        write("one");
        write("two");
        handler.upkeep();
        write("six");
        handler.upkeep();

        await().until(() -> Files.notExists(directory.resolve("app.log.1")));
        assertThat(files()).containsExactly(entry("app.log", "six\n"), entry("app.log.2", "two\n"));
    }

    @Test
    void takesTimesOfAnyLength() throws IOException {
        Files.writeString(directory.resolve("app.log.1"), "old\n");
        open(builder()
                .size(8)
                .compress(Compression.GZIP)
                .jitter(Duration.ofSeconds(Long.MAX_VALUE))
                .sync(Sync.every(Duration.ofSeconds(Long.MAX_VALUE))));

        write("one", "two", "six");
        handler.upkeep();

        assertThat(files())
                .containsExactly(
                        entry("app.log", "six\n"), entry("app.log.1", "old\n"), entry("app.log.2", "one\ntwo\n"));
    }

    @Test
    void compressesSoonWhatCouldNotBe() throws IOException {
        AtomicBoolean failing = new AtomicBoolean(true);
        open(builder().size(4).compress(Compression.GZIP).steps(step -> {
            if (step == RollStep.COMPRESSED && failing.getAndSet(false)) {
                throw new IllegalStateException("no room");
            }
        }));
        write("one", "two");
        await().until(() -> isTold("no room"));

        await().until(() -> {
            now = now.plus(Duration.ofSeconds(31)); // again, if the first one was not quite done yet
            handler.upkeep();
            return Files.notExists(directory.resolve("app.log.1"));
        });

        assertThat(files()).containsExactly(entry("app.log", "two\n"), entry("app.log.1.gz", "one\n"));
    }

    private boolean isTold(String trouble) {
        try {
            handler.upkeep();
            return false;
        } catch (IOException told) {
            return told.getMessage().contains(trouble);
        }
    }

    // clocks

    @Test
    void rollsAtItsTimeAgainAfterAClockThatWasFarAhead() throws IOException {
        open(builder().every(RollPeriod.DAY));
        write("one");
        now = Instant.parse("2034-01-01T10:00:00Z");
        write("two");
        now = Instant.parse("2024-05-20T10:00:05Z");
        write("six");
        now = Instant.parse("2024-05-21T00:00:00Z");
        write("ten");

        assertThat(files())
                .containsExactly(
                        entry("app.log", "ten\n"),
                        entry("app.log.2024-05-20", "one\n"),
                        entry("app.log.2024-05-20.1", "two\nsix\n"));
    }

    @Test
    void aClockThatIsSetBackALittleMakesNoFurtherFile() throws IOException {
        open(builder().every(RollPeriod.MINUTE));
        write("one");
        now = Instant.parse("2024-05-20T10:01:00Z");
        write("two");
        now = Instant.parse("2024-05-20T10:00:30Z");
        write("six");
        now = Instant.parse("2024-05-20T10:01:30Z");
        write("ten");

        assertThat(files())
                .containsExactly(entry("app.log", "two\nsix\nten\n"), entry("app.log.2024-05-20_10-00", "one\n"));
    }
}
