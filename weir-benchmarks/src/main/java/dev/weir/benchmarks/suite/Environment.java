package dev.weir.benchmarks.suite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Where and how a run was made.
 *
 * @param date in UTC
 * @param commit of the clone, with a mark if it has changes
 * @param command as it was given
 * @param machine processor, their number, system
 * @param jdk of the measured processes
 * @param laterJdk of those that need 21 or later; empty if there was none
 * @param jvm options of all
 */
public record Environment(
        String date, String commit, String command, String machine, String jdk, String laterJdk, List<String> jvm) {
    private static final Path CPUS = Path.of("/proc/cpuinfo");

    /** Looks around. */
    public static Environment of(Options options, String command) throws IOException {
        Path later = options.laterJdk();
        return new Environment(
                LocalDate.now(ZoneOffset.UTC).toString(),
                lookAtCommit(options.root()),
                later == null ? command : command.replace(later.toString(), "HOME"),
                lookAtMachine(),
                System.getProperty("java.vm.name") + ' ' + System.getProperty("java.runtime.version"),
                later == null ? "" : version(later),
                options.jvm());
    }

    private static String lookAtMachine() throws IOException {
        String model = "";
        if (Files.isReadable(CPUS)) {
            model = Files.readAllLines(CPUS, StandardCharsets.UTF_8).stream()
                    .filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip() + ", ")
                    .orElse("");
        }
        return model + Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.name")
                + ' ' + System.getProperty("os.version") + ' ' + System.getProperty("os.arch");
    }

    private static String lookAtCommit(Path root) throws IOException {
        return firstLine(new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12")
                .directory(root.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD));
    }

    private static String version(Path home) throws IOException {
        return firstLine(new ProcessBuilder(home.resolve("bin/java").toString(), "--version"));
    }

    private static String firstLine(ProcessBuilder command) throws IOException {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(command.start().getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            return line == null ? "unknown" : line;
        }
    }
}
