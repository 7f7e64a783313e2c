package dev.weir.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A small collector of JSON lines, for scenes and tests: takes what is posted to it on the loopback and counts it. It is
 * told what to do by lines on standard input, and answers with lines of JSON on standard output:
 *
 * <pre>
 *  at the start    {"port":4711}
 *  count           {"lines":12,"distinct":11,"levels":{"ERROR":1,"INFO":10}}
 *  status 503      {"status":503}, and from then on every post is answered so and nothing is taken; 200 takes again
 *  end of input    it ends
 * </pre>
 *
 * Levels are counted over distinct lines: a sender that heard no answer may send a line again. With a file, it goes on
 * counting where an earlier collector on the same file ended, however that ended; a line is in the file before the
 * post that brought it is answered.
 */
public final class Collector {
    private static final Pattern LEVEL = Pattern.compile("\"level\":\"([A-Z]+)\"");
    private static final String USAGE = "usage: Collector PORT FILE|-  (port 0: any that is free)";
    private static final int ACCEPTED = 200;

    private final @Nullable FileChannel file;
    private final Set<String> distinct = new HashSet<>();
    private final Map<String, Long> levels = new TreeMap<>();
    private long lines;
    private volatile int status = ACCEPTED;

    private Collector(@Nullable Path path) throws IOException {
        file = path == null ? null : begin(path);
    }

    /**
     * Runs until its standard input ends.
     *
     * @param arguments a port, and a file or {@code -}
     * @throws IOException if the port or the file cannot be had
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println(USAGE);
            System.exit(2);
        }
        Collector collector = new Collector(arguments[1].equals("-") ? null : Path.of(arguments[1]));
        int port = Integer.parseInt(arguments[0]);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", collector::handle);
        ExecutorService threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.start();
        say("{\"port\":" + server.getAddress().getPort() + "}");
        collector.obey(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        server.stop(0);
        threads.shutdown();
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private void obey(BufferedReader commands) throws IOException {
        String command = commands.readLine();
        while (command != null) {
            if (command.equals("count")) {
                say(count());
            } else if (command.matches("status [2-5]\\d\\d")) {
                status = Integer.parseInt(command.substring("status ".length()));
                say("{\"status\":" + status + "}");
            } else {
                System.err.println("collector: " + command + " (expected: count or status N)");
            }
            command = commands.readLine();
        }
    }

    private synchronized String count() {
        String byLevel = levels.entrySet().stream()
                .map(level -> "\"" + level.getKey() + "\":" + level.getValue())
                .collect(Collectors.joining(","));
        return "{\"lines\":" + lines + ",\"distinct\":" + distinct.size() + ",\"levels\":{" + byLevel + "}}";
    }

    // what is posted

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            List<String> posted = body(exchange).lines().toList();
            int answer = status;
            if (answer / 100 == 2) {
                take(posted);
            }
            exchange.sendResponseHeaders(answer, -1);
        }
    }

    private static String body(HttpExchange exchange) throws IOException {
        boolean compressed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream raw = exchange.getRequestBody();
                InputStream in = compressed ? new GZIPInputStream(raw) : raw) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private synchronized void take(List<String> posted) throws IOException {
        if (file != null && !posted.isEmpty()) {
            ByteBuffer text = StandardCharsets.UTF_8.encode(String.join("\n", posted) + "\n");
            while (text.hasRemaining()) {
                file.write(text);
            }
        }
        posted.forEach(this::add);
    }

    private synchronized void add(String line) {
        lines++;
        if (distinct.add(line)) {
            Matcher level = LEVEL.matcher(line);
            levels.merge(level.find() ? level.group(1) : "?", 1L, Long::sum);
        }
    }

    // the file

    /** Counts what an earlier collector has left, but for a line that it could not finish, which is cut off. */
    private FileChannel begin(Path path) throws IOException {
        int whole = 0;
        if (Files.exists(path)) {
            byte[] left = Files.readAllBytes(path);
            whole = left.length;
            while (whole > 0 && left[whole - 1] != '\n') {
                whole--;
            }
            new String(left, 0, whole, StandardCharsets.UTF_8).lines().forEach(this::add);
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        return channel.truncate(whole).position(whole);
    }
}
