package dev.weir.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.Level;
import dev.weir.format.FormatException;
import dev.weir.format.Formatter;
import dev.weir.format.TextFormatter;
import dev.weir.record.LogRecord;
import dev.weir.record.Records;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileHandlerTest {
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    private Path directory;

    @Test
    void appendsWhatWasEmittedWhenFlushed() throws IOException {
        Path file = directory.resolve("app.log");
        Files.writeString(file, "before\n");
        FileHandler handler = opened(file);

        handler.emit(record("one"));
        handler.emit(record("two"));
        assertThat(file).hasContent("before");
        handler.flush();
        handler.emit(record("three"));
        handler.flush();
        handler.close(false);

        assertThat(file).content().isEqualTo("before\none\ntwo\nthree\n");
        assertThat(handler.bytesWritten()).isEqualTo(14);
    }

    @Test
    void beginsWithAnEmptyFileOnlyWhenFirstOpened() throws IOException {
        Path file = directory.resolve("app.log");
        Files.writeString(file, "before\n");
        FileHandler handler =
                FileHandler.builder(file).formatter(text()).append(false).build();

        handler.prepare();
        assertThat(file).content().isEqualTo("before\n");
        handler.open();
        assertThat(file).isEmptyFile();
        write(handler, "one");
        handler.close(false);
        handler.open();
        write(handler, "two");
        handler.close(false);

        assertThat(file).content().isEqualTo("one\ntwo\n");
    }

    @Test
    void preparesWithoutCreatingOrChangingAnything() throws IOException {
        Path file = directory.resolve("new.log");

        handler(file).prepare();

        assertThat(file).doesNotExist();
    }

    @Test
    void remembersNothingOfTheFileBeforeItIsOpened() throws IOException {
        Path file = directory.resolve("app.log");
        Path moved = directory.resolve("moved.log");
        Files.writeString(file, "before\n");
        FileHandler handler = handler(file);

        handler.prepare();
        Files.move(file, moved);
        Files.writeString(file, "another\nhal");
        handler.open();
        write(handler, "one");
        handler.emit(record("given up"));
        handler.rollback();
        write(handler, "two");

        assertThat(moved).content().isEqualTo("before\n");
        assertThat(file).content().isEqualTo("another\nhal\none\ntwo\n");
    }

    @Test
    void takesALineThatSomebodyIsJustWritingForNoHalfOne() throws Exception {
        Path file = directory.resolve("app.log");
        byte[] lines = ("x".repeat(1023) + '\n').repeat(256).getBytes(StandardCharsets.UTF_8);
        AtomicBoolean ended = new AtomicBoolean();
        FutureTask<Void> other = new FutureTask<>(() -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                while (!ended.get()) {
                    if (channel.write(ByteBuffer.wrap(lines)) > 0 && channel.size() > 4L * lines.length) {
                        channel.truncate(0);
                    }
                }
                return null;
            }
        });
        new Thread(other).start();

        try {
            for (int i = 0; i < 1000; i++) {
                FileHandler handler = opened(file);
                write(handler, "one");
                handler.close(false);
                assertThat(Files.readString(file).contains("\n\n"))
                        .as("an empty line after %s times", i)
                        .isFalse();
            }
        } finally {
            ended.set(true);
            other.get();
        }
    }

    @Test
    void writesFlushesAndCutsNothingWhenItIsClosedAbandoned() throws IOException {
        Path file = directory.resolve("app.log");
        FileHandler handler = opened(file);
        write(handler, "one");

        handler.emit(record("held"));
        Files.writeString(file, "successor's\n", StandardOpenOption.APPEND);
        handler.close(true);

        assertThat(file).content().isEqualTo("one\nsuccessor's\n");
        assertThat(handler.bytesWritten()).isEqualTo(4);
    }

    @Test
    void saysWhatIsWrongWithAPath() throws IOException {
        Path inFile = Files.createFile(directory.resolve("file"));
        Path missing = directory.resolve("missing/app.log");

        assertThatThrownBy(() -> handler(missing).prepare())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(missing + ": the directory " + missing.getParent() + " does not exist");
        assertThatThrownBy(() -> handler(missing).open()).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> handler(directory).prepare()).hasMessageContaining(directory + ": is a directory");
        assertThatThrownBy(() -> handler(inFile.resolve("app.log")).prepare())
                .hasMessageContaining(inFile + " is not a directory");
    }

    @Test
    void opensAgainAfterItsDirectoryWasMissing() throws IOException {
        Path file = directory.resolve("later/app.log");
        FileHandler handler = handler(file);
        assertThatThrownBy(handler::open).isInstanceOf(IOException.class);

        Files.createDirectory(file.getParent());
        handler.open();
        write(handler, "one");

        assertThat(file).content().isEqualTo("one\n");
    }

    @Test
    void letsOnlyOwnerAndGroupReadANewFile() throws IOException {
        assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path file = directory.resolve("app.log");

        opened(file).close(false);

        assertThat(PosixFilePermissions.fromString("rw-r-----")).containsAll(Files.getPosixFilePermissions(file));
        assertThat(Files.getPosixFilePermissions(file)).contains(PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void givesANewFileItsModeWhateverTheUmask() throws IOException {
        assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path file = directory.resolve("app.log");
        Path old = Files.createFile(
                directory.resolve("old.log"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        FileHandler handler =
                FileHandler.builder(file).formatter(text()).mode("0666").build();
        FileHandler appending = FileHandler.builder(old).mode("0666").build();

        handler.open();
        appending.open();
        handler.upkeep();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-rw-rw-");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(old)))
                .isEqualTo("rw-------");
    }

    @Test
    void saysOnceThatTheFileSystemKnowsNoModes() throws IOException {
        URI zip = URI.create("jar:" + directory.resolve("disk.zip").toUri());
        try (FileSystem basic = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            FileHandler handler =
                    FileHandler.builder(basic.getPath("/app.log")).mode("600").build();

            handler.open();

            assertThatThrownBy(handler::upkeep)
                    .hasMessageContaining(
                            "/app.log: mode 0600 has no effect, since the file system knows no such permissions");
            handler.upkeep();
            handler.close(false);
        }
    }

    @Test
    void saysWhichModesThereAre() {
        for (String mode : List.of("", "rw-r--r--", "0x1ff", "640u", "4755", "0888", "0444", "0200")) {
            assertThatThrownBy(() -> FileHandler.builder(FULL).mode(mode))
                    .hasMessage("mode: \"" + mode
                            + "\" (expected: octal digits as 0640 or 0600, by which the owner can read and write)");
        }
    }

    @Test
    void forgetsWhatWasEmittedSinceTheLastCommit() throws IOException {
        Path file = directory.resolve("app.log");
        FileHandler handler = opened(file);
        write(handler, "one");

        handler.emit(record("given up"));
        handler.rollback();
        write(handler, "two");

        assertThat(file).content().isEqualTo("one\ntwo\n");
        assertThat(handler.bytesWritten()).isEqualTo(8);
    }

    @Test
    void finishesALineThatAKilledProcessLeft() throws IOException {
        Path file = directory.resolve("app.log");
        Files.writeString(file, "whole\nhal");
        FileHandler handler = opened(file);

        write(handler, "one");
        write(handler, "two");

        assertThat(file).content().isEqualTo("whole\nhal\none\ntwo\n");
    }

    @Test
    void writesBatchesOfAnySize() throws IOException {
        Path file = directory.resolve("app.log");
        FileHandler handler = opened(file);
        String long1 = "x".repeat(50_000);

        for (int i = 0; i < 100; i++) {
            handler.emit(record(i + long1));
        }
        handler.flush();
        write(handler, "after");

        assertThat(Files.readAllLines(file)).hasSize(101).element(99).isEqualTo(99 + long1);
        assertThat(Files.size(file)).isEqualTo(handler.bytesWritten());
    }

    @Test
    void keepsTheRecordsBeforeAndAfterOneThatCannotBeFormatted() throws IOException {
        Path file = directory.resolve("app.log");
        TextFormatter text = text();
        Formatter failing = (record, out) -> {
            text.format(record, out);
            if (record.message().equals("bad")) {
                throw new IllegalStateException("no");
            }
        };
        FileHandler handler = FileHandler.of(file, failing);
        handler.open();

        handler.emit(record("one"));
        assertThatThrownBy(() -> handler.emit(record("bad")))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("no");
        handler.emit(record("two"));
        handler.flush();

        assertThat(file).content().isEqualTo("one\ntwo\n");
    }

    @Test
    void tellsThatTheDeviceIsFull() throws IOException {
        assumeTrue(Files.exists(FULL));
        FileHandler handler = opened(FULL);

        handler.emit(record("one"));

        assertThatThrownBy(handler::flush).isInstanceOf(IOException.class).hasMessageContaining("No space left");
        handler.rollback();
        assertThat(handler.bytesWritten()).isZero();
        handler.close(false);
    }

    /** Its own memory is a file in which nothing can be written at the beginning. */
    @Test
    void goesOnInTheFileThatTakesThePlaceOfOneThatCannotBeWritten() throws IOException {
        Path broken = Path.of("/proc/self/mem");
        assumeTrue(Files.isWritable(broken), "no such file here");
        Path file = Files.createSymbolicLink(directory.resolve("app.log"), broken);
        FileHandler handler = opened(file);

        handler.emit(record("one"));
        assertThatThrownBy(handler::flush).hasMessageContaining("Input/output error");
        handler.rollback();
        Files.delete(file);
        write(handler, "one");

        assertThat(file).content().isEqualTo("one\n");
        assertThat(handler.bytesWritten()).isEqualTo(4);
    }

    /** In a process of its own whose files cannot grow beyond a limit, so that a write ends half-way. */
    @Test
    void cutsOffTheBatchThatWasWrittenInPart() throws Exception {
        Path file = directory.resolve("app.log");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -f 16; exec \"$0\" \"$@\"",
                        java,
                        "-XX:-UsePerfData",
                        "-cp",
                        TestProcess.classPath(FileHandler.class, FileHandlerTest.class),
                        Main.class.getName(),
                        file.toString())
                .inheritIO()
                .start();

        assertThat(process.waitFor()).isEqualTo(Main.CUT_OFF);
        assertThat(Files.readAllLines(file)).isNotEmpty().allMatch(line -> line.equals("x".repeat(Main.LINE_LENGTH)));
    }

    /** Writes batches until one fails. */
    static final class Main {
        static final int CUT_OFF = 17;
        static final int LINE_LENGTH = 99;

        private Main() {}

        public static void main(String[] arguments) throws IOException {
            Path file = Path.of(arguments[0]);
            byte[] line = ("x".repeat(LINE_LENGTH) + "\n").getBytes(StandardCharsets.US_ASCII);
            FileHandler handler = FileHandler.of(file, (record, out) -> out.put(line));
            handler.open();
            while (true) {
                for (int i = 0; i < 9; i++) {
                    handler.emit(new LogRecord(TestProcess.NO_NAMES));
                }
                try {
                    handler.flush();
                } catch (IOException full) {
                    boolean inPart = Files.size(file) > handler.bytesWritten();
                    handler.rollback();
                    boolean cut = Files.size(file) == handler.bytesWritten();
                    System.exit(inPart && cut ? CUT_OFF : 1);
                }
            }
        }
    }

    @Test
    void losesNothingToAnInterruptThatIsPending() throws IOException {
        Path file = directory.resolve("app.log");
        FileHandler handler = handler(file);

        Thread.currentThread().interrupt();
        handler.open();
        write(handler, "one");
        handler.rollback();
        write(handler, "two");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(file).content().isEqualTo("one\ntwo\n");
    }

    @Test
    void losesNothingToInterruptsThatArriveWhileItWrites() throws Exception {
        Path file = directory.resolve("app.log");
        FileHandler handler = opened(file);
        String text = "y".repeat(60_000);
        Thread worker = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                worker.interrupt();
                Thread.onSpinWait();
            }
        });
        interrupter.start();
        try {
            for (int batch = 0; batch < 50; batch++) {
                commit(handler, batch + text);
            }
        } finally {
            interrupter.interrupt();
            while (interrupter.isAlive()) {
                Thread.onSpinWait();
            }
        }

        assertThat(Thread.interrupted()).isTrue();
        assertThat(Files.readAllLines(file)).hasSize(50 * 8).allMatch(line -> line.endsWith(text));
        assertThat(Files.size(file)).isEqualTo(handler.bytesWritten());
    }

    @Test
    void leavesAloneWhatOthersAppend() throws IOException {
        Path file = directory.resolve("app.log");
        FileHandler handler = opened(file);
        write(handler, "one");
        Files.writeString(file, "other\n", StandardOpenOption.APPEND);

        handler.emit(record("given up"));
        handler.rollback();
        write(handler, "two");

        assertThat(file).content().isEqualTo("one\nother\ntwo\n");
    }

    /** In batches of several writes, which another handler's may come between. */
    @Test
    void tearsNoLineOfAFileThatAnotherAppendsTo() throws Exception {
        Path file = directory.resolve("app.log");
        FileHandler other = opened(file);
        AtomicBoolean ended = new AtomicBoolean();
        FutureTask<Boolean> appending = new FutureTask<>(() -> {
            while (!ended.get()) {
                write(other, "other");
            }
            return true;
        });
        new Thread(appending, "other").start();
        FileHandler handler = opened(file);
        String text = "x".repeat(9999);

        for (int batch = 0; batch < 20; batch++) {
            for (int i = 0; i < 100; i++) {
                handler.emit(record(text));
            }
            handler.flush();
        }
        ended.set(true);

        assertThat(appending.get()).isTrue();
        assertThat(Files.readAllLines(file)).allMatch(line -> line.equals(text) || line.equals("other"));
    }

    @Test
    void goesOnAtTheEndOfAFileThatOthersEmptied() throws IOException {
        Path file = directory.resolve("app.log");
        FileHandler handler = opened(file);
        write(handler, "one");
        Files.writeString(file, "");

        handler.emit(record("given up"));
        handler.rollback();
        write(handler, "two");

        assertThat(file).content().isEqualTo("two\n");
    }

    @Test
    void opensTheFileAnewBeforeTheNextBatchWhenOthersMovedOrDeletedIt() throws IOException {
        Path file = directory.resolve("app.log");
        Path moved = directory.resolve("moved.log");
        FileHandler handler = opened(file);
        write(handler, "one");

        Files.move(file, moved);
        write(handler, "two");
        Files.delete(file);
        write(handler, "three");

        assertThat(moved).content().isEqualTo("one\n");
        assertThat(file).content().isEqualTo("three\n");
        assertThat(handler.bytesWritten()).isEqualTo(14);
    }

    @Test
    void goesOnInAFileThatWasMovedIfAskedTo() throws IOException {
        Path file = directory.resolve("app.log");
        Path moved = directory.resolve("moved.log");
        FileHandler handler =
                FileHandler.builder(file).formatter(text()).watch(false).build();
        handler.open();
        write(handler, "one");

        Files.move(file, moved);
        write(handler, "two");

        assertThat(moved).content().isEqualTo("one\ntwo\n");
        assertThat(file).doesNotExist();
    }

    @Test
    void goesOnInWhatIsOpenIfItCannotBeOpenedAnew() throws IOException {
        Path logs = Files.createDirectory(directory.resolve("logs"));
        Path file = logs.resolve("app.log");
        FileHandler handler =
                FileHandler.builder(file).formatter(text()).watch(false).build();
        handler.open();
        write(handler, "one");
        Path moved = Files.move(logs, directory.resolve("moved"));

        assertThatThrownBy(handler::reopen).isInstanceOf(IOException.class);
        write(handler, "two");
        Files.createDirectory(logs);
        handler.reopen();
        write(handler, "three");

        assertThat(moved.resolve("app.log")).content().isEqualTo("one\ntwo\n");
        assertThat(file).content().isEqualTo("three\n");
    }

    @Test
    void writesNothingWhileItsDirectoryIsGone() throws IOException {
        Path file = Files.createDirectory(directory.resolve("logs")).resolve("app.log");
        FileHandler handler = opened(file);
        write(handler, "one");
        Files.delete(file);
        Files.delete(file.getParent());

        handler.emit(record("two"));
        assertThatThrownBy(handler::flush).hasMessageContaining("does not exist");
        assertThatThrownBy(handler::rollback).hasMessageContaining("does not exist");
        Files.createDirectory(file.getParent());
        handler.open();
        write(handler, "two");

        assertThat(file).content().isEqualTo("two\n");
    }

    @Test
    void makesItsDirectoryIfAskedTo() throws IOException {
        Path file = directory.resolve("to/be/made/app.log");
        FileHandler handler = FileHandler.builder(file)
                .formatter(text())
                .createDirectories(true)
                .build();

        handler.prepare();
        assertThat(file.getParent()).doesNotExist();
        handler.open();
        write(handler, "one");

        assertThat(file).content().isEqualTo("one\n");
    }

    @Test
    void refusesASymbolicLinkIfAskedTo() throws IOException {
        Path real = Files.createFile(directory.resolve("real.log"));
        Path link = Files.createSymbolicLink(directory.resolve("link.log"), real);
        FileHandler handler = FileHandler.builder(link).followLinks(false).build();

        assertThatThrownBy(handler::prepare).hasMessageContaining(link + ": is a symbolic link");
        assertThatThrownBy(handler::open).hasMessageContaining(link + ": is a symbolic link");
    }

    @Test
    void losesNothingToAnyPolicyOfForcing() throws IOException {
        for (Sync sync : List.of(Sync.NONE, Sync.ON_ERROR, Sync.every(Duration.ofNanos(1)))) {
            Path file = directory.resolve("app.log");
            FileHandler handler = FileHandler.builder(file)
                    .formatter(text())
                    .append(false)
                    .sync(sync)
                    .build();
            handler.open();

            handler.emit(Records.message("severe").level(Level.ERROR).record());
            handler.flush();
            handler.upkeep();
            write(handler, "one");
            handler.close(false);

            assertThat(file).content().isEqualTo("severe\none\n");
        }
    }

    @Test
    void writesLateRecordsByItself() throws IOException {
        Path file = directory.resolve("app.log");
        FileHandler handler = opened(file);
        write(handler, "one");
        handler.close(false);

        assertThat(handler.late(record("late"))).isTrue();
        assertThat(handler.late(record("later"))).isTrue();

        assertThat(file).content().isEqualTo("one\nlate\nlater\n");
    }

    @Test
    void isTheSameResourceHoweverItsPathIsSpelled() throws IOException {
        Path real = Files.createDirectory(directory.resolve("real"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);
        Path file = real.resolve("app.log");
        Path linkToFile = Files.createSymbolicLink(directory.resolve("current.log"), file);

        String before = handler(file).resource();
        assertThat(handler(link.resolve("app.log")).resource()).isEqualTo(before);
        assertThat(handler(link.resolve("../real/./app.log")).resource()).isEqualTo(before);
        assertThat(handler(linkToFile).resource()).isEqualTo(before);
        Files.createFile(file);
        assertThat(handler(file).resource()).isEqualTo(before);
        assertThat(handler(linkToFile).resource()).isEqualTo(before);
        assertThat(handler(real.resolve("other.log")).resource()).isNotEqualTo(before);
    }

    /** Tries until it is written, as the worker does. */
    private static void commit(FileHandler handler, String text) throws IOException {
        while (true) {
            try {
                for (int i = 0; i < 8; i++) {
                    handler.emit(record(text));
                }
                handler.flush();
                return;
            } catch (ClosedByInterruptException interrupted) {
                rollBack(handler);
            }
        }
    }

    private static void rollBack(FileHandler handler) throws IOException {
        try {
            handler.rollback();
        } catch (ClosedByInterruptException interrupted) {
            handler.close(false);
            while (!isOpen(handler)) {
                Thread.onSpinWait();
            }
        }
    }

    private static boolean isOpen(FileHandler handler) throws IOException {
        try {
            handler.open();
            return true;
        } catch (ClosedByInterruptException interrupted) {
            return false;
        }
    }

    private static void write(FileHandler handler, String message) throws IOException {
        handler.emit(record(message));
        handler.flush();
    }

    private static FileHandler opened(Path file) throws IOException {
        FileHandler handler = handler(file);
        handler.prepare();
        handler.open();
        return handler;
    }

    private static FileHandler handler(Path file) {
        return FileHandler.of(file, text());
    }

    private static TextFormatter text() {
        return TextFormatter.of("%(message)s");
    }

    private static LogRecord record(String message) {
        return Records.message(message).record();
    }
}
