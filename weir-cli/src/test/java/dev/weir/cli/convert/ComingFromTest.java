package dev.weir.cli.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of docs/coming-from.md. */
class ComingFromTest {
    private static final Path PAGE = Path.of("../docs/coming-from.md");

    private static List<String> examples() throws IOException {
        return Pattern.compile("^```(?:yaml|xml)\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(example -> example.group(1))
                .toList();
    }

    @Test
    void showsAConfigurationOfWeirThatIsReadWithinTwentyLines() throws IOException {
        String weir = examples().get(0);

        assertThat(Converted.problems(weir)).isEmpty();
        assertThat(weir.lines().count()).isLessThanOrEqualTo(20);
    }

    @Test
    void showsTheSameSetUpOfLogback() throws IOException {
        Converted converted = Converted.of(examples().get(1));

        assertThat(converted.problems()).isEmpty();
        assertThat(converted.keys()).isEqualTo("""
                version: 1

                handlers:
                  STDOUT: { type: console, formatter: { type: json, preset: logstash, add: { service: harbour } } }
                  APP:
                    type: file
                    path: "${LOG_DIR:-/var/log/harbour}/app.log"
                    create-directories: true
                    rotate: { size: 100MiB, every: day, pattern: "app-%Y-%m-%d.%i.log", max-age: 14d, compress: gzip }
                    formatter: { type: text, pattern: "%d [%thread] %-5level %logger{36} - %msg%n" }
                  AUDIT:
                    type: file
                    path: "${LOG_DIR:-/var/log/harbour}/audit.log"
                    create-directories: true
                    formatter: { type: json, preset: logstash }

                loggers:
                  harbour.audit: { level: INFO, propagate: false, handlers: [AUDIT] }

                root: { level: INFO, handlers: [STDOUT, APP] }
                """);
        assertThat(converted.comments())
                .filteredOn(comment -> comment.startsWith("# not converted: "))
                .hasSize(2)
                .allMatch(comment -> comment.contains("COLLECTOR"));
    }

    @Test
    void showsTheSameSetUpOfLog4j() throws IOException {
        Converted converted = Converted.of(examples().get(2));

        assertThat(converted.problems()).isEmpty();
        assertThat(converted.missing()).isZero();
        assertThat(converted.keys()).isEqualTo("""
                version: 1

                handlers:
                  STDOUT: { type: console, formatter: { type: json, preset: logstash, add: { service: harbour } } }
                  APP:
                    type: file
                    path: "${LOG_DIR:-/var/log/harbour}/app.log"
                    create-directories: true
                    rotate: { size: 100MiB, every: day, pattern: "app-%Y-%m-%d.%i.log", max-age: 14d, compress: gzip }
                    formatter: { type: text, pattern: "%d [%t] %-5p %c{1} - %m%n" }
                  AUDIT:
                    type: file
                    path: "${LOG_DIR:-/var/log/harbour}/audit.log"
                    create-directories: true
                    formatter: { type: json, preset: ecs }
                  COLLECTOR: { type: http, url: "https://logs.example.com/in", formatter: { type: json, preset: ecs }, level: WARN }

                loggers:
                  harbour.audit: { level: INFO, propagate: false, handlers: [AUDIT] }

                root: { level: INFO, handlers: [STDOUT, APP, COLLECTOR] }
                """);
    }

    @Test
    void showsTheSameSetUpOfPython() throws IOException {
        Converted converted = Converted.of(examples().get(3));

        assertThat(converted.problems()).isEmpty();
        assertThat(converted.missing()).isZero();
        assertThat(converted.keys())
                .contains(
                        "  app: { type: file, path: /var/log/harbour/app.log, rotate: { every: day, keep: 14 }, formatter: text }\n",
                        "  collector: { type: http, url: \"https://logs.example.com/in\", level: WARN }\n",
                        "  harbour.audit: { level: INFO, propagate: false, handlers: [audit] }\n",
                        "root: { level: INFO, handlers: [stdout, app, collector] }\n");
    }

    @Test
    void namesEveryCommentThereIs() throws IOException {
        String page = Files.readString(PAGE);

        for (Remark.Kind kind : Remark.Kind.values()) {
            String words = new Remark(kind, 12, List.of("…")).firstLine();
            assertThat(page).contains("| `# " + words + "` |");
        }
    }
}
