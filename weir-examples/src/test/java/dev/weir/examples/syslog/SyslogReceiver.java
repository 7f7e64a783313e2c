package dev.weir.examples.syslog;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes messages framed by their length, one connection after the other. A message that is cut by the end of its connection
 * is none. Any thread; it keeps what it has when it is closed.
 */
final class SyslogReceiver implements AutoCloseable {
    private final List<String> messages = new ArrayList<>();
    private long bytes;
    private int port;
    private ServerSocket server;
    private Socket connection;

    /** At any port that is free; after a {@link #close} at the same one. */
    synchronized void open() throws IOException {
        ServerSocket opened = new ServerSocket();
        opened.setReuseAddress(true);
        opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        port = opened.getLocalPort();
        server = opened;
        Thread thread = new Thread(() -> run(opened), "receiver");
        thread.setDaemon(true);
        thread.start();
    }

    synchronized int port() {
        return port;
    }

    /** Waits for messages of so many bytes, frames included, and returns all there are. */
    synchronized List<String> await(long expectedBytes) throws InterruptedException {
        while (bytes < expectedBytes) {
            wait();
        }
        return List.copyOf(messages);
    }

    private void run(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket accepted = server.accept()) {
                begin(accepted);
                read(new DataInputStream(new BufferedInputStream(accepted.getInputStream())));
            } catch (IOException ended) {
                // the next one, if the server is still open
            }
        }
    }

    private synchronized void begin(Socket accepted) {
        connection = accepted;
    }

    private void read(DataInputStream in) throws IOException {
        while (true) {
            StringBuilder length = new StringBuilder();
            for (int digit = in.read(); digit != ' '; digit = in.read()) {
                if (digit < 0) {
                    throw new EOFException();
                }
                length.append((char) digit);
            }
            byte[] message = new byte[Integer.parseInt(length.toString())];
            in.readFully(message);
            add(new String(message, StandardCharsets.UTF_8), length.length() + 1 + message.length);
        }
    }

    private synchronized void add(String message, int framedBytes) {
        messages.add(message);
        bytes += framedBytes;
        notifyAll();
    }

    /** Ends its connection, too, and takes no other. */
    @Override
    public synchronized void close() throws IOException {
        server.close();
        if (connection != null) {
            connection.close();
        }
    }
}
