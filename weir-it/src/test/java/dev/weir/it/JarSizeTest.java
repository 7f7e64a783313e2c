package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Weir;
import dev.weir.slf4j.Slf4jLogger;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** What an application gets that takes in the core and the SLF4J provider. */
class JarSizeTest {
    private static final long MOST_BYTES = 600_000;

    @Test
    void coreAndProviderAreSmall() throws Exception {
        long core = jarBytes(Weir.class);
        long provider = jarBytes(Slf4jLogger.class);

        assertThat(core).isGreaterThan(100_000);
        assertThat(core + provider).isLessThan(MOST_BYTES);
    }

    /** Of the jar that a class comes from; of one that is made from its directory now, if it is not packaged yet. */
    private static long jarBytes(Class<?> type) throws IOException, URISyntaxException {
        Path place =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isRegularFile(place)) {
            return Files.size(place);
        }
        Counting counted = new Counting();
        try (ZipOutputStream jar = new ZipOutputStream(counted);
                Stream<Path> walk = Files.walk(place)) {
            List<Path> files = walk.filter(Files::isRegularFile).toList();
            for (Path file : files) {
                jar.putNextEntry(new ZipEntry(place.relativize(file).toString()));
                Files.copy(file, jar);
            }
        }
        return counted.bytes;
    }

    private static final class Counting extends OutputStream {
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] source, int from, int length) {
            bytes += length;
        }
    }
}
