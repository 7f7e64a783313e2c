package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    private static final String WARNED =
            "handlers: { a: { type: 'null' }, b: { type: 'null' } }\nroot: { handlers: [a] }\n";

    @TempDir
    private Path directory;

    private String file(String content) throws IOException {
        return Files.writeString(directory.resolve("weir.yaml"), content).toString();
    }

    @Test
    void showsWhatIsInForceAsAConfigurationAgain() throws IOException {
        Run first = Run.of("", "check", file("loggers: { a.b: { level: \"${L:-debug}\" } }"));
        Run second = Run.of("", "check", file(first.out()));

        assertThat(first.status()).isZero();
        assertThat(first.out()).isEqualTo("""
                loggers:
                  a.b: { level: DEBUG }

                # Routes: what each logger logs, and which of it each handler gets.
                #   ROOT  INFO and above -> stdout
                #   a.b   DEBUG and above -> stdout
                """);
        assertThat(first.err()).isEqualTo("weir check: " + directory.resolve("weir.yaml") + ": no problems\n");
        assertThat(second.out()).isEqualTo(first.out());
    }

    @Test
    void endsWithOneForProblemsAndShowsNothingElse() throws IOException {
        String file = file("handlers: { a: { type: consol } }");
        Run run = Run.of("", "check", file);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .containsExactly(
                        file
                                + ":1:24: handlers.a.type: \"consol\" (expected: console, file, memory, null, http; did you mean console?)",
                        "weir check: the type consol is not on this class path; if it is in a jar of yours: java -cp "
                                + "weir-cli-all.jar:yours.jar dev.weir.cli.Main check …",
                        "weir check: " + file + ": 1 problem");
    }

    @Test
    void warningsAreProblemsOnlyIfThatIsWanted() throws IOException {
        Run lenient = Run.of("", "check", file(WARNED));
        Run strict = Run.of("", "check", "--strict", file(WARNED));

        assertThat(lenient.status()).isZero();
        assertThat(strict.status()).isEqualTo(1);
        assertThat(strict.out()).isEqualTo(lenient.out()).contains("b: { type: null }");
        assertThat(strict.err()).contains("warning: ", "handlers.b: nothing leads here", ": no problems, 1 warning\n");
        assertThat(Run.of("", "check", "--strict", file("")).status()).isZero();
    }

    @Test
    void endsWithTwoForWhatCannotBeRead() {
        String none = directory.resolve("none.yaml").toString();

        assertThat(Run.of("", "check", none))
                .isEqualTo(new Run(
                        2,
                        "",
                        "weir check: " + none + " (expected: a file that can be read; there is no such file)\n"));
        assertThat(Run.of("", "check", directory.toString()).status()).isEqualTo(2);
        assertThat(Run.of("", "check").err()).contains("no configuration is found");
        assertThat(Run.of("", "check", none, "--profiles", "a/b").err()).contains("--profiles: \"a/b\"");
    }

    @Test
    void endsWithTwoForACommandLineThatIsWrong() throws IOException {
        String file = file("");

        assertThat(Run.of("", "check", file, file).err()).contains("one file at a time");
        assertThat(Run.of("", "check", file, "--explain", "a").err()).contains("what is --explain here?");
        assertThat(Run.of("", "check", file, "--explain", "a", "loud").err()).contains("which level is loud?");
        assertThat(Run.of("", "check", file, "--schema").err()).contains("--schema stands alone");
        assertThat(Run.of("", "check", file, "--prepare").status()).isEqualTo(2);
    }

    @Test
    void explainsARecord() throws IOException {
        Run run = Run.of("", "check", file("root: { level: WARN }"), "--explain", "a.B", "info");

        assertThat(run.out()).isEqualTo("""
                1. a.B logs WARN and above, by the level of ROOT, the nearest above it that has one: INFO is not
                2. the call ends here: nothing is encoded, and no handler learns of it
                """);
        assertThat(run.status()).isZero();
    }

    @Test
    void whatItPrintsIsHarmlessOnATerminal() throws IOException {
        String name = "\"a\\u001b[31m\\u202e\\u2028x\"";
        Run run = Run.of("", "check", file("loggers: { " + name + ": { level: DEBUG } }"));

        assertThat(run.status()).isZero();
        assertThat(run.out())
                .doesNotContainPattern("[\\p{Cc}&&[^\\n]]|\\p{Cf}|\\p{Zl}")
                .contains("#   a?[31m??x  DEBUG");
        assertThat(Run.of("", "check", file(""), "--explain", "a\u001b\n", "INFO")
                        .out())
                .contains("1. a?? logs");
    }

    @Test
    void printsTheSchema() {
        Run run = Run.of("", "check", "--schema");

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("https://json-schema.org/draft/2020-12/schema", "\"handler-http\"");
    }
}
