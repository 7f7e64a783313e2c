package dev.weir.handler;

import dev.weir.record.LoggerNames;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What tests need that run code in a process of its own. */
public final class TestProcess {
    static final LoggerNames NO_NAMES = new LoggerNames() {
        @Override
        public String name(int loggerId) {
            return "";
        }

        @Override
        public byte[] nameUtf8(int loggerId) {
            return new byte[0];
        }
    };

    private TestProcess() {}

    /** Where Maven has compiled these classes to. */
    public static String classPath(Class<?>... types) {
        return Arrays.stream(types).map(TestProcess::place).collect(Collectors.joining(File.pathSeparator));
    }

    private static String place(Class<?> type) {
        String name = type.getName().replace('.', '/') + ".class";
        for (String entry : List.of("target/classes", "target/test-classes")) {
            if (Files.exists(Path.of(entry, name))) {
                return Path.of(entry).toAbsolutePath().toString();
            }
        }
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString(); // a library
    }
}
