package dev.weir.cli.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that want to read other files, call others, or take all memory and time. */
class HostileInputTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    @Test
    void readsNoFileByAnEntity() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "hunter2");

        String refusal = Converted.refusal("<!DOCTYPE configuration [ <!ENTITY e SYSTEM \"" + secret.toUri()
                + "\"> ]><configuration><property name=\"a\">&e;</property></configuration>");

        assertThat(refusal).contains("entity").doesNotContain("hunter2");
    }

    @Test
    void readsNoFileByXInclude() throws IOException {
        Path other = Files.writeString(directory.resolve("other.xml"), "<appender name=\"hunter2\"/>");

        Converted converted = Converted.ofLogback(
                "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"" + other.toUri() + "\"/>");

        assertThat(converted.yaml()).contains("include href=").doesNotContain("hunter2");
    }

    /** Whoever were called would be in the backlog of the socket, and accepted at once. */
    @Test
    void callsNobodyForADoctypeOrAnEntity() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String address = "http://127.0.0.1:" + socket.getLocalPort() + '/';

            String dtd = Converted.of("<!DOCTYPE configuration SYSTEM \"" + address + "a.dtd\"><configuration/>")
                    .keys();
            String parameter = Converted.refusal("<!DOCTYPE configuration [ <!ENTITY % p SYSTEM \"" + address
                    + "b.dtd\"> %p; <!ENTITY e SYSTEM \"" + address + "c\"> ]><configuration>&e;</configuration>");

            assertThat(dtd).contains("root: { level: DEBUG, handlers: [] }");
            assertThat(parameter).contains("entity");
            socket.setSoTimeout(1);
            assertThat(isCalled(socket)).isFalse();
        }
    }

    private static boolean isCalled(ServerSocket socket) throws IOException {
        try {
            socket.accept().close();
            return true;
        } catch (SocketTimeoutException nobody) {
            return false;
        }
    }

    @Test
    void expandsNoEntities() {
        StringBuilder doctype = new StringBuilder("<!DOCTYPE configuration [ <!ENTITY a0 \"ha\">");
        for (int i = 1; i < 40; i++) {
            doctype.append("<!ENTITY a")
                    .append(i)
                    .append(" \"&a")
                    .append(i - 1)
                    .append(";&a")
                    .append(i - 1)
                    .append(";\">");
        }

        String refusal = assertTimeoutPreemptively(
                SOON, () -> Converted.refusal(doctype + "]><configuration>&a39;</configuration>"));

        assertThat(refusal).contains("a39");
    }

    @Test
    void refusesWhatIsNestedTooDeeply() {
        assertThat(Converted.refusal("<configuration>" + "<a>".repeat(100_000))).contains("nested too deeply");
        assertThat(Converted.refusal("version: " + "[".repeat(100_000))).contains("nested too deeply");
        assertThat(Converted.refusal("version: 1\nhandlers: " + "{a: ".repeat(70) + '1' + "}".repeat(70)))
                .contains("nested too deeply");
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThat(Converted.refusal("<configuration>" + " ".repeat(Limits.MAX_BYTES) + "</configuration>"))
                .isEqualTo("too long (expected: at most 1048576 bytes)");
        assertThat(Converted.refusal("<configuration>" + "<a/>".repeat(60_000) + "</configuration>"))
                .contains("too much in it");
    }

    @Test
    void refusesAliasesThatMultiply() {
        StringBuilder yaml = new StringBuilder("version: 1\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            yaml.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [")
                    .append(("*a" + (i - 1) + ", ").repeat(7))
                    .append("]\n");
        }

        String refusal = assertTimeoutPreemptively(SOON, () -> Converted.refusal(yaml + "handlers: {}\n"));

        assertThat(refusal).doesNotContain("converted to");
    }

    @Test
    void refusesWhatHoldsItself() {
        String yaml = "version: 1\nhandlers: &a { <<: [*a, *a, *a, *a] }\n";

        String refusal = assertTimeoutPreemptively(SOON, () -> Converted.refusal(yaml));

        assertThat(refusal).isEqualTo("2: *a within what it stands for");
    }

    @Test
    void resolvesVariablesThatMultiplyOrReferToThemselvesUpToALimit() {
        StringBuilder properties = new StringBuilder("<property name=\"v0\" value=\"ha\"/>");
        for (int i = 1; i < 40; i++) {
            properties
                    .append("<property name=\"v")
                    .append(i)
                    .append("\" value=\"${v")
                    .append(i - 1)
                    .append("}${v")
                    .append(i - 1)
                    .append("}\"/>");
        }
        String file = "<appender name=\"A\" class=\"ch.qos.logback.core.FileAppender\"><file>%s</file></appender>";

        Converted multiplied =
                assertTimeoutPreemptively(SOON, () -> Converted.ofLogback(properties + file.formatted("${v39}")));
        Converted own =
                Converted.ofLogback("<property name=\"a\" value=\"${b}\"/><property name=\"b\" value=\"${a:-x}\"/>"
                        + file.formatted("${a}.log"));
        Converted nested = assertTimeoutPreemptively(
                SOON, () -> Converted.ofLogback(file.formatted("${".repeat(10_000) + "}".repeat(10_000))));

        assertThat(multiplied.yaml().length()).isLessThan(1_000_000);
        assertThat(own.keys()).contains("path: \"${sys:a:-x}.log\"");
        assertThat(nested.comments()).anyMatch(comment -> comment.contains("variables within variables"));
    }

    @Test
    void readsPatternsWithoutEnd() {
        String pattern = assertTimeoutPreemptively(
                SOON,
                () -> Converted.ofLogback(
                                "<appender name=\"A\" class=\"ch.qos.logback.core.ConsoleAppender\"><encoder><pattern>"
                                        + "%(".repeat(200_000) + "</pattern></encoder></appender>")
                        .keys());

        assertThat(pattern).contains(PatternText.DEFAULT);
    }

    /** A line feed in a value would end a comment, and what follows would be configuration. */
    @Test
    void keepsContentWithinComments() {
        Converted converted = Converted.of("<configuration><a b=\"x&#10;handlers: { evil: { type: console } }\">"
                + "&#10;root: { level: OFF }&#13;one: 1&#x2028;two: 2&#x85;three: 3</a></configuration>");

        assertThat(converted.problems()).isEmpty();
        assertThat(converted.keys()).isEqualTo("""
                version: 1

                handlers:
                  nothing: { type: null }

                root: { level: DEBUG, handlers: [] }
                """);
    }

    @Test
    void showsNoSecretInAComment() {
        assertThat(Converted.ofLogback("<mail password=\"hunter2\"><apiKey>hunter2</apiKey></mail>")
                        .yaml())
                .contains("password=\"***\"", "<apiKey>***")
                .doesNotContain("hunter2");
    }
}
