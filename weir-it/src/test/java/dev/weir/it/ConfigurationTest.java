package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Weir;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a process does with the configuration it finds. */
class ConfigurationTest {
    @TempDir
    Path directory;

    @Test
    void aWrongFileIsReportedWholeAndTheDefaultRuns() throws Exception {
        Jvm.Result result = jvm().configuration("""
                version: 1
                handlers:
                  stdout: { type: consle }
                  file: { type: file, path: app.log, levl: INFO }
                root: { level: LOUD, handlers: [stdot] }
                """).run();

        assertThat(result.exit()).isZero();
        String file = directory.resolve("weir.yaml").toString();
        String errors = String.join("\n", result.stderr());
        assertThat(errors)
                .containsPattern(place(file, 3) + ".*consle")
                .containsPattern(place(file, 4) + ".*levl")
                .containsPattern(place(file, 5) + ".*LOUD")
                .containsPattern(place(file, 5) + ".*stdot");
        assertDefault(result);
        assertThat(directory.resolve("app.log")).doesNotExist();
    }

    private static String place(String file, int line) {
        return Pattern.quote(file + ":" + line) + ":\\d+: ";
    }

    @Test
    void aFileThatIsNotYamlIsReportedAndTheDefaultRuns() throws Exception {
        Jvm.Result result =
                jvm().configuration("version: 1\nhandlers: { stdout: [").run();

        assertThat(result.stderr())
                .anyMatch(line -> line.contains("weir.yaml:2:") || line.contains("weir.yaml:3:"))
                .noneMatch(line -> line.startsWith("\tat "));
        assertDefault(result);
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                version: 1
                queue: { capacity: 1MiB }
                handlers: { stdout: { type: console, backlog: 8MiB } }
                """, """
                version: 1
                queue: { capacity: 1MiB, max-record: 64KiB }
                handlers: { stdout: { type: console } }
                """})
    void sizesThatDoNotFitTogetherAreReportedAndTheDefaultRuns(String configuration) throws Exception {
        Jvm.Result result = jvm().configuration(configuration).run();

        assertThat(result.stderr())
                .anyMatch(line -> line.contains("queue.capacity: 1048576") || line.contains("queue.max-record: 65536"))
                .noneMatch(line -> line.startsWith("\tat "));
        assertDefault(result);
    }

    @Test
    void aFileThatIsNotThereIsReportedAndTheDefaultRuns() throws Exception {
        Jvm.Result result = jvm().configuration(Path.of("no-such.yaml")).run();

        assertThat(result.stderr()).anyMatch(line -> line.contains("no-such.yaml") && line.contains("no such file"));
        assertDefault(result);
    }

    @Test
    void withoutAFileTheDefaultRuns() throws Exception {
        Jvm.Result result = jvm().run();

        assertThat(result.stderr()).isEmpty();
        assertDefault(result);
    }

    @Test
    void aProfileIsLaidOverTheFileAndToldOf() throws Exception {
        Jvm.Result result =
                jvm().configuration("""
                handlers: { stdout: { type: console }, errors: { type: file, path: errors.log } }
                loggers: { audit: { propagate: false, handlers: [errors] } }
                profiles: { alone: { handlers: { errors: null } } }
                """).options("-Dweir.profiles=alone").run();

        assertThat(result.stderr())
                .singleElement()
                .asString()
                .endsWith("weir.yaml:3:34: loggers.audit: no handler is left, so what only it would get is discarded");
        assertDefault(result);
        assertThat(directory.resolve("errors.log")).doesNotExist();
    }

    @Test
    void aProfileNeedsNoFile() throws Exception {
        Jvm.Result result = jvm().options("-Dweir.profiles=batch").run();

        assertThat(result.stderr()).isEmpty();
        assertDefault(result);
    }

    @Test
    void aFileInTheWorkingDirectoryIsNotRead() throws Exception {
        Files.writeString(directory.resolve("weir.yaml"), "version: 1\nhandlers: { none: { type: 'null' } }\n");

        Jvm.Result result = jvm().run();

        assertThat(result.stderr()).isEmpty();
        assertDefault(result);
    }

    @Test
    void aHandlerWhoseDirectoryDoesNotExistIsReportedAndTheOthersRun() throws Exception {
        Jvm.Result result =
                Jvm.of(directory, Main.class, "close").configuration("""
                version: 1
                handlers:
                  stdout: { type: console }
                  file: { type: file, path: missing/app.log }
                """).run();

        assertThat(result.exit()).isZero();
        assertThat(result.stderr())
                .anyMatch(line -> line.contains("handler file")
                        && line.contains("missing/app.log: the directory ")
                        && line.contains(directory.resolve("missing") + " does not exist"))
                .noneMatch(line -> line.startsWith("\tat "));
        assertDefault(result);
    }

    private Jvm jvm() {
        return Jvm.of(directory, Main.class);
    }

    private static void assertDefault(Jvm.Result result) {
        List<Map<String, Object>> records =
                result.stdout().stream().map(StrictJson::parse).toList();
        assertThat(records).extracting(record -> record.get("msg")).containsExactly("to be seen", "a \"problem\"\n");
        assertThat(records).extracting(record -> record.get("level")).containsExactly("INFO", "ERROR");
        assertThat(records).allMatch(record -> record.containsKey("exception") == "ERROR".equals(record.get("level")));
    }

    /** Logs three records by SLF4J. */
    static final class Main {
        private Main() {}

        public static void main(String[] arguments) {
            Logger logger = LoggerFactory.getLogger("app");
            logger.debug("not to be seen");
            logger.info("to be seen");
            logger.error("a \"problem\"\n", new IllegalStateException("broken"));
            if (arguments.length > 0) {
                Weir.current().close(Duration.ofMillis(300)); // else the end waits for the handler that cannot open
            }
        }
    }
}
