package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.examples.Collector;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A {@link Collector} in a process of its own, that has begun to listen. */
final class CollectorProcess implements AutoCloseable {
    static final String ANY_PORT = "0";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;
    private final String port;

    private CollectorProcess(Process process) throws IOException {
        this.process = process;
        commands = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
        port = String.valueOf(number(answer(), "port"));
    }

    /** Starts one that goes on counting what an earlier one in the same directory got. */
    static CollectorProcess start(Path directory, String port) throws IOException {
        Jvm jvm = Jvm.of(directory, Collector.class, port, "collected")
                .stdinByPipe()
                .stdoutByPipe();
        return new CollectorProcess(jvm.start().process());
    }

    String port() {
        return port;
    }

    Map<String, Object> ask(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        return answer();
    }

    private Map<String, Object> answer() throws IOException {
        return StrictJson.parse(Objects.requireNonNullElse(answers.readLine(), "nothing: it has ended"));
    }

    static long number(Map<String, Object> members, String name) {
        return ((BigDecimal) members.getOrDefault(name, BigDecimal.ZERO)).longValueExact();
    }

    long distinct() throws IOException {
        return number(ask("count"), "distinct");
    }

    void awaitDistinct(long atLeast) {
        await().atMost(PATIENCE).until(() -> distinct() >= atLeast);
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends it as it likes to be ended. */
    void end() throws IOException, InterruptedException {
        commands.close();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
