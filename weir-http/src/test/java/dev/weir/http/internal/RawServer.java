package dev.weir.http.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** A server on the loopback that does with each connection what it is told, HTTP or not. */
final class RawServer implements AutoCloseable {
    /** Something to do with a connection whose request has begun to arrive; it is closed afterwards. */
    interface Step {
        void run(Socket connection) throws IOException;
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Step step;
    /** Down when the client has given up a connection. */
    final CountDownLatch left = new CountDownLatch(1);

    RawServer(Step step) throws IOException {
        this.step = step;
        Thread thread = new Thread(this::serve, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket connection = server.accept()) {
                connection.getInputStream().read(new byte[64 * 1024]);
                step.run(connection);
            } catch (SocketException ended) {
                left.countDown(); // by either side
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Writes a text. */
    static void write(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Waits until the client is gone. */
    void awaitEnd(Socket connection) throws IOException {
        connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        left.countDown();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/in");
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
