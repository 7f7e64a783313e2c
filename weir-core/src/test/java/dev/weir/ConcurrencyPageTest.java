package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/concurrency.md names what is there, and all of it that says of itself that threads share it. */
class ConcurrencyPageTest {
    private static final Path PAGE = Path.of("../docs/concurrency.md");
    private static final Path CLASSES = Path.of("target/classes");
    private static final Path STRESS = Path.of("../weir-stress/src/main/java");
    private static final Path ROOT = Path.of("..");

    @ParameterizedTest
    @ValueSource(strings = {"internal/journal", "internal/emit", "internal/drain", "internal/pipeline", "handler"})
    void namesEverySharedField(String part) throws Exception {
        String page = Files.readString(PAGE);
        List<String> missing = new ArrayList<>();
        for (Class<?> type : classes("dev/weir/" + part)) {
            for (Field field : type.getDeclaredFields()) {
                if (isShared(field) && !page.contains(field.getName() + '`') && !page.contains("." + field.getName())) {
                    missing.add(type.getSimpleName() + '.' + field.getName());
                }
            }
        }

        assertThat(missing).isEmpty();
    }

    private static boolean isShared(Field field) {
        return Modifier.isVolatile(field.getModifiers())
                || field.getType().getName().startsWith("java.util.concurrent.");
    }

    private static List<Class<?>> classes(String folder) throws IOException, ClassNotFoundException {
        List<Class<?>> classes = new ArrayList<>();
        try (Stream<Path> files = Files.list(CLASSES.resolve(folder))) {
            for (Path file : files.toList()) {
                String name =
                        CLASSES.relativize(file).toString().replace('/', '.').replace('\\', '.');
                if (name.endsWith(".class") && !name.endsWith("package-info.class")) {
                    classes.add(Class.forName(
                            name.substring(0, name.length() - ".class".length()),
                            false,
                            ConcurrencyPageTest.class.getClassLoader()));
                }
            }
        }
        assertThat(classes).isNotEmpty();
        return classes;
    }

    @Test
    void namesNoTestThatIsNotThere() throws IOException {
        String page = Files.readString(PAGE);
        List<String> missing = new ArrayList<>();
        Matcher stress = Pattern.compile("jc:(\\w+)").matcher(page);
        while (stress.find()) {
            if (!exists(STRESS, stress.group(1) + ".java", "")) {
                missing.add(stress.group());
            }
        }
        Matcher tests = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`").matcher(page);
        while (tests.find()) {
            String method = tests.group(2) == null ? "" : " " + tests.group(2) + "(";
            if (!exists(ROOT, tests.group(1) + ".java", method)) {
                missing.add(tests.group());
            }
        }

        assertThat(missing).isEmpty();
    }

    private static boolean exists(Path under, String file, String content) throws IOException {
        try (Stream<Path> files = Files.find(
                under,
                12,
                (path, attributes) -> path.endsWith(file) && path.toString().contains("src"))) {
            for (Path path : files.toList()) {
                if (Files.readString(path).contains(content)) {
                    return true;
                }
            }
        }
        return false;
    }
}
