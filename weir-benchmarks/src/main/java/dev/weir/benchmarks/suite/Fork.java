package dev.weir.benchmarks.suite;

import dev.weir.benchmarks.trial.Result;
import dev.weir.benchmarks.trial.Trial;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that measures, until it has said its result or its time is over. */
final class Fork {
    private static final int LINES_KEPT = 40;

    private final Process process;
    private final Deque<String> lines = new ArrayDeque<>();
    private volatile boolean late;

    /** It did not say a result; the message tells what it said instead. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        Failed(String message) {
            super(message);
        }
    }

    private Fork(Process process) {
        this.process = process;
    }

    static Fork start(ProcessBuilder command, long limitSeconds) throws IOException {
        Fork fork = new Fork(command.start());
        Thread limit = new Thread(() -> fork.end(limitSeconds), "limit");
        limit.setDaemon(true);
        limit.start();
        return fork;
    }

    private void end(long limitSeconds) {
        try {
            late = !process.waitFor(limitSeconds, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            late = true;
        }
        destroy();
    }

    /** Ends it, whatever it does. */
    void destroy() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Whether it still runs. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** Reads what it says until it ends. */
    private Map<String, Double> result(InputStream said, Runnable onHang)
            throws IOException, InterruptedException, Failed {
        String result = "";
        try (BufferedReader out = new BufferedReader(new InputStreamReader(said, StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (Result.isIn(line)) {
                    result = line;
                } else if (line.equals(Trial.HANG)) {
                    onHang.run();
                    answer();
                } else {
                    keep(line);
                }
            }
        }
        int status = process.waitFor();
        if (status != 0 || result.isEmpty()) {
            throw new Failed(reason(status));
        }
        return Result.parse(result);
    }

    /** It waits for that; if it has ended instead, its status tells why. */
    private void answer() {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        } catch (IOException ended) {
            keep("no answer to " + Trial.HANG + ": " + ended.getMessage());
        }
    }

    Map<String, Double> result(Runnable onHang) throws IOException, InterruptedException, Failed {
        return result(process.getInputStream(), onHang);
    }

    /** Waits until it has ended, and reads what it has said into a file. */
    Map<String, Double> result(Path said) throws IOException, InterruptedException, Failed {
        process.waitFor();
        return result(Files.newInputStream(said), () -> {});
    }

    /** Waits until it has ended well. */
    void join() throws IOException, InterruptedException, Failed {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            out.lines().forEach(this::keep);
        }
        int status = process.waitFor();
        if (status != 0) {
            throw new Failed(reason(status));
        }
    }

    private void keep(String line) {
        lines.addLast(line);
        if (lines.size() > LINES_KEPT) {
            lines.removeFirst();
        }
    }

    private String reason(int status) {
        if (late) {
            return "no result in time; " + lastLine();
        }
        return lines.stream()
                .filter(line -> line.contains("Exception") || line.contains("Error"))
                .filter(line -> !line.startsWith("\tat "))
                .findFirst()
                .orElse("exit " + status + "; " + lastLine());
    }

    private String lastLine() {
        return lines.isEmpty() ? "it said nothing" : lines.getLast();
    }
}
