package dev.weir.handler;

import dev.weir.handler.RolledNames.Rolled;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rolled files of one log, which is its directory and nothing else: no list is kept of them. Names new ones, has them
 * compressed and the oldest deleted, and puts right what a process has left that was killed.
 *
 * <p><b>Compressing</b> the rolled file {@code X} takes these steps, each of which a process may not survive:
 *
 * <pre>
 *  X │ ─► X, .X.gz.tmp (growing) ─► X, .X.gz.tmp (whole, on the device) ─► X, X.gz ─► X.gz
 *        └──────────── undone: the temporary file is deleted ────────────┘ └ done: X is deleted ┘
 * </pre>
 *
 * The renaming is the commit. So a temporary file is never needed, and where both are there, the compressed one is
 * whole; it is compared with {@code X} all the same before that is deleted.
 *
 * <p><b>Threads.</b> The worker calls all methods; the housekeeper compresses and deletes.
 */
final class Archive {
    /** How long a compression may still take when the handler is closed, before it is undone, and to be undone. */
    private static final long GRACE_MILLIS = 1000;

    private static final long RETRY_MILLIS = TimeUnit.SECONDS.toMillis(30);
    private static final long PRUNE_MILLIS = TimeUnit.HOURS.toMillis(1);
    private static final Duration LONGEST_JITTER =
            Duration.ofDays(36_500); // more is no number of milliseconds some day
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final List<Compression> COMPRESSIONS = List.of(Compression.GZIP, Compression.ZSTD);

    private final Path directory;
    private final RolledNames names;
    private final Retention retention;
    private final Compression compression;
    private final Duration jitter;
    private final InstantSource clock;
    private final Consumer<RollStep> steps;

    private final Queue<HousekeepingTask> tasks = new ConcurrentLinkedQueue<>();
    /** What went wrong and has not been told yet: the first of it. */
    private final AtomicReference<@Nullable IOException> trouble = new AtomicReference<>();
    /** Whether something has gone wrong that may go right soon, as when a disk was full. */
    private volatile boolean failed;
    /** Set by the worker to have the housekeeper undo what it is at. */
    private volatile boolean stopped;

    private String lastTimes = "";
    private int lastIndex;
    private long prunedMillis;

    Archive(
            Path directory,
            RolledNames names,
            Retention retention,
            Compression compression,
            Duration jitter,
            InstantSource clock,
            Consumer<RollStep> steps) {
        this.directory = directory;
        this.names = names;
        this.retention = retention;
        this.compression = compression;
        this.jitter = jitter;
        this.clock = clock;
        this.steps = steps;
    }

    // worker

    /** Puts right what is there, and begins to work on it. */
    void open() throws IOException {
        stopped = false;
        for (String name : list()) {
            Path path = directory.resolve(name);
            if (names.isTemporary(name) && !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(path);
            }
            Rolled rolled = names.read(name);
            Compression by = rolled == null || rolled.compressed() ? null : compressed(name);
            if (by != null && isFile(path)) {
                finish(path, directory.resolve(RolledNames.compressed(name, by)), by);
            }
        }
        compressLeft();
        pruneLater();
    }

    /** How a file of that name has been compressed; null if it has not. */
    private @Nullable Compression compressed(String name) {
        for (Compression by : COMPRESSIONS) {
            if (exists(RolledNames.compressed(name, by))) {
                return by;
            }
        }
        return null;
    }

    /** Finishes a compression that has lost nothing but its last step. */
    private void finish(Path source, Path target, Compression by) throws IOException {
        if (isFile(target) && isCompressionOf(source, target, by)) {
            Files.deleteIfExists(source);
        } else {
            report(new IOException(source + ": stays beside " + target.getFileName() + ", which holds something else"));
        }
    }

    /** Has compressed what is not, whatever it was that it failed for: a full disk, somebody who still wrote to it. */
    private void compressLeft() throws IOException {
        if (compression == Compression.NONE) {
            return;
        }
        List<Rolled> left = new ArrayList<>();
        for (String name : list()) {
            Rolled rolled = names.read(name);
            if (rolled != null && !rolled.compressed() && isFile(directory.resolve(name)) && compressed(name) == null) {
                left.add(rolled);
            }
        }
        left.sort(Rolled.OLDEST_FIRST);
        left.forEach(rolled -> compressLater(directory.resolve(rolled.name())));
    }

    /**
     * A name that no file has, compressed or not.
     *
     * @param time of the new file
     */
    Path next(LocalDateTime time) throws IOException {
        Rolled wanted = names.read(names.name(time, names.firstIndex()));
        String times = wanted == null ? "" : wanted.times();
        int index = names.firstIndex();
        for (String name : list()) {
            Rolled there = names.read(name);
            if (there != null && there.times().equals(times)) {
                index = Math.max(index, there.index() + 1);
            }
        }
        if (times.equals(lastTimes)) {
            index = Math.max(index, lastIndex + 1);
        }
        Path free = directory.resolve(names.name(time, index));
        while (isTaken(free)) {
            index++;
            free = directory.resolve(names.name(time, index));
        }
        lastTimes = times;
        lastIndex = index;
        return free;
    }

    private boolean isTaken(Path path) {
        String name = path.getFileName().toString();
        return exists(name)
                || compressed(name) != null
                || COMPRESSIONS.stream().anyMatch(by -> exists(RolledNames.temporary(name, by)));
    }

    private boolean exists(String name) {
        return Files.exists(directory.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    /** Takes over a rolled file that nobody writes to any more. */
    void add(Path rolled) {
        if (compression != Compression.NONE) {
            compressLater(rolled);
        }
        pruneLater();
    }

    private void compressLater(Path rolled) {
        long most = (jitter.compareTo(LONGEST_JITTER) > 0 ? LONGEST_JITTER : jitter).toMillis();
        later(
                () -> {
                    compress(rolled);
                    prune();
                },
                most == 0 ? 0 : ThreadLocalRandom.current().nextLong(most + 1));
    }

    private void pruneLater() {
        prunedMillis = clock.millis();
        if (retention.isLimited()) {
            later(this::prune, 0);
        }
    }

    private void later(Uninterrupted.Step step, long delayMillis) {
        tasks.removeIf(HousekeepingTask::isDone);
        HousekeepingTask task = new HousekeepingTask(() -> attempt(step));
        tasks.add(task);
        Housekeeper.submit(task, delayMillis);
    }

    private void attempt(Uninterrupted.Step step) {
        try {
            step.run();
        } catch (IOException e) {
            failed = true;
            report(e);
        } catch (RuntimeException | OutOfMemoryError e) {
            failed = true;
            report(new IOException("housekeeping failed: " + e, e));
        }
    }

    /** From time to time deletes what has become too old meanwhile, and compresses what could not be. */
    void upkeep(long nowMillis) throws IOException {
        long period = failed ? RETRY_MILLIS : PRUNE_MILLIS;
        if (Math.abs(nowMillis - prunedMillis) >= period) {
            failed = false;
            tasks.removeIf(HousekeepingTask::isDone);
            if (tasks.isEmpty()) { // none is put off that would be found again
                compressLeft();
            }
            pruneLater();
        }
    }

    /** Remembers what went wrong, unless something is waiting to be told. */
    void report(IOException what) {
        trouble.compareAndSet(null, what);
    }

    /** What has gone wrong since it was asked last; null if nothing has. */
    @Nullable
    IOException takeTrouble() {
        return trouble.getAndSet(null);
    }

    /** Lets a compression finish, or has it undone, at once if the thread is interrupted; and none begin. */
    void close(boolean abandoned) {
        tasks.forEach(HousekeepingTask::stop);
        if (!abandoned) {
            tasks.forEach(task -> task.await(GRACE_MILLIS));
        }
        stopped = true;
        tasks.forEach(task -> task.awaitUninterrupted(GRACE_MILLIS));
        tasks.removeIf(HousekeepingTask::isDone);
    }

    private List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Whether it is what a rolled file is; nothing else of such a name is ours. */
    private static boolean isFile(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    // housekeeper

    private void compress(Path source) throws IOException {
        String name = source.getFileName().toString();
        Path temporary = directory.resolve(RolledNames.temporary(name, compression));
        Path target = directory.resolve(RolledNames.compressed(name, compression));
        if (!isFile(source)) {
            return; // deleted, as too old or by others
        }
        Files.deleteIfExists(temporary);
        try {
            long copied = copy(source, temporary);
            steps.accept(RollStep.COMPRESSED);
            if (stopped || copied != Files.size(source)) {
                return; // others still write to it
            }
            Files.move(temporary, target);
            forceDirectory();
            steps.accept(RollStep.REPLACING);
            Files.deleteIfExists(source);
            steps.accept(RollStep.REPLACED);
        } catch (FileAlreadyExistsException other) {
            throw new IOException(source + ": is not compressed, since " + target.getFileName() + " exists", other);
        } catch (IOException failure) {
            throw new IOException(source + ": is not compressed yet: " + failure.getMessage(), failure);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Compresses all of a file, or the beginning of it if that is stopped.
     *
     * @return the bytes read
     */
    private long copy(Path source, Path temporary) throws IOException {
        FileTime modified = Files.getLastModifiedTime(source, LinkOption.NOFOLLOW_LINKS);
        long copied = 0;
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(source, LinkOption.NOFOLLOW_LINKS);
                FileChannel channel = FileChannel.open(
                        temporary,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        FileMode.OWNER_ALONE.attributes(temporary));
                OutputStream out = compression.compressing(Channels.newOutputStream(channel))) {
            for (int read = in.read(buffer); read >= 0 && !stopped; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                copied += read;
                steps.accept(RollStep.COMPRESSING);
            }
        }
        if (!stopped) {
            force(temporary, StandardOpenOption.WRITE);
        }
        FileMode.ofFile(source).complete(temporary, LinkOption.NOFOLLOW_LINKS);
        Files.setLastModifiedTime(temporary, modified);
        return copied;
    }

    /** So that the new name is on the device before the source is deleted there. */
    private void forceDirectory() {
        try {
            force(directory, StandardOpenOption.READ);
        } catch (IOException unsupported) {
            return; // not every system can do that; then the order of the two is up to it
        }
    }

    private static void force(Path path, OpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }

    /** Whether a compressed file holds all of a plain one and nothing else. */
    private boolean isCompressionOf(Path source, Path target, Compression compressed) {
        try (InputStream plain =
                        new BufferedInputStream(Files.newInputStream(source, LinkOption.NOFOLLOW_LINKS), BUFFER_BYTES);
                InputStream held = compressed.decompressing(new BufferedInputStream(
                        Files.newInputStream(target, LinkOption.NOFOLLOW_LINKS), BUFFER_BYTES))) {
            byte[] expected = new byte[BUFFER_BYTES];
            byte[] found = new byte[BUFFER_BYTES];
            int read;
            do {
                read = plain.readNBytes(expected, 0, BUFFER_BYTES);
                int same = held.readNBytes(found, 0, BUFFER_BYTES);
                if (!Arrays.equals(expected, 0, read, found, 0, same)) {
                    return false;
                }
            } while (read > 0);
            return true;
        } catch (IOException unreadable) {
            report(new IOException(
                    source + ": stays beside " + target.getFileName() + ", which cannot be read: " + unreadable,
                    unreadable));
            return false;
        }
    }

    /** Deletes the oldest, until what is left is within all limits. */
    private void prune() throws IOException {
        if (!retention.isLimited() || stopped) {
            return;
        }
        List<Rolled> rolled = new ArrayList<>();
        for (String name : list()) {
            Rolled found = names.read(name);
            if (found != null && isFile(directory.resolve(name))) {
                rolled.add(found);
            }
        }
        rolled.sort(Rolled.OLDEST_FIRST.reversed());
        long now = clock.millis();
        long sum = 0;
        int kept = 0;
        for (Rolled file : rolled) {
            Path path = directory.resolve(file.name());
            try {
                sum += Files.size(path);
                kept++;
                long age = now - Files.getLastModifiedTime(path).toMillis();
                if (retention.isTooMany(kept) || retention.isTooMuch(sum) || retention.isTooOld(age)) {
                    Files.deleteIfExists(path);
                }
            } catch (NoSuchFileException gone) {
                // by others
            }
        }
    }
}
