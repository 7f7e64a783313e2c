package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.handler.Handler;
import dev.weir.handler.TestProcess;
import dev.weir.record.LogRecord;
import dev.weir.spi.ConfigurationSource;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The first use of Weir in a process, which configures it. */
@Timeout(60)
class FirstStartTest {
    @TempDir
    Path services;

    /** Uses Weir again and again while it is asked what Weir is to be. */
    public static final class CallsBack implements ConfigurationSource {
        private static int configured;

        @Override
        public String configure(PipelineBuilder builder) {
            configured++;
            for (int i = 0; i < 2; i++) {
                try {
                    Weir.current();
                    print("started within");
                } catch (IllegalStateException expected) {
                    print(expected.getMessage());
                }
            }
            builder.handler("silent", new Handler() {
                @Override
                public boolean emit(LogRecord record) {
                    return true;
                }

                @Override
                public void flush() {}
            });
            return "none";
        }

        public static void main(String[] arguments) {
            Weir.current();
            print("configured " + configured);
        }

        @SuppressWarnings("SystemOut")
        private static void print(String line) {
            System.out.println(line);
        }
    }

    @Test
    void whoConfiguresWeirAndCallsItTwiceStartsNoOther() throws Exception {
        Path file = services.resolve("META-INF/services/" + ConfigurationSource.class.getName());
        Files.createDirectories(file.getParent());
        Files.writeString(file, CallsBack.class.getName());
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        TestProcess.classPath(CallsBack.class, Weir.class) + File.pathSeparator + services,
                        CallsBack.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();

        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(printed.lines())
                .containsExactly(
                        "Weir was called by what is about to configure it",
                        "Weir was called by what is about to configure it",
                        "configured 1");
    }
}
