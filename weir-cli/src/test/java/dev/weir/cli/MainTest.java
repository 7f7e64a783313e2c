package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    private static final String ALL = """
            <configuration>
              <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender"><encoder><pattern>%msg</pattern></encoder></appender>
              <root level="INFO"><appender-ref ref="OUT"/></root>
            </configuration>
            """;

    private static final String YAML = """
            version: 1

            handlers:
              OUT: { type: console, formatter: { type: text, pattern: "%msg" } }

            root: { level: INFO, handlers: [OUT] }
            """;

    @TempDir
    private Path directory;

    private static Run run(String in, String... arguments) {
        return Run.of(in, arguments);
    }

    private String file(String content) throws IOException {
        return Files.writeString(directory.resolve("in.xml"), content).toString();
    }

    @Test
    void writesTheResultToStandardOutput() throws IOException {
        Run run = run("", "convert", file(ALL));

        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("# Made of ").endsWith(YAML);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void readsStandardInput() {
        assertThat(run(ALL, "convert", "-").out()).endsWith(YAML);
    }

    @Test
    void writesANewFileAndOverwritesNone() throws IOException {
        Path out = directory.resolve("weir.yaml");

        Run first = run("", "convert", file(ALL), "-o", out.toString());
        Run second = run("", "convert", file("<configuration/>"), "-o", out.toString());

        assertThat(first.status()).isZero();
        assertThat(first.out()).isEmpty();
        assertThat(second.status()).isEqualTo(2);
        assertThat(second.err()).contains("there is such a file already");
        assertThat(out).content().endsWith(YAML);
    }

    @Test
    void saysByItsStatusThatSomethingWasNotConverted() throws IOException {
        Run run = run("", "convert", file(ALL.replace("<root", "<include file=\"b.xml\"/><root")));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("# not converted: 3: <include file=\"b.xml\"> (");
        assertThat(run.err()).contains("in.xml: 1 thing was not converted");
    }

    @Test
    void saysWhyAFileCannotBeRead() throws IOException {
        String missing = directory.resolve("none.xml").toString();

        assertThat(run("", "convert", missing))
                .isEqualTo(new Run(2, "", "weir convert: " + missing + ": there is no such file or directory\n"));
        assertThat(run("", "convert", directory.toString()).status()).isEqualTo(2);
        assertThat(run("", "convert", "a\0b").status()).isEqualTo(2);
        assertThat(run("", "convert", file("<configuration>")).err()).contains("in.xml: 1: not well-formed XML");
    }

    @Test
    void refusesWhatIsNoneOfTheThreeAndSaysWhatToDo() {
        assertThat(run("<log4j:configuration xmlns:log4j='l'><appender/></log4j:configuration>", "convert", "-")
                        .err())
                .contains("Log4j");
        assertThat(run("<beans/>", "convert", "-").err()).contains("<beans> is no configuration of logging");
        assertThat(run("<included><appender/></included>", "convert", "-").err())
                .contains("a part of a logback.xml");
        assertThat(run("log4j.rootLogger=INFO, A\n", "convert", "-").err()).contains("properties of Log4j 1");
        assertThat(run("rootLogger.level = INFO\nappender.a.type = Console\n", "convert", "-")
                        .err())
                .contains("properties of Log4j 2");
        assertThat(run("Configuration:\n  Appenders: {}\n", "convert", "-").err())
                .contains("Log4j 2 as YAML or JSON");
        assertThat(run("version: 1\nhandlers: { a: { type: console } }\n", "convert", "-")
                        .err())
                .contains("a weir.yaml already");
        assertThat(run("[1, 2]", "convert", "-").err()).contains("not a configuration");
        assertThat(run("", "convert", "-").err()).contains("nothing in it");
        assertThat(run("a: 1", "convert", "-").status()).isEqualTo(2);
    }

    @Test
    void explainsItself() {
        assertThat(run("", "--help").out()).contains("convert FILE [-o OUT]");
        assertThat(run("", "convert", "--help").out()).contains("usage: weir convert FILE");
        assertThat(run("", "--version").out()).startsWith("weir ");
        assertThat(run("", "--help").status()).isZero();
    }

    @Test
    void refusesACommandLineThatIsWrong() {
        assertThat(run("").status()).isEqualTo(2);
        assertThat(run("", "convrt").err()).contains("there is no command convrt");
        assertThat(run("", "convert").err()).contains("which file?");
        assertThat(run("", "convert", "a", "b").err()).contains("one file at a time");
        assertThat(run("", "convert", "a", "-o").err()).contains("what is -o here?");
        assertThat(run("", "convert", "-x", "a").status()).isEqualTo(2);
    }
}
