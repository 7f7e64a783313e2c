package dev.weir.handler;

import dev.weir.format.Formatter;
import dev.weir.record.LogRecord;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Objects;

/**
 * Writes to standard output or standard error, at least once: a batch that failed on its way may have left a part of
 * itself behind, on a line of its own, and comes again.
 *
 * <p><b>Where to.</b> Straight to the descriptor, where an error is seen and nothing waits in a buffer, as long as {@link
 * System#out} (or {@link System#err}) is the JVM's own; else through that stream as it is at the time, so that
 * whoever has replaced it (a test that captures, a server that redirects) gets the records too. This is looked at
 * before each write:
 *
 * <ul>
 *   <li>the stream is another one than when the first handler was made: replaced;
 *   <li>its class is not exactly {@link PrintStream}: replaced;
 *   <li>the process is a worker of a test runner or IDE that talks to its parent by standard output (Surefire, Gradle,
 *       IntelliJ's; found by {@code sun.java.command} and Surefire's system properties): taken for replaced, so
 *       that nothing gets between the lines of their protocol.
 * </ul>
 *
 * A plain {@code PrintStream} that was put there before that cannot be told from the JVM's own
 * without looking into {@code java.base}; its records go to the descriptor.
 *
 * <p><b>Colours.</b> The formatter is told whether the descriptor is a terminal that shows them, and no longer if the stream has
 * been replaced: by the descriptor's device on Linux and macOS, and not if the environment has {@code NO_COLOR}, no {@code TERM},
 * or {@code TERM=dumb}. On other systems it is not known, and so they are left out.
 *
 * <p>Several handlers of one stream take turns by whole batches. An interrupt does not end a write: the descriptor is not
 * written by way of a channel, which an interrupt would close for the whole process.
 */
public final class ConsoleHandler implements Handler {
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int LEAST_LINE_BYTES = 1024;
    private static final boolean FORKED_BY_RUNNER = isForkedByRunner(System.getProperty("sun.java.command", ""));

    private final Stream stream;
    private final Standard standard;
    private final Formatter formatter;
    private final RecordBuffer buffer;
    /** The last attempt may have ended within a line. */
    private boolean torn;

    private long bytesWritten;

    /** A standard stream. */
    public enum Stream {
        /** {@link System#out}. */
        STDOUT,
        /** {@link System#err}. */
        STDERR
    }

    /** What this process has of a stream, once: the descriptor and the JVM's own print stream. Also the lock of its turns. */
    private static final class Standard {
        static final Standard OUT = new Standard(FileDescriptor.out, 1, System.out);
        static final Standard ERR = new Standard(FileDescriptor.err, 2, System.err);

        private final OutputStream descriptor;
        private final PrintStream atStart;
        private final boolean showsColours;

        private Standard(FileDescriptor descriptor, int number, PrintStream atStart) {
            this.descriptor = new FileOutputStream(descriptor);
            this.atStart = atStart;
            showsColours = Terminal.showsColours(number);
        }

        /** Nobody knows where a stream that has replaced the JVM's own goes to. */
        boolean showsColours(PrintStream now) {
            return showsColours && !isReplacedBy(now);
        }

        boolean isReplacedBy(PrintStream now) {
            return FORKED_BY_RUNNER || now != atStart || now.getClass() != PrintStream.class;
        }

        synchronized void write(PrintStream now, byte[] bytes, int size, boolean lineEndFirst) throws IOException {
            if (isReplacedBy(now)) {
                print(now, bytes, size, lineEndFirst);
                return;
            }
            if (lineEndFirst) {
                descriptor.write('\n');
            }
            for (int from = 0; from < size; from += CHUNK_BYTES) {
                descriptor.write(bytes, from, Math.min(size - from, CHUNK_BYTES));
            }
        }

        /** A print stream throws nothing and remembers an error for ever: only a new one is told. */
        private static void print(PrintStream target, byte[] bytes, int size, boolean lineEndFirst) throws IOException {
            boolean failedBefore = target.checkError();
            if (lineEndFirst) {
                target.write('\n');
            }
            target.write(bytes, 0, size);
            if (target.checkError() && !failedBefore) {
                throw new IOException("System.out or System.err has failed");
            }
        }
    }

    /**
     * A handler of a standard stream.
     *
     * @param stream which one
     * @param formatter belongs to this handler from now on
     */
    public ConsoleHandler(Stream stream, Formatter formatter) {
        this(stream, formatter, Integer.MAX_VALUE);
    }

    /**
     * A handler of a standard stream whose readers split what is too long, as the log drivers of containers do.
     *
     * @param stream which one
     * @param formatter belongs to this handler from now on
     * @param maxLineBytes how long a line may be, its end included, from 1,024: a record with a line that would be longer is shortened as one that
     *     is too long at the call, its longest values first, each with a mark; what the formatter adds by itself is not
     */
    public ConsoleHandler(Stream stream, Formatter formatter, int maxLineBytes) {
        if (maxLineBytes < LEAST_LINE_BYTES) {
            throw new IllegalArgumentException(
                    "max-line: " + maxLineBytes + " (expected: from " + LEAST_LINE_BYTES + ')');
        }
        this.stream = Objects.requireNonNull(stream, "stream");
        standard = stream == Stream.STDOUT ? Standard.OUT : Standard.ERR;
        this.formatter = Objects.requireNonNull(formatter, "formatter");
        buffer = new RecordBuffer(formatter, maxLineBytes);
    }

    /**
     * A handler of standard output.
     *
     * @param formatter belongs to the handler from now on
     * @return the handler
     */
    public static ConsoleHandler stdout(Formatter formatter) {
        return new ConsoleHandler(Stream.STDOUT, formatter);
    }

    /**
     * A handler of standard error.
     *
     * @param formatter belongs to the handler from now on
     * @return the handler
     */
    public static ConsoleHandler stderr(Formatter formatter) {
        return new ConsoleHandler(Stream.STDERR, formatter);
    }

    @Override
    public boolean emit(LogRecord record) {
        if (buffer.size() == 0) {
            formatter.terminal(standard.showsColours(now()));
        }
        buffer.add(record);
        return true;
    }

    @Override
    public void flush() throws IOException {
        int size = buffer.size();
        if (size == 0) {
            return;
        }
        boolean lineEndFirst = torn;
        torn = true;
        standard.write(now(), buffer.array(), size, lineEndFirst);
        torn = false;
        bytesWritten += size;
        buffer.clear();
    }

    private PrintStream now() {
        return stream == Stream.STDOUT ? System.out : System.err;
    }

    @Override
    public void rollback() {
        buffer.clear();
    }

    @Override
    public boolean late(LogRecord record) throws IOException {
        buffer.clear();
        emit(record);
        flush();
        return true;
    }

    @Override
    public long bytesWritten() {
        return bytesWritten;
    }

    @Override
    public String toString() {
        return "console " + stream;
    }

    /** By the main class or jar and its arguments, as HotSpot tells them. */
    static boolean isForkedByRunner(String command) {
        return command.startsWith("org.apache.maven.surefire.booter.ForkedBooter")
                || command.contains("surefirebooter")
                || command.startsWith("worker.org.gradle.process.internal.worker.GradleWorkerMain")
                || command.startsWith("com.intellij.rt.")
                || command.startsWith("org.eclipse.jdt.internal.junit.runner.RemoteTestRunner")
                || System.getProperty("surefire.real.class.path") != null
                || System.getProperty("surefire.test.class.path") != null;
    }
}
