package dev.weir.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A JVM of its own, the one that runs the tests: set up, started, and waited for. Its output goes to files, so nobody has
 * to read it; it is ended by force if it takes too long.
 */
final class Jvm {
    private static final long MOST_SECONDS = 60;
    private static final Path HOME = Path.of(System.getProperty("java.home"));

    private final Path directory;
    private final List<String> options = new ArrayList<>(List.of("-Xshare:auto", "-XX:-UsePerfData"));
    private final List<String> mainAndArguments = new ArrayList<>();
    private final List<String> within = new ArrayList<>();
    private Path home = HOME;
    private boolean stdinByPipe;
    private boolean stdoutByPipe;

    private Jvm(Path directory) {
        this.directory = directory;
    }

    /** With all that the tests have on their class path; runs in a directory, which also gets its output. */
    static Jvm of(Path directory, Class<?> main, String... arguments) {
        return ofClassPath(directory, String.join(File.pathSeparator, classPath()), main.getName(), arguments);
    }

    /** The tests' own; without empty entries, which would be the working directory. */
    static List<String> classPath() {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getProperty("java.class.path"))
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    /** With a class path and nothing else. */
    static Jvm ofClassPath(Path directory, String classPath, String main, String... arguments) {
        Jvm jvm = new Jvm(directory);
        jvm.options("-cp", classPath);
        jvm.mainAndArguments.add(main);
        jvm.mainAndArguments.addAll(List.of(arguments));
        return jvm;
    }

    /** With a module path and nothing else. */
    static Jvm ofModule(Path directory, String modulePath, String moduleAndMain) {
        return ofImage(directory, HOME, moduleAndMain).options("-p", modulePath);
    }

    /** Of a run-time image that has its modules in itself. */
    static Jvm ofImage(Path directory, Path image, String moduleAndMain) {
        Jvm jvm = new Jvm(directory);
        jvm.home = image;
        jvm.mainAndArguments.addAll(List.of("-m", moduleAndMain));
        return jvm;
    }

    Jvm options(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    Jvm configuration(Path file) {
        return options("-Dweir.config=" + file);
    }

    /** Writes {@code weir.yaml} into the directory and has it read. */
    Jvm configuration(String text) throws IOException {
        return configuration(Files.writeString(directory.resolve("weir.yaml"), text));
    }

    /** A command starts it, which gets its command as more arguments and becomes it in the end. */
    Jvm within(List<String> command, String... arguments) {
        within.addAll(command);
        within.addAll(List.of(arguments));
        return this;
    }

    /** Its standard input is a pipe, which somebody writes and closes. */
    Jvm stdinByPipe() {
        stdinByPipe = true;
        return this;
    }

    /** Its standard output is a pipe, which somebody may read or not. */
    Jvm stdoutByPipe() {
        stdoutByPipe = true;
        return this;
    }

    /** Runs it to its end. */
    Result run() throws IOException, InterruptedException {
        return start().await();
    }

    Running start() throws IOException {
        List<String> command = new ArrayList<>(within);
        command.add(home.resolve("bin").resolve("java").toString());
        command.addAll(options);
        command.addAll(mainAndArguments);
        Path stdout = directory.resolve("stdout");
        Path stderr = directory.resolve("stderr");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectError(stderr.toFile());
        if (!stdinByPipe) {
            builder.redirectInput(Path.of("/dev/null").toFile());
        }
        if (!stdoutByPipe) {
            builder.redirectOutput(stdout.toFile());
        }
        builder.environment().keySet().removeAll(List.of("WEIR_CONFIG", "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
        return new Running(builder.start(), stdout, stderr);
    }

    /** On its way. */
    record Running(Process process, Path stdoutFile, Path stderrFile) {
        Result await() throws InterruptedException {
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still runs after " + MOST_SECONDS + " s: " + result(-1));
            }
            return result(process.exitValue());
        }

        private Result result(int exit) {
            return new Result(exit, lines(stdoutFile), lines(stderrFile));
        }
    }

    /** What it left behind; without standard output if that was a pipe. */
    record Result(int exit, List<String> stdout, List<String> stderr) {}

    /** All of a file; none if there is none. */
    static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
