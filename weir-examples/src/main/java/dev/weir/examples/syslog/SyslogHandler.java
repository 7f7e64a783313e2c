package dev.weir.examples.syslog;

import dev.weir.format.Formatter;
import dev.weir.handler.Handler;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends records to a syslog receiver by TCP: messages of RFC 5424, each behind its length (RFC 6587, section 3.4.1), so that a
 * stack trace with its lines is one message.
 *
 * <p><b>Delivery.</b> A batch whose write fails comes again as a whole, on a new connection, so a receiver may see a message
 * twice. Syslog acknowledges nothing: a batch counts as written once the operating system has taken it, and what a
 * receiver has not read when it ends is lost. Before each batch it is found out whether the receiver has left.
 */
public final class SyslogHandler implements Handler {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int PROBE_MILLIS = 1;

    private final String host;
    private final int port;
    private final int facility;
    private final String origin;
    private final Formatter formatter;
    private final ByteOutput batch = new ByteOutput(8 * 1024);
    private final ByteOutput message = new ByteOutput(1024);
    private @Nullable Socket socket;
    private long bytesWritten;

    /**
     * A handler that connects when it is opened.
     *
     * @param host of the receiver
     * @param port of the receiver, 1 to 65535
     * @param facility 0 to 23, as RFC 5424 numbers them
     * @param appName 1 to 48 printable ASCII characters, no space
     * @param formatter writes a message's text, whose last line end is left out; belongs to the handler from now on
     * @throws IllegalArgumentException if one is out of its range; its message begins with the configuration's key for it
     */
    public SyslogHandler(String host, int port, int facility, String appName, Formatter formatter) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
        }
        if (facility < 0 || facility > 23) {
            throw new IllegalArgumentException("facility: " + facility + " (expected: 0 to 23)");
        }
        if (!appName.matches("[!-~]{1,48}")) {
            throw new IllegalArgumentException(
                    "app-name: " + appName + " (expected: 1 to 48 printable ASCII characters, no space)");
        }
        this.host = host;
        this.port = port;
        this.facility = facility;
        this.origin = " - " + appName + ' ' + ProcessHandle.current().pid() + " - - ";
        this.formatter = formatter;
    }

    /** May find an earlier connection, if a rollback has failed. */
    @Override
    public void open() throws IOException {
        disconnect();
        connect();
    }

    /** The record is lent for the call, so it is formatted now; nothing is sent before the flush. */
    @Override
    public boolean emit(LogRecord record) {
        message.truncate(0);
        message.put('<');
        message.putDecimal(facility * 8L + record.level().syslogSeverity());
        message.put(">1 ");
        message.put(Instant.EPOCH
                .plusNanos(record.timeNanos())
                .truncatedTo(ChronoUnit.MICROS)
                .toString());
        message.put(origin);
        formatter.formatWhole(record, message); // costs this record and no other, if it fails
        int length = message.size() - (message.array()[message.size() - 1] == '\n' ? 1 : 0);
        batch.putDecimal(length);
        batch.put(' ');
        batch.put(message.array(), 0, length);
        return true;
    }

    /** The commit, if it returns. A batch that was sent in part cannot be taken back, but its connection can be ended. */
    @Override
    public void flush() throws IOException {
        if (batch.size() == 0) {
            return;
        }
        try {
            Socket open = socket == null || hasBeenLeft(socket) ? connect() : socket;
            open.getOutputStream().write(batch.array(), 0, batch.size());
        } catch (IOException failed) {
            disconnect();
            throw failed;
        }
        bytesWritten += batch.size();
        batch.truncate(0);
    }

    @Override
    public void rollback() {
        batch.truncate(0);
    }

    @Override
    public void close(boolean abandoned) throws IOException {
        disconnect();
    }

    /** What was emitted and never committed is not to come along. */
    @Override
    public boolean late(LogRecord record) throws IOException {
        rollback();
        try {
            emit(record);
            flush();
        } finally {
            close(false);
        }
        return true;
    }

    @Override
    public long bytesWritten() {
        return bytesWritten;
    }

    private Socket connect() throws IOException {
        disconnect();
        Socket connecting = new Socket();
        socket = connecting;
        connecting.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
        connecting.setSoTimeout(PROBE_MILLIS);
        return connecting;
    }

    /** A receiver sends nothing but the end of its side. */
    private static boolean hasBeenLeft(Socket connected) throws IOException {
        try {
            return connected.getInputStream().read() < 0;
        } catch (SocketTimeoutException silent) {
            return false;
        }
    }

    private void disconnect() throws IOException {
        Socket open = socket;
        socket = null;
        if (open != null) {
            open.close();
        }
    }
}
