package dev.weir.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.ZstdOutputStream;
import dev.weir.format.TextFormatter;
import dev.weir.record.LogRecord;
import dev.weir.record.Records;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RotatingFileHandlerTest extends RotationFixture {
    /** As a worker does it. */
    private void write(String... messages) throws IOException {
        for (String message : messages) {
            LogRecord record = record(message);
            handler.emit(record);
            if (handler.shouldFlush(record)) {
                handler.flush();
            }
        }
        handler.flush();
        handler.upkeep();
    }

    /** All in one flush, as a worker does it with records of its own. */
    private void writeAtOnce(String... messages) throws IOException {
        for (String message : messages) {
            handler.emit(record(message));
        }
        handler.flush();
    }

    private static LogRecord record(String message) {
        return Records.message(message).record();
    }

    private Map<String, String> files() {
        Map<String, String> files = LogDirectory.contents(directory);
        files.remove(".app.log.lock");
        return files;
    }

    private void awaitFiles(String... names) {
        await().until(() -> {
            try (Stream<Path> files = Files.list(directory)) {
                return files.map(file -> file.getFileName().toString())
                        .filter(name -> !name.equals(".app.log.lock"))
                        .collect(Collectors.toSet())
                        .equals(Set.of(names));
            }
        });
    }

    private void at(String instant) {
        now = Instant.parse(instant);
    }

    private static void compress(Path file, String content) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
    }

    // by size

    @Test
    void beginsANewFileWithTheRecordThatDoesNotFitAnyMore() throws IOException {
        open(builder().size(8));

        write("one", "two", "six", "ten", "end");

        assertThat(files())
                .containsExactly(
                        entry("app.log", "end\n"), entry("app.log.1", "one\ntwo\n"), entry("app.log.2", "six\nten\n"));
        assertThat(handler.bytesWritten()).isEqualTo(20);
    }

    @Test
    void splitsABatchBetweenTwoRecords() throws IOException {
        open(builder().size(10));

        writeAtOnce("one", "two", "six");
        writeAtOnce("ten", "end");

        assertThat(files())
                .containsExactly(
                        entry("app.log", "end\n"), entry("app.log.1", "one\ntwo\n"), entry("app.log.2", "six\nten\n"));
    }

    @Test
    void givesARecordThatIsLargerThanAFileOneOfItsOwn() throws IOException {
        open(builder().size(8));

        write("a", "0123456789", "b");

        assertThat(files())
                .containsExactly(
                        entry("app.log", "b\n"), entry("app.log.1", "a\n"), entry("app.log.2", "0123456789\n"));
    }

    @Test
    void countsWhatTheFileHasAlreadyAndTheLineEndItLacks() throws IOException {
        Files.writeString(log, "hal");
        open(builder().size(7));

        write("one");

        assertThat(files()).containsExactly(entry("app.log", "one\n"), entry("app.log.1", "hal"));
    }

    // by time

    @Test
    void beginsANewFileAtMidnight() throws IOException {
        open(builder().every(RollPeriod.DAY));

        at("2024-05-20T23:59:59.999Z");
        write("one");
        at("2024-05-21T00:00:00Z");
        write("two");

        assertThat(files()).containsExactly(entry("app.log", "two\n"), entry("app.log.2024-05-20", "one\n"));
    }

    @Test
    void beginsANewFileAtMidnightWithoutAnyRecord() throws IOException {
        open(builder().every(RollPeriod.DAY));
        write("one");

        at("2024-05-21T00:00:00Z");
        handler.upkeep();

        assertThat(files()).containsExactly(entry("app.log", ""), entry("app.log.2024-05-20", "one\n"));
    }

    @Test
    void neverRollsAnEmptyFile() throws IOException {
        open(builder().every(RollPeriod.HOUR).size(100).atStart(true));

        at("2024-05-20T11:00:00Z");
        handler.upkeep();
        at("2024-05-20T12:00:00Z");
        write("one");
        at("2024-05-20T13:00:00Z");
        handler.upkeep();
        at("2024-05-20T14:00:00Z");
        handler.upkeep();

        assertThat(files()).containsExactly(entry("app.log", ""), entry("app.log.2024-05-20_12.1", "one\n"));
    }

    @Test
    void rollsByTimeAndBySize() throws IOException {
        open(builder().every(RollPeriod.DAY).size(8));

        write("one", "two", "six");
        at("2024-05-21T08:00:00Z");
        write("ten", "end", "on");

        assertThat(files())
                .containsExactly(
                        entry("app.log", "on\n"),
                        entry("app.log.2024-05-20.1", "one\ntwo\n"),
                        entry("app.log.2024-05-20.2", "six\n"),
                        entry("app.log.2024-05-21.1", "ten\nend\n"));
    }

    @Test
    void rollsAtMidnightABatchThatDoesNotFitEither() throws IOException {
        open(builder().every(RollPeriod.DAY).size(8));
        write("one");

        handler.emit(record("two"));
        handler.emit(record("six"));
        at("2024-05-21T00:00:00Z");
        handler.flush();

        assertThat(files()).containsExactly(entry("app.log", "two\nsix\n"), entry("app.log.2024-05-20.1", "one\n"));
    }

    @Test
    void usesTheWallClockOfItsZone() throws IOException {
        open(builder().every(RollPeriod.HOUR).zone(ZoneId.of("Europe/Berlin")));

        at("2024-10-27T00:30:00Z");
        write("first 2:30");
        at("2024-10-27T01:30:00Z");
        write("second 2:30");
        at("2024-10-27T02:30:00Z");
        write("3:30");

        assertThat(files())
                .containsExactly(
                        entry("app.log", "3:30\n"),
                        entry("app.log.2024-10-27_02", "first 2:30\n"),
                        entry("app.log.2024-10-27_02.1", "second 2:30\n"));
    }

    // at the start

    @Test
    void rollsAtTheStartWhatWasWrittenInAnEarlierPeriod() throws IOException {
        Files.writeString(log, "old\n");
        Files.setLastModifiedTime(log, FileTime.from(Instant.parse("2024-05-17T20:00:00Z")));
        open(builder().every(RollPeriod.DAY));

        write("one");

        assertThat(files()).containsExactly(entry("app.log", "one\n"), entry("app.log.2024-05-17", "old\n"));
    }

    @Test
    void goesOnAtTheStartWithWhatWasWrittenInThePeriod() throws IOException {
        Files.writeString(log, "old\n");
        Files.setLastModifiedTime(log, FileTime.from(Instant.parse("2024-05-20T00:00:00Z")));
        open(builder().every(RollPeriod.DAY));

        write("one");

        assertThat(files()).containsExactly(entry("app.log", "old\none\n"));
    }

    @Test
    void rollsAtTheStartOnceIfAskedTo() throws IOException {
        Files.writeString(log, "old\n");
        open(builder().atStart(true));

        write("one");
        handler.open();
        write("two");

        assertThat(files()).containsExactly(entry("app.log", "one\ntwo\n"), entry("app.log.1", "old\n"));
    }

    @Test
    void beginsWithAnEmptyFileIfAskedTo() throws IOException {
        Files.writeString(log, "old\n");
        open(builder().size(8).append(false));

        write("one", "two", "six");

        assertThat(files()).containsExactly(entry("app.log", "six\n"), entry("app.log.1", "one\ntwo\n"));
    }

    // names

    @Test
    void neverOverwritesAFileNorTakesANameTwice() throws IOException {
        Files.writeString(directory.resolve("app.log.2024-05-20"), "other\n");
        compress(directory.resolve("app.log.2024-05-20.4.gz"), "more\n");
        open(builder().every(RollPeriod.DAY));

        write("one");
        at("2024-05-21T00:00:00Z");
        write("two");
        Files.delete(directory.resolve("app.log.2024-05-20.5"));
        at("2024-05-20T12:00:00Z"); // somebody has set the clock back
        handler.close(false);
        Files.setLastModifiedTime(log, FileTime.from(now));
        handler.open();
        at("2024-05-21T12:00:00Z");
        write("six");

        assertThat(files())
                .containsExactly(
                        entry("app.log", "six\n"),
                        entry("app.log.2024-05-20", "other\n"),
                        entry("app.log.2024-05-20.4.gz", "more\n"),
                        entry("app.log.2024-05-20.6", "two\n"));
    }

    @Test
    void namesFilesByAPattern() throws IOException {
        open(builder().size(4).pattern("app-%Y%m%d-%H%M%S.log"));

        write("one", "two");
        at("2024-05-20T10:00:01Z");
        write("six", "ten");

        assertThat(files().keySet())
                .containsExactly(
                        "app-20240520-100000.log", "app-20240520-100001.log", "app-20240520-100001.log.1", "app.log");
    }

    @Test
    void saysWhatCannotBeSetUp() {
        assertThatThrownBy(() -> builder().build()).hasMessageContaining("(expected: size, every or at-start)");
        assertThatThrownBy(() -> builder().pattern("app.log")).hasMessageContaining("one that does not fit app.log");
        assertThatThrownBy(() -> builder().size(0)).hasMessage("size: 0 (expected: more than 0)");
        assertThatThrownBy(() -> builder().keep(0)).hasMessage("keep: 0 (expected: more than 0)");
        assertThatThrownBy(() -> builder().maxAge(Duration.ZERO)).hasMessage("max-age: PT0S (expected: more than 0)");
        assertThatThrownBy(() -> builder().maxTotal(0)).hasMessage("max-total: 0 (expected: more than 0)");
        assertThatThrownBy(() -> builder().jitter(Duration.ofSeconds(-1)))
                .hasMessageContaining("(expected: 0 or more)");
    }

    // failures

    @Test
    void goesOnInItsFileIfThatCannotBeRenamed() throws IOException {
        open(builder().size(8).pattern("x".repeat(300) + ".%i"));

        writeAtOnce("one", "two", "six");
        assertThatThrownBy(handler::upkeep)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(log + ": cannot be rolled: ");
        write("ten");

        assertThat(files()).containsExactly(entry("app.log", "one\ntwo\nsix\nten\n"));
        now = now.plusSeconds(1);
        writeAtOnce("end");
        assertThatThrownBy(handler::upkeep).hasMessageContaining("cannot be rolled");
        assertThat(files()).containsExactly(entry("app.log", "one\ntwo\nsix\nten\nend\n"));
    }

    @Test
    void losesAndDoublesNothingIfThereCannotBeANewFile() throws IOException {
        AtomicBoolean failing = new AtomicBoolean(true);
        open(builder().size(8).steps(step -> {
            if (step == RollStep.FINISHED && failing.getAndSet(false)) {
                uncheck(() -> Files.createDirectory(log));
            }
        }));

        assertThatThrownBy(() -> writeAtOnce("one", "two", "six")).isInstanceOf(IOException.class);
        assertThatThrownBy(handler::rollback).hasMessageContaining("is a directory");
        assertThatThrownBy(handler::open).hasMessageContaining("is a directory");
        Files.delete(log);
        handler.open();
        writeAtOnce("one", "two", "six");

        assertThat(files()).containsExactly(entry("app.log", "six\n"), entry("app.log.2", "one\ntwo\n"));
        assertThat(handler.bytesWritten()).isEqualTo(12);
    }

    @Test
    void takesBackBothPartsOfABatchThatFailsBehindARoll() throws IOException {
        AtomicBoolean failing = new AtomicBoolean(true);
        open(builder().size(12).steps(step -> {
            if (step == RollStep.WRITTEN && failing.getAndSet(false)) {
                throw new IllegalStateException("no");
            }
        }));
        write("one");

        assertThatThrownBy(() -> writeAtOnce("two", "six", "ten")).hasMessage("no");
        handler.rollback();
        assertThat(files()).containsExactly(entry("app.log", ""), entry("app.log.1", "one\n"));
        writeAtOnce("two", "six", "ten");

        assertThat(files()).containsExactly(entry("app.log", "two\nsix\nten\n"), entry("app.log.1", "one\n"));
        assertThat(handler.bytesWritten()).isEqualTo(16);
    }

    @Test
    void losesNothingToAnInterruptThatIsPending() throws IOException {
        Thread.currentThread().interrupt();
        open(builder().size(8).every(RollPeriod.DAY));
        write("one", "two", "six");
        at("2024-05-21T00:00:00Z");
        write("ten");
        handler.close(false);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(files().values().stream().flatMap(String::lines))
                .containsExactlyInAnyOrder("one", "two", "six", "ten");
    }

    @Test
    void neverRollsAPipe() throws Exception {
        assumeTrue(new ProcessBuilder("mkfifo", log.toString()).start().waitFor() == 0, "no pipes here");
        StringBuilder read = new StringBuilder();
        Thread reader = new Thread(() -> uncheck(() -> {
            try (BufferedReader lines = Files.newBufferedReader(log)) {
                lines.lines().forEach(line -> read.append(line).append(' '));
            }
        }));
        reader.start();
        open(builder().size(4).every(RollPeriod.DAY).atStart(true));

        write("one", "two");
        at("2024-05-21T00:00:00Z");
        write("six");
        handler.close(false);
        reader.join();

        assertThat(read).hasToString("one two six ");
        assertThat(directory).isDirectoryContaining(log::equals).isDirectoryNotContaining("glob:**.1");
    }

    // others

    @Test
    void opensTheFileAnewBeforeTheNextBatchWhenOthersMovedOrDeletedIt() throws IOException {
        open(builder().size(100));
        write("one");

        Files.move(log, directory.resolve("moved"));
        write("two");
        Files.delete(log);
        write("six");

        assertThat(files()).containsExactly(entry("app.log", "six\n"), entry("moved", "one\n"));
    }

    @Test
    void makesItsDirectoryAgainIfAskedTo() throws IOException {
        log = directory.resolve("logs/of/app.log");
        open(builder().size(100).createDirectories(true));
        write("one");

        Files.delete(log);
        Files.delete(log.resolveSibling(".app.log.lock"));
        Files.delete(log.getParent());
        write("two");

        assertThat(log).content().isEqualTo("two\n");
        assertThat(log.resolveSibling(".app.log.lock")).exists();
    }

    @Test
    void waitsForADirectoryThatIsGone() throws IOException {
        log = directory.resolve("logs/app.log");
        Files.createDirectory(log.getParent());
        open(builder().size(100));
        write("one");
        Files.delete(log);
        Files.delete(log.resolveSibling(".app.log.lock"));
        Files.delete(log.getParent());

        for (int attempt = 0; attempt < 2; attempt++) {
            handler.emit(record("two"));
            assertThatThrownBy(handler::flush).hasMessageContaining("does not exist");
            handler.rollback();
        }
        assertThatThrownBy(handler::open).hasMessageContaining("does not exist");
        Files.createDirectory(log.getParent());
        handler.open();
        write("two");

        assertThat(log).content().isEqualTo("two\n");
        assertThat(log.resolveSibling(".app.log.lock")).exists();
    }

    @Test
    void rollsTheFileThatALinkStandsFor() throws IOException {
        Path real = Files.createDirectory(directory.resolve("real"));
        Files.createSymbolicLink(log, real.resolve("real.log"));
        open(builder().size(4));

        write("one", "two");
        handler.close(false);

        assertThat(LogDirectory.contents(real))
                .containsExactly(entry("real.log", "two\n"), entry("real.log.1", "one\n"));
        assertThat(log).isSymbolicLink();
    }

    @Test
    void followsNoLinkIfAskedNotTo() throws IOException {
        Files.createSymbolicLink(log, directory.resolve("victim"));

        assertThatThrownBy(() -> open(builder().size(4).followLinks(false)))
                .hasMessageContaining("is a symbolic link (expected: a file, since links are not followed)");
        assertThat(directory.resolve("victim")).doesNotExist();
    }

    @Test
    void writesThroughNoLinkThatLiesWhereATemporaryFileBelongs() throws IOException {
        Path victim = Files.writeString(directory.resolve("victim"), "precious");
        Files.createSymbolicLink(directory.resolve(".app.log.1.gz.tmp"), victim);
        open(builder().size(4).compress(Compression.GZIP));
        Files.createSymbolicLink(directory.resolve(".app.log.2.gz.tmp"), victim);

        write("one", "two", "six");
        awaitFiles("victim", "app.log", "app.log.1.gz", ".app.log.2.gz.tmp", "app.log.3.gz");

        assertThat(victim).content().isEqualTo("precious");
    }

    @Test
    void letsOnlyOwnerAndGroupReadItsFiles() throws IOException {
        assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
        open(builder().size(4).compress(Compression.GZIP));

        write("one", "two");
        awaitFiles("app.log", "app.log.1.gz");

        for (String name : files().keySet()) {
            assertThat(PosixFilePermissions.fromString("rw-r-----"))
                    .as(name)
                    .containsAll(Files.getPosixFilePermissions(directory.resolve(name)));
        }
    }

    @Test
    void givesRolledAndCompressedFilesTheModeOfTheirLog() throws IOException {
        assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
        open(builder().size(4).compress(Compression.GZIP).mode("0662"));

        write("one", "two");
        awaitFiles("app.log", "app.log.1.gz");
        Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("r--r--r--"));
        write("six");
        awaitFiles("app.log", "app.log.1.gz", "app.log.2.gz");

        assertThat(modeOf("app.log")).isEqualTo("rw-rw--w-");
        assertThat(modeOf("app.log.1.gz")).isEqualTo("rw-rw--w-");
        assertThat(modeOf("app.log.2.gz")).isEqualTo("r--r--r--");
    }

    private String modeOf(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name)));
    }

    // compressing

    @Test
    void compressesRolledFilesAndKeepsTheirTime() throws IOException {
        open(builder().size(8).compress(Compression.GZIP));
        write("one", "two");
        FileTime written = FileTime.from(Instant.parse("2024-05-20T09:00:00Z"));
        Files.setLastModifiedTime(log, written);

        write("six", "ten", "end");
        awaitFiles("app.log", "app.log.1.gz", "app.log.2.gz");

        assertThat(files())
                .containsExactly(
                        entry("app.log", "end\n"),
                        entry("app.log.1.gz", "one\ntwo\n"),
                        entry("app.log.2.gz", "six\nten\n"));
        assertThat(Files.getLastModifiedTime(directory.resolve("app.log.1.gz"))).isEqualTo(written);
    }

    /** Has written sixty lines in three files, the first of which is being compressed, which takes seconds. */
    private void openAndBeginToCompress() throws Exception {
        String line = "x".repeat(50_000);
        CountDownLatch begun = new CountDownLatch(1);
        open(builder().size(1_400_000).compress(Compression.GZIP).steps(step -> {
            if (step == RollStep.COMPRESSING) {
                begun.countDown();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200)); // of 21 steps
            }
        }));
        for (int i = 0; i < 60; i++) {
            write(i + line);
        }
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void undoesACompressionThatIsNotDoneInTimeWhenClosed() throws Exception {
        openAndBeginToCompress();

        handler.close(false);

        assertThat(LogDirectory.contents(directory).keySet()).containsExactly("app.log", "app.log.1", "app.log.2");
        assertThat(LogDirectory.lines(directory)).hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void undoesACompressionAtOnceWhenItIsToldThatTheTimeForClosingIsOver() throws Exception {
        openAndBeginToCompress();

        Thread.currentThread().interrupt();
        long begun = System.nanoTime();
        handler.close(false);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(millis).as("less than a close waits otherwise").isLessThan(1000);
        assertThat(LogDirectory.contents(directory).keySet()).containsExactly("app.log", "app.log.1", "app.log.2");
    }

    @Test
    void leavesNoTemporaryFileWhenItIsAbandoned() throws Exception {
        openAndBeginToCompress();

        handler.close(true);

        assertThat(LogDirectory.contents(directory).keySet()).containsExactly("app.log", "app.log.1", "app.log.2");
    }

    @Test
    void compressesAtTheNextStartWhatWasNotWhenClosed() throws Exception {
        openAndBeginToCompress();
        handler.close(false);

        open(builder().size(1_400_000).compress(Compression.GZIP));
        awaitFiles("app.log", "app.log.1.gz", "app.log.2.gz");
        handler.close(false);

        assertThat(LogDirectory.lines(directory)).hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void compressesLaterByChance() throws IOException {
        open(builder().size(4).compress(Compression.GZIP).jitter(Duration.ofDays(1000)));

        write("one", "two");
        handler.close(false);

        assertThat(files().keySet()).containsExactly("app.log", "app.log.1");
    }

    @Test
    void leavesAloneWhatOthersStillWriteTo() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        open(builder().size(4).compress(Compression.GZIP).steps(step -> {
            if (step == RollStep.COMPRESSED) {
                uncheck(() -> Files.writeString(directory.resolve("app.log.1"), "late\n", StandardOpenOption.APPEND));
                written.countDown();
            }
        }));

        write("one", "two");
        assertThat(written.await(30, TimeUnit.SECONDS)).isTrue();
        handler.close(false);

        assertThat(files()).containsExactly(entry("app.log", "two\n"), entry("app.log.1", "one\nlate\n"));
    }

    @Test
    void compressesByZstd() throws IOException {
        open(builder().size(8).compress(Compression.ZSTD));

        write("one", "two", "six");
        awaitFiles("app.log", "app.log.1.zst");

        assertThat(files()).containsExactly(entry("app.log", "six\n"), entry("app.log.1.zst", "one\ntwo\n"));
    }

    @Test
    void knowsFilesOfAnotherCompressionForItsOwn() throws IOException {
        Files.writeString(directory.resolve("app.log.1"), "one\n");
        Files.writeString(directory.resolve(".app.log.1.zst.tmp"), "half");
        compress(directory.resolve("app.log.2.gz"), "two\n");
        Files.writeString(directory.resolve("app.log.2"), "two\n");
        open(builder().size(4).compress(Compression.ZSTD));
        awaitFiles("app.log", "app.log.1.zst", "app.log.2.gz");

        write("six", "ten");
        awaitFiles("app.log", "app.log.1.zst", "app.log.2.gz", "app.log.3.zst");

        assertThat(files())
                .containsExactly(
                        entry("app.log", "ten\n"),
                        entry("app.log.1.zst", "one\n"),
                        entry("app.log.2.gz", "two\n"),
                        entry("app.log.3.zst", "six\n"));
    }

    // keeping

    @Test
    void keepsSoManyRolledFiles() throws IOException {
        Files.writeString(directory.resolve("app.log.9.txt"), "not a rolled file\n");
        open(builder().size(4).keep(2));

        write("one", "two", "six", "ten");

        awaitFiles("app.log", "app.log.2", "app.log.3", "app.log.9.txt");
    }

    @Test
    void keepsSoMuchOfRolledFiles() throws IOException {
        open(builder().size(4).maxTotal(8));

        write("one", "two", "six", "ten");

        awaitFiles("app.log", "app.log.2", "app.log.3");
    }

    @Test
    void keepsRolledFilesSoLong() throws IOException {
        open(builder().every(RollPeriod.DAY).maxAge(Duration.ofDays(2)));
        write("one");
        Files.setLastModifiedTime(log, FileTime.from(now));

        at("2024-05-21T10:00:00Z");
        write("two");
        at("2024-05-22T10:00:00.001Z");
        handler.upkeep();

        awaitFiles("app.log", "app.log.2024-05-21");
    }

    // what a process has left that was killed

    @Test
    void deletesTemporaryFilesAndCompressesWhatIsNot() throws IOException {
        Files.writeString(directory.resolve("app.log.1"), "one\n");
        Files.writeString(directory.resolve(".app.log.1.gz.tmp"), "half");
        Files.writeString(directory.resolve(".app.log.2.gz.tmp"), "whose source is gone");
        Files.writeString(directory.resolve(".other.log.1.gz.tmp"), "of somebody else");

        open(builder().size(8).compress(Compression.GZIP));
        awaitFiles(".other.log.1.gz.tmp", "app.log", "app.log.1.gz");

        assertThat(files())
                .containsExactly(
                        entry(".other.log.1.gz.tmp", "of somebody else"),
                        entry("app.log", ""),
                        entry("app.log.1.gz", "one\n"));
    }

    @Test
    void deletesASourceWhoseCompressionIsWhole() throws IOException {
        Files.writeString(directory.resolve("app.log.1"), "one\n");
        compress(directory.resolve("app.log.1.gz"), "one\n");

        open(builder().size(8));

        assertThat(files()).containsExactly(entry("app.log", ""), entry("app.log.1.gz", "one\n"));
    }

    @Test
    void deletesNoSourceBesideACompressedFileThatIsBroken() throws IOException {
        Files.writeString(directory.resolve("app.log.1"), "one\n");
        Files.writeString(directory.resolve("app.log.1.zst"), "broken");

        open(builder().size(8).compress(Compression.GZIP));

        assertThatThrownBy(handler::upkeep)
                .hasMessageContaining("app.log.1: stays beside app.log.1.zst, which cannot be read: ");
        assertThat(directory.resolve("app.log.1")).content().isEqualTo("one\n");
    }

    @Test
    void deletesNothingThatIsNotWhatItsNameSays() throws IOException {
        Files.writeString(directory.resolve("app.log.1"), "one\n");
        compress(directory.resolve("app.log.1.gz"), "two\n");

        open(builder().size(8).compress(Compression.GZIP));

        assertThatThrownBy(handler::upkeep)
                .hasMessageContaining("app.log.1: stays beside app.log.1.gz, which holds something else");
        assertThat(files())
                .containsExactly(entry("app.log", ""), entry("app.log.1", "one\n"), entry("app.log.1.gz", "two\n"));
    }

    // the lock

    @Test
    void isTheOnlyOneThatRotatesItsFile() throws IOException {
        open(builder().size(8));
        RotatingFileHandler second = builder().size(8).build();

        second.prepare(); // its predecessor may have it still
        assertThatThrownBy(second::open).hasMessageContaining("is rotated by another handler of this process");
        handler.close(false);
        second.open();
        second.close(false);

        assertThat(directory).isDirectoryNotContaining("glob:**.lock");
    }

    @Test
    void refusesAFileThatAnotherProcessRotates() throws Exception {
        open(builder().size(8));
        Path output = directory.resolve("output");

        Process process = process(Second.class, log.toString())
                .redirectOutput(output.toFile())
                .start();

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        String refusal = log + ": is rotated by another process, "
                + ProcessHandle.current().pid();
        assertThat(Files.readAllLines(output))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).startsWith(refusal));
        handler.close(false);
        assertThat(process(Second.class, log.toString()).start().waitFor()).isEqualTo(Second.NOT_REFUSED);
    }

    static ProcessBuilder process(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                TestProcess.classPath(FileHandler.class, FileHandlerTest.class, ZstdOutputStream.class),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    /** Tries to prepare and to open a handler. */
    static final class Second {
        static final int NOT_REFUSED = 17;

        private Second() {}

        public static void main(String[] arguments) throws IOException {
            RotatingFileHandler second = RotatingFileHandler.builder(Path.of(arguments[0]))
                    .formatter(TextFormatter.of("%(message)s"))
                    .size(8)
                    .build();
            try {
                second.prepare();
            } catch (IOException refused) {
                System.out.println(refused.getMessage());
            }
            try {
                second.open();
                second.close(false);
                System.exit(NOT_REFUSED);
            } catch (IOException refused) {
                System.out.println(refused.getMessage());
            }
        }
    }

    @Test
    void takesOverALockFileThatAKilledProcessLeft() throws IOException {
        Files.writeString(directory.resolve(".app.log.lock"), "1 \n");

        open(builder().size(8));
        write("one");
        handler.close(false);

        assertThat(LogDirectory.contents(directory)).containsExactly(entry("app.log", "one\n"));
    }

    // the end

    @Test
    void writesLateRecordsByItselfAndLeavesNothingElse() throws IOException {
        open(builder().size(4));
        write("one");
        handler.close(false);

        handler.late(record("late"));
        handler.late(record("later"));

        assertThat(LogDirectory.contents(directory)).containsExactly(entry("app.log", "one\nlate\nlater\n"));
    }

    @Test
    void writesRenamesAndDeletesNothingWhenItIsClosedAbandoned() throws IOException {
        open(builder().size(8).every(RollPeriod.DAY));
        write("one");
        handler.emit(record("held"));
        at("2024-05-21T00:00:00Z");

        handler.close(true);

        assertThat(LogDirectory.contents(directory)).containsExactly(entry("app.log", "one\n"));
    }

    private interface Action {
        void run() throws IOException;
    }

    private static void uncheck(Action action) {
        try {
            action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
