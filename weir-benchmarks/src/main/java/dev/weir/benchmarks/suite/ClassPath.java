package dev.weir.benchmarks.suite;

import dev.weir.benchmarks.peer.Peer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Of the class path of the suite, which has all peers, what one of them is to see. */
final class ClassPath {
    private static final String OWN = "weir-benchmarks-";
    private static final String TARGET = "target";
    private static final List<String> FOR_ALL = List.of("slf4j-api-", "HdrHistogram-");
    private static final List<String> FOR_JMH = List.of("jmh-core-", "jopt-simple-", "commons-math3-");

    private final List<Path> entries;

    ClassPath(String entries) {
        this.entries = Arrays.stream(entries.split(File.pathSeparator, -1))
                .map(Path::of)
                .toList();
    }

    /** For a measured process. */
    String of(Peer peer) {
        return join(Stream.of(List.of(OWN), FOR_ALL, peer.jars()));
    }

    /** For a process of JMH. */
    String withJmhOf(Peer peer) {
        return join(Stream.of(List.of(OWN), FOR_ALL, FOR_JMH, peer.jars()));
    }

    /** How large the jars are that an application of this peer needs. */
    long jarBytes(Peer peer) throws IOException {
        long sum = 0;
        for (Path entry : entries) {
            if (Files.isRegularFile(entry)
                    && begins(entry, Stream.concat(Stream.of("slf4j-api-"), peer.jars().stream()))) {
                sum += Files.size(entry);
            }
        }
        return sum;
    }

    private String join(Stream<List<String>> lists) {
        List<String> beginnings = lists.flatMap(List::stream).toList();
        return entries.stream()
                .filter(entry -> begins(entry, beginnings.stream()))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean begins(Path entry, Stream<String> beginnings) {
        String name = name(entry);
        return beginnings.anyMatch(name::startsWith);
    }

    /** A jar's name; of a module's directory of classes, the module's. */
    private static String name(Path entry) {
        Path parent = entry.toAbsolutePath().normalize().getParent();
        if (entry.endsWith("classes") && parent != null && parent.endsWith(TARGET) && parent.getParent() != null) {
            return String.valueOf(parent.getParent().getFileName()) + '-';
        }
        return String.valueOf(entry.getFileName());
    }
}
