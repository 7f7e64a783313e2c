package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Weir;
import dev.weir.spi.ConfigurationSource;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's examples are what the code takes. */
class ReadmeTest {
    private static final Path README = Path.of("..", "README.md");
    private static final String IMPORTS = """
            import dev.weir.*;
            import dev.weir.filter.*;
            import dev.weir.format.*;
            import dev.weir.handler.*;
            import dev.weir.http.*;
            import java.net.URI;
            import java.nio.file.Path;
            import java.time.Duration;
            """;

    @TempDir
    Path directory;

    @Test
    void itsJavaCompiles() throws IOException {
        List<String> blocks = blocks("java");

        assertThat(blocks).hasSize(3);
        assertCompiles("File", "import org.slf4j.*;", blocks.get(0).replace("private static final ", "final "));
        assertCompiles("Builder", IMPORTS, blocks.get(1));
        assertCompiles("Options", IMPORTS, blocks.get(2));
    }

    @Test
    void itsConfigurationIsAccepted() throws IOException {
        List<String> blocks = blocks("yaml");
        assertThat(blocks).hasSize(1);
        Path file = Files.writeString(directory.resolve("weir.yaml"), blocks.get(0));
        ConfigurationSource source =
                ServiceLoader.load(ConfigurationSource.class).findFirst().orElseThrow();

        System.setProperty("weir.config", file.toString());
        try {
            assertThat(source.configure(Weir.builder())).contains(file.toString());
        } finally {
            System.clearProperty("weir.config");
        }
    }

    private static List<String> blocks(String language) throws IOException {
        Matcher matcher =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(README));
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private void assertCompiles(String name, String imports, String statements) {
        String source = imports + "\nclass " + name + " { interface Request { String getHeader(String name); }\n"
                + "void example(Request request) throws Exception {\n" + statements + "\n} }";
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = List.of(
                "-d", directory.toString(), "-cp", String.join(File.pathSeparator, Jvm.classPath()), "-proc:none");

        boolean compiled = compiler.getTask(messages, null, null, options, null, List.of(new Source(name, source)))
                .call();

        assertThat(compiled).describedAs("%s", messages).isTrue();
    }

    /** A class in memory. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name + JavaFileObject.Kind.SOURCE.extension), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
