package dev.weir.handler;

import dev.weir.BreakerPolicy;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Appends to a file as {@link FileHandler} does, and begins a new one when it has reached a size, when a period is over, or
 * both. The old one gets a name of its own, may be compressed, and is deleted some day. Named as in Python, where size and
 * time have a handler each.
 *
 * <p><b>Exactly once.</b> A line is never split over two files, and every record is in one of them, also if a roll fails
 * half way or the process is killed at any point. A roll is a renaming within the directory: if that fails, the log goes on in
 * its file and the renaming is tried again after a second. If a new file cannot be made, the records wait as in any other failure.
 *
 * <p><b>By size</b>: no file is larger, unless a single record is. <b>By time</b>: by the clock when a batch is written, not by the
 * records' times; without any records within a second or so. An empty file is never rolled. At the start a file belongs to
 * the period in which it was written last, and is rolled if that is over.
 *
 * <p><b>Names.</b> Rolled files stand beside the log; what is a file of that pattern counts as one. Their index grows, so the
 * greatest is the newest; no name is ever given twice, and no file is overwritten. A rolled file is compressed by a
 * thread of its own into a file that begins with a dot, which is renamed when it is whole; then its source is deleted.
 *
 * <p><b>One process.</b> While it is open, {@code .NAME.lock} beside the log says so, and another process that would rotate the same
 * file is refused. Others may append to it by a {@link FileHandler}, which follows the log to its next file.
 *
 * <p><b>The end.</b> {@code close} gives a compression that is under way a second to finish, and undoes it otherwise. Then the
 * directory holds the log and its rolled files and nothing else of ours.
 */
public final class RotatingFileHandler implements Handler {
    private static final int NONE = -1;
    private static final long RETRY_MILLIS = 1000;

    private final Path log;
    private final String resource;
    private final FileAccess access;
    private boolean atStart;
    private final long sizeBytes;
    private final @Nullable RollPeriod period;
    private final ZoneId zone;
    private final InstantSource clock;
    private final Consumer<RollStep> steps;

    private final RecordBuffer buffer;
    private final Syncing syncing;
    private final FreeSpace space;
    private final LockFile lock;
    private final Archive archive;
    private final DirectChunk chunk = new DirectChunk();

    private LogFile current;
    /** The one before, as long as a part of the batch at hand is in it. */
    private @Nullable LogFile rolled;

    private boolean opened;
    /** Where in the buffer the first record begins that is too much for the file. */
    private int crossing = NONE;
    /** When the period of the log began, or the log itself. */
    private LocalDateTime began = LocalDateTime.MIN;

    private long endsMillis = Long.MAX_VALUE;
    /** Before this it cannot have begun: the clock was ahead when it seemed to. */
    private long staleMillis = Long.MIN_VALUE;

    private long retryMillis;
    private long bytesWritten;

    private RotatingFileHandler(Builder builder) {
        access = builder.access();
        String real = FileKey.of(builder.path);
        log = access.followLinks()
                ? builder.path.getFileSystem().getPath(real)
                : builder.path.toAbsolutePath().normalize();
        resource = real;
        atStart = builder.atStart;
        sizeBytes = builder.sizeBytes == 0 ? Long.MAX_VALUE : builder.sizeBytes;
        period = builder.period;
        zone = builder.zone;
        clock = builder.clock;
        steps = builder.steps;
        buffer = new RecordBuffer(builder.formatter);
        syncing = new Syncing(builder.sync);
        space = new FreeSpace(builder.minFreeBytes, FreeSpace.Usable.of(FileAccess.directory(log)));
        lock = new LockFile(log);
        archive = new Archive(
                FileAccess.directory(log),
                builder.names(log),
                new Retention(builder.keep, builder.maxAge, builder.maxTotalBytes),
                builder.compression,
                builder.jitter,
                clock,
                steps);
        current = new LogFile(log, !builder.append, access, chunk);
    }

    /**
     * A handler that appends JSON to a file.
     *
     * @param path the file
     * @return a handler to set up: a size, a period or {@link Builder#atStart}
     */
    public static Builder builder(Path path) {
        return new Builder(path);
    }

    @Override
    public void inherit() {
        current.keepContent();
        atStart = false;
    }

    @Override
    public void prepare() throws IOException {
        access.prepare(log);
        if (Files.exists(FileAccess.directory(log)) && !Files.isWritable(FileAccess.directory(log))) {
            throw new IOException(
                    log + ": " + FileAccess.directory(log) + " is not writable (expected: a place for rolled files)");
        }
        Uninterrupted.run(lock::check);
    }

    @Override
    public void open() throws IOException {
        boolean kept = lock.isHeld();
        if (!kept) {
            access.makeDirectory(log);
            Uninterrupted.run(lock::acquire);
        }
        try {
            open(!kept);
            kept = true;
        } finally {
            if (!kept) {
                giveBack(false); // whoever was never open is never closed
            }
        }
    }

    private void open(boolean anew) throws IOException {
        settleRolled();
        current.open();
        if (anew) {
            takeOver();
        }
        IOException notice = access.takeNotice(log);
        if (notice != null) {
            archive.report(notice);
        }
        beginPeriod(writtenLast());
        boolean first = !opened;
        opened = true;
        if (first && atStart && current.length() > 0) {
            roll();
        }
    }

    private void takeOver() {
        try {
            Uninterrupted.run(archive::open);
        } catch (IOException e) {
            archive.report(e); // the log itself is fine
        }
    }

    @Override
    public boolean emit(LogRecord record) {
        if (space.refuses(record)) {
            return false;
        }
        int start = buffer.size();
        buffer.add(record);
        syncing.emitted(record);
        if (crossing == NONE && isTooLarge(start, buffer.size())) {
            crossing = start;
        }
        return true;
    }

    /** Whether a batch would make the file too large, although there is something that could stay in it. */
    private boolean isTooLarge(int start, int end) {
        return current.length() + end > sizeBytes
                && current.length() + start > 0
                && current.isRegular()
                && mayRename(clock.millis());
    }

    @Override
    public boolean shouldFlush(LogRecord record) {
        return crossing != NONE;
    }

    @Override
    public void flush() throws IOException {
        if (buffer.size() == 0) {
            return;
        }
        settleRolled();
        followLog();
        rollIfOver();
        boolean forced = syncing.isNeeded();
        int from = 0;
        if (crossing != NONE && isTooLarge(crossing, buffer.size())) {
            LogFile old = renamed();
            if (old != null) {
                from = crossing;
                split(old, from, forced);
            }
        }
        current.write(buffer.array(), from, buffer.size(), forced);
        if (rolled != null) {
            steps.accept(RollStep.WRITTEN);
        }
        commit(forced);
    }

    /** Writes what fits to the file that has been renamed, and begins a new one for the rest. */
    private void split(LogFile old, int to, boolean forced) throws IOException {
        boolean kept = forced || syncing.isOpen();
        if (to > 0) {
            old.write(buffer.array(), 0, to, kept);
        } else if (kept) {
            old.force();
        }
        steps.accept(RollStep.FINISHED);
        current.open();
        steps.accept(RollStep.OPENED);
    }

    /** Nothing may fail between the first file and the last: what is committed is never offered again. */
    private void commit(boolean forced) {
        buffer.clear(); // which may want memory
        crossing = NONE;
        bytesWritten += current.commit();
        if (rolled != null) {
            bytesWritten += rolled.commit();
        }
        syncing.committed(forced);
    }

    @Override
    public void rollback() throws IOException {
        forgetBatch();
        settleRolled();
        current.cutBack();
    }

    private void forgetBatch() {
        buffer.clear();
        crossing = NONE;
        syncing.rolledBack();
    }

    /** Takes what was not committed out of the file before, and hands it over: nothing is written to it any more. */
    private void settleRolled() throws IOException {
        LogFile old = rolled;
        if (old == null) {
            return;
        }
        if (!old.isCommitted()) {
            old.cutBack();
        }
        rolled = null;
        if (old.length() == 0) {
            old.close();
            Files.deleteIfExists(old.path());
        } else {
            finish(old);
        }
    }

    @Override
    public void upkeep() throws IOException {
        settleRolled();
        if (isPeriodOver()) {
            followLog();
            rollIfOver();
        }
        if (syncing.isDue()) {
            current.force();
            syncing.forced();
        }
        archive.upkeep(clock.millis());
        IOException trouble = archive.takeTrouble();
        if (trouble != null) {
            throw trouble;
        }
    }

    @Override
    public void close(boolean abandoned) throws IOException {
        try {
            if (!abandoned && syncing.isOpen()) {
                current.force();
                syncing.forced();
            }
        } finally {
            giveBack(abandoned);
        }
    }

    private void giveBack(boolean abandoned) throws IOException {
        LogFile old = rolled;
        rolled = null;
        try {
            if (old != null) {
                old.close();
            }
            current.close();
        } finally {
            archive.close(abandoned);
            lock.release();
        }
    }

    @Override
    public boolean late(LogRecord record) throws IOException {
        forgetBatch();
        access.makeDirectory(log);
        Uninterrupted.run(lock::acquire);
        try {
            current.open();
            buffer.add(record);
            syncing.emitted(record);
            current.write(buffer.array(), 0, buffer.size(), syncing.isNeeded());
            bytesWritten += current.commit();
        } catch (IOException | RuntimeException thrown) {
            current.cutBack();
            throw thrown;
        } finally {
            forgetBatch();
            close(false);
        }
        return true;
    }

    @Override
    public BreakerPolicy breaker() {
        return FileOptions.BREAKER;
    }

    @Override
    public String resource() {
        return resource;
    }

    @Override
    public long bytesWritten() {
        return bytesWritten;
    }

    @Override
    public String toString() {
        return "rotating file " + log;
    }

    // rolling

    private boolean isPeriodOver() {
        long now = clock.millis();
        if (now < staleMillis) {
            beginPeriod(clock.instant());
        }
        return now >= endsMillis && mayRename(now) && current.isOpen();
    }

    /** Whether it is not too soon after a failure, or the clock has been set back since. */
    private boolean mayRename(long nowMillis) {
        return nowMillis >= retryMillis || nowMillis < retryMillis - RETRY_MILLIS;
    }

    private void rollIfOver() throws IOException {
        if (isPeriodOver()) {
            roll();
        }
    }

    /** Gives the log the name of a rolled file and begins a new one; nothing is uncommitted. */
    private void roll() throws IOException {
        if (current.length() == 0 || !current.isRegular()) {
            beginPeriod(clock.instant());
            return;
        }
        if (syncing.isOpen()) {
            current.force();
            syncing.forced();
        }
        if (renamed() != null) {
            settleRolled();
            current.open();
            steps.accept(RollStep.OPENED);
        }
    }

    /**
     * Gives the log the name of a rolled file; it stays open, and another one, which is not open yet, is the log. Nothing can fail
     * between these two.
     *
     * @return the file that has got that name; null if it goes on as the log, for a while
     */
    private @Nullable LogFile renamed() {
        LogFile old = current;
        try {
            LogFile next = new LogFile(log, false, access, chunk);
            old.renameTo(archive.next(period == null ? LocalDateTime.ofInstant(clock.instant(), zone) : began));
            rolled = old;
            current = next;
        } catch (IOException | RuntimeException e) {
            archive.report(new IOException(log + ": cannot be rolled: " + e, e));
            retryMillis = clock.millis() + RETRY_MILLIS;
            return null;
        }
        beginPeriod(clock.instant());
        steps.accept(RollStep.RENAMED);
        return old;
    }

    private void finish(LogFile old) {
        try {
            old.close();
        } catch (IOException e) {
            archive.report(e); // all of it was committed
        }
        archive.add(old.path());
    }

    /** A log that others have moved away or deleted is not rolled any more. */
    private void followLog() throws IOException {
        if (current.isMoved()) {
            access.makeDirectory(log);
            Uninterrupted.run(lock::acquire);
            current.open();
            beginPeriod(writtenLast());
        }
    }

    private void beginPeriod(Instant moment) {
        if (period != null) {
            began = period.start(moment, zone);
            endsMillis = period.end(moment, zone).toEpochMilli();
            staleMillis = moment.toEpochMilli() - period.millis();
        }
    }

    private Instant writtenLast() throws IOException {
        Instant now = clock.instant();
        if (period == null || current.length() == 0) {
            return now;
        }
        Instant modified = Files.getLastModifiedTime(log).toInstant();
        return modified.isBefore(now) ? modified : now;
    }

    /** Sets up a {@link RotatingFileHandler}. Used by one thread. */
    public static final class Builder extends FileOptions<Builder> {
        private long sizeBytes;
        private @Nullable RollPeriod period;
        private ZoneId zone = ZoneId.systemDefault();
        private @Nullable RolledNames names;
        private int keep;
        private Duration maxAge = Duration.ZERO;
        private long maxTotalBytes;
        private boolean atStart;
        private Compression compression = Compression.NONE;
        private Duration jitter = Duration.ZERO;
        private InstantSource clock = InstantSource.system();
        private Consumer<RollStep> steps = step -> {};

        private Builder(Path path) {
            super(path);
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * How large the file may become; without a limit by default. A record that does not fit any more begins a new file.
         *
         * @param bytes more than 0
         * @return this
         */
        public Builder size(long bytes) {
            sizeBytes = positive("size", bytes);
            return this;
        }

        /**
         * At the beginning of which periods a new file begins; of none by default.
         *
         * @param period how often
         * @return this
         */
        public Builder every(RollPeriod period) {
            this.period = Objects.requireNonNull(period, "period");
            return this;
        }

        /**
         * Whose wall clock says when a period begins, and what time is in a name; the system's by default.
         *
         * @param zone the zone
         * @return this
         */
        public Builder zone(ZoneId zone) {
            this.zone = Objects.requireNonNull(zone, "zone");
            return this;
        }

        /**
         * How rolled files are named, in the log's directory: text with {@code %Y}, {@code %m}, {@code %d}, {@code %H}, {@code %M}
         * and {@code %S} for when the period began (without periods, when the file is rolled), {@code %i} for an index from 1, and
         * {@code %%}. Each needs those of longer times, so that names sort as their times do. Without {@code %i} an index is appended where it is needed. By default the log's name, then a dot and the date, with
         * as much of the time as tells periods apart, if files are rolled by time; then a dot and the index, if they are by size.
         *
         * @param pattern must not fit the log's own name
         * @return this
         */
        public Builder pattern(String pattern) {
            names = new RolledNames(Objects.requireNonNull(pattern, "pattern"));
            names.check(path);
            return this;
        }

        /**
         * How many rolled files are kept; all by default.
         *
         * @param files from 1
         * @return this
         */
        public Builder keep(int files) {
            keep = (int) positive("keep", files);
            return this;
        }

        /**
         * How long a rolled file is kept after its last record; for ever by default.
         *
         * @param age more than zero
         * @return this
         */
        public Builder maxAge(Duration age) {
            if (Objects.requireNonNull(age, "age").isNegative() || age.isZero()) {
                throw new IllegalArgumentException("max-age: " + age + " (expected: more than 0)");
            }
            maxAge = age;
            return this;
        }

        /**
         * How large all rolled files may be together, as they are on the disk; without a limit by default.
         *
         * @param bytes more than 0
         * @return this
         */
        public Builder maxTotal(long bytes) {
            maxTotalBytes = positive("max-total", bytes);
            return this;
        }

        /**
         * Whether a file that is there already is rolled when the handler opens it for the first time; false by default.
         *
         * @param atStart true to begin with a new file
         * @return this
         */
        public Builder atStart(boolean atStart) {
            this.atStart = atStart;
            return this;
        }

        /**
         * How rolled files are compressed; not at all by default.
         *
         * @param compression how
         * @return this
         * @throws IllegalArgumentException if what that needs is not there
         */
        public Builder compress(Compression compression) {
            Objects.requireNonNull(compression, "compression").check();
            this.compression = compression;
            return this;
        }

        /**
         * How long a compression may be put off, at random, so that not all processes of a machine begin at midnight; not at all
         * by default.
         *
         * @param longest zero or more
         * @return this
         */
        public Builder jitter(Duration longest) {
            if (Objects.requireNonNull(longest, "longest").isNegative()) {
                throw new IllegalArgumentException("jitter: " + longest + " (expected: 0 or more)");
            }
            jitter = longest;
            return this;
        }

        /** For tests. */
        Builder clock(InstantSource clock) {
            this.clock = clock;
            return this;
        }

        /** For tests, on the threads that take the steps. */
        Builder steps(Consumer<RollStep> steps) {
            this.steps = steps;
            return this;
        }

        private static long positive(String key, long value) {
            if (value < 1) {
                throw new IllegalArgumentException(key + ": " + value + " (expected: more than 0)");
            }
            return value;
        }

        private RolledNames names(Path log) {
            if (names == null) {
                return new RolledNames(defaultPattern(log));
            }
            names.check(log); // if the path is a link, it has another name
            return names;
        }

        private String defaultPattern(Path log) {
            String name = String.valueOf(log.getFileName()).replace("%", "%%");
            if (period == null) {
                return name + ".%i";
            }
            return name + '.' + period.words() + (sizeBytes > 0 ? ".%i" : "");
        }

        /**
         * Ends the set-up; nothing is opened or created.
         *
         * @return the handler
         * @throws IllegalArgumentException if nothing says when the file is to be rolled, or the pattern is of no use
         */
        public RotatingFileHandler build() {
            if (sizeBytes == 0 && period == null && !atStart) {
                throw new IllegalArgumentException(
                        "nothing says when the file is rolled (expected: size, every or at-start)");
            }
            return new RotatingFileHandler(this);
        }
    }
}
