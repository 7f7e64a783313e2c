package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.ZstdInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that knows SLF4J alone, on the module path, on the class path, and in an image of its own. */
class ModulesTest {
    private static final Set<String> MODULES = Set.of(
            "dev.weir", "dev.weir.core", "dev.weir.slf4j", "dev.weir.config", "org.slf4j", "org.snakeyaml.engine");
    private static final String MAIN = "app/app.Main";

    @TempDir
    Path directory;

    private String libraries;
    private Path application;

    @BeforeEach
    void compileTheApplication() throws IOException {
        libraries = libraries();
        application = directory.resolve("app");
        Path sources = Files.createDirectories(directory.resolve("src/app"));
        Path module =
                Files.writeString(directory.resolve("src/module-info.java"), "module app { requires org.slf4j; }");
        Path main = Files.writeString(sources.resolve("Main.java"), """
                package app;
                public final class Main {
                    public static void main(String[] arguments) {
                        org.slf4j.LoggerFactory.getLogger(Main.class).info("from {}", "the module");
                    }
                }
                """);
        run("javac", "-d", application.toString(), "-p", libraries, module.toString(), main.toString());
    }

    @Test
    void findsTheProviderOnTheModulePath() throws Exception {
        assertLogged(Jvm.ofModule(directory, path(), MAIN).run());
    }

    @Test
    void readsItsConfigurationOnTheModulePath() throws Exception {
        Jvm.Result result = Jvm.ofModule(directory, path(), MAIN)
                .configuration("version: 1\nhandlers: { file: { type: file, path: app.log, formatter: text } }\n")
                .run();

        assertThat(result.exit()).as(result.toString()).isZero();
        assertThat(result.stdout()).isEmpty();
        assertThat(result.stderr()).isEmpty();
        assertThat(Jvm.lines(directory.resolve("app.log")))
                .singleElement()
                .asString()
                .endsWith("INFO [main] app.Main: from the module");
    }

    @Test
    void findsATypeOfHandlerThatAnotherModuleProvides() throws Exception {
        Path sources = Files.createDirectories(directory.resolve("src/types"));
        Path module = Files.writeString(sources.resolve("module-info.java"), """
                module types {
                    requires dev.weir.core;
                    provides dev.weir.spi.HandlerFactory with types.Plain;
                }
                """);
        Path factory = Files.writeString(sources.resolve("Plain.java"), """
                package types;

                import dev.weir.spi.Key;

                public final class Plain implements dev.weir.spi.HandlerFactory {
                    @Override
                    public String type() {
                        return "plain";
                    }

                    private static final Key<java.nio.file.Path> TO = Key.path("to").required();

                    @Override
                    public java.util.List<Key<?>> keys() {
                        return java.util.List.of(TO, Key.formatter());
                    }

                    @Override
                    public dev.weir.handler.Handler create(dev.weir.spi.Settings settings) {
                        return dev.weir.handler.FileHandler.of(settings.get(TO), settings.get(Key.formatter()));
                    }
                }
                """);
        Path types = directory.resolve("types");
        run("javac", "-d", types.toString(), "-p", libraries, module.toString(), factory.toString());

        Jvm.Result result = Jvm.ofModule(directory, path() + File.pathSeparator + types, MAIN)
                .configuration("handlers: { a: { type: plain, to: app.log, formatter: text } }\n")
                .run();

        assertThat(result.stderr()).isEmpty();
        assertThat(Jvm.lines(directory.resolve("app.log")))
                .singleElement()
                .asString()
                .endsWith("app.Main: from the module");
    }

    @Test
    void compressesByTheModuleOfZstdThatIsAdded() throws Exception {
        Files.writeString(directory.resolve("app.log"), "old\n");

        Jvm.Result result = Jvm.ofModule(directory, path() + File.pathSeparator + place(ZstdInputStream.class), MAIN)
                .options("--add-modules", "com.github.luben.zstd_jni")
                .configuration(
                        "handlers: { a: { type: file, path: app.log, rotate: { at-start: true, compress: zstd } } }\n")
                .run();

        assertThat(result.exit()).as(result.toString()).isZero();
        assertThat(result.stderr()).noneMatch(line -> line.startsWith("weir:")); // newer JVMs tell of native access
        try (InputStream in = new ZstdInputStream(Files.newInputStream(directory.resolve("app.log.1.zst")))) {
            assertThat(in).hasContent("old\n");
        }
    }

    private static Path place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    @Test
    void findsTheProviderOnTheClassPath() throws Exception {
        assertLogged(Jvm.ofClassPath(directory, path(), "app.Main").run());
    }

    @Test
    void keepsTheProviderInAnImageThatAddsTheModule() throws Exception {
        assumeTrue(ToolProvider.findFirst("jlink").isPresent(), "no jlink");
        Path image = directory.resolve("image");
        assumeTrue(link(image), "jlink has no modules of the JDK to link");

        assertLogged(Jvm.ofImage(directory, image, MAIN).run());
    }

    @Test
    void tellsThatAnImageHasNoJmxAndLogsAllTheSame() throws Exception {
        assumeTrue(ToolProvider.findFirst("jlink").isPresent(), "no jlink");
        Path image = directory.resolve("image");
        assumeTrue(link(image), "jlink has no modules of the JDK to link");

        Jvm.Result result = Jvm.ofImage(directory, image, MAIN)
                .configuration("jmx: true\nhandlers: { file: { type: file, path: app.log, formatter: text } }\n")
                .run();

        assertThat(result.exit()).as(result.toString()).isZero();
        assertThat(result.stderr())
                .singleElement()
                .asString()
                .startsWith("weir: jmx: the module java.management is not there ");
        assertThat(Jvm.lines(directory.resolve("app.log"))).hasSize(1);
    }

    /** False if this JDK came without what is needed for that. */
    private boolean link(Path image) {
        List<String> arguments =
                List.of("--add-modules", "app,dev.weir", "-p", path(), "--strip-debug", "--output", image.toString());
        try {
            run("jlink", arguments.toArray(String[]::new));
            return true;
        } catch (AssertionError failed) {
            if (Files.isDirectory(Path.of(System.getProperty("java.home"), "jmods"))) {
                throw failed;
            }
            return false;
        }
    }

    private static void assertLogged(Jvm.Result result) {
        assertThat(result.exit()).as(result.toString()).isZero();
        assertThat(result.stderr()).isEmpty();
        assertThat(result.stdout())
                .singleElement()
                .satisfies(line -> assertThat(StrictJson.parse(line))
                        .containsEntry("msg", "from the module")
                        .containsEntry("logger", "app.Main"));
    }

    private String path() {
        return application + File.pathSeparator + libraries;
    }

    /** What of the tests' class path is one of the modules that an application gets with {@code dev.weir:weir}. */
    private static String libraries() {
        List<String> found = new ArrayList<>();
        for (String entry : Jvm.classPath()) {
            if (Files.exists(Path.of(entry)) && modules(Path.of(entry)).stream().anyMatch(MODULES::contains)) {
                found.add(entry);
            }
        }
        assertThat(found).hasSize(MODULES.size());
        return String.join(File.pathSeparator, found);
    }

    private static Set<String> modules(Path entry) {
        try {
            return ModuleFinder.of(entry).findAll().stream()
                    .map(ModuleReference::descriptor)
                    .map(descriptor -> descriptor.name())
                    .collect(Collectors.toSet());
        } catch (FindException notAModule) {
            return Set.of();
        }
    }

    private static void run(String tool, String... arguments) {
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        int status = ToolProvider.findFirst(tool).orElseThrow().run(writer, writer, arguments);
        assertThat(status).as(() -> tool + ": " + output).isZero();
    }
}
