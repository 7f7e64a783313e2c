package dev.weir.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openjdk.jcstress.Main;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.TestList;

/** Runs jcstress over all tests of this module, and lets none drop out unnoticed. */
class StressTest {
    private static final Path RESULTS =
            Path.of(System.getProperty("stress.results", "target/jcstress")).toAbsolutePath();
    private static final String SANITY = "sanity";
    private static final String MODE = System.getProperty("stress.mode", SANITY);
    private static final String ONLY = System.getProperty("stress.tests", "");

    private static final List<TestResult> RESULT = new ArrayList<>();
    private static String output = "";

    @BeforeAll
    static void run() throws Exception {
        empty();
        Path log = RESULTS.resolve("output.txt");
        Process process = new ProcessBuilder(command())
                .directory(RESULTS.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(MODE.equals(SANITY) ? 5 : 120, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        output = Files.readString(log);
        for (Path file : resultFiles()) {
            DiskReadCollector reader = new DiskReadCollector(file.toString(), RESULT::add);
            reader.dump();
            reader.close();
        }
    }

    private static List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath(),
                Main.class.getName(),
                "-m",
                MODE,
                "-t",
                ONLY.isEmpty() ? "dev.weir" : ONLY,
                "-r",
                RESULTS.resolve("report").toString()));
        if (MODE.equals(SANITY)) {
            // one JVM configuration and no mixed compilers; the time is better spent on each test
            command.addAll(List.of("-sc", "false", "-jvmArgs", "-Xmx256m", "-iters", "1", "-time", "300"));
        }
        return command;
    }

    private static void empty() throws IOException {
        Files.createDirectories(RESULTS);
        for (Path file : resultFiles()) {
            Files.delete(file);
        }
    }

    private static List<Path> resultFiles() throws IOException {
        try (Stream<Path> files = Files.list(RESULTS)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".bin.gz"))
                    .toList();
        }
    }

    /** Absolute: jcstress runs elsewhere. */
    private static String classPath() {
        String separator = Pattern.quote(File.pathSeparator);
        return String.join(
                File.pathSeparator,
                Stream.of(System.getProperty("java.class.path").split(separator))
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .toList());
    }

    private static Collection<String> due() {
        Collection<String> due = new TreeSet<>(TestList.tests());
        due.removeIf(name -> !Pattern.compile(ONLY).matcher(name).find());
        return due;
    }

    @Test
    void everyTestHasAResult() {
        Collection<String> seen = new TreeSet<>();
        RESULT.stream().filter(result -> result.getTotalCount() > 0).forEach(result -> seen.add(result.getName()));

        assertThat(seen).as(output).isEqualTo(due()).isNotEmpty();
    }

    @Test
    void noResultIsForbidden() {
        List<String> faults = new ArrayList<>();
        for (TestResult result : RESULT) {
            if (!result.grading().isPassed) {
                faults.add(result.getName() + " (" + result.status() + "): " + result.grading().failureMessages
                        + result.getMessages() + result.getVmErr());
            }
        }

        assertThat(faults).as(output).isEmpty();
    }
}
