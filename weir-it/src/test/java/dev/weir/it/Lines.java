package dev.weir.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** What is in the files of a log. */
final class Lines {
    private Lines() {}

    /** Of a log and its rolled files, {@code NAME.1} or {@code NAME.1.gz} and so on, from the oldest line to the newest. */
    static Stream<String> ofRotated(Path directory, String name) throws IOException {
        Pattern rolled = Pattern.compile(Pattern.quote(name) + "\\.([0-9]+)(\\.gz)?");
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(directory)) {
            all.filter(file -> rolled.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.comparingInt(file -> {
                        Matcher matcher = rolled.matcher(file.getFileName().toString());
                        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
                    }))
                    .forEach(files::add);
        }
        files.add(directory.resolve(name));
        return files.stream().flatMap(Lines::of);
    }

    private static Stream<String> of(Path file) {
        try (InputStream in = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
                BufferedReader lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            return lines.lines().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
