package dev.weir.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is watched: the files of a configuration, there or not, and what leads to a reload.
 *
 * @param files what they held when they were read, by the names under which they were looked for; for one that could not be read
 *     the reason; none if all are within jars
 * @param triggers what leads to a reload
 */
record Watched(Map<Path, ByteBuffer> files, Set<Trigger> triggers) {
    /** As many links as the system follows. */
    private static final int MOST_LINKS = 40;

    /** Whether files are to be looked at. */
    boolean looksAtFiles() {
        return triggers.contains(Trigger.FILE) && !files.isEmpty();
    }

    /** What the files hold now, in the place of what they held. */
    Map<Path, ByteBuffer> content() {
        Map<Path, ByteBuffer> content = new LinkedHashMap<>();
        files.keySet().forEach(file -> content.put(file, content(file)));
        return content;
    }

    private static ByteBuffer content(Path file) {
        try {
            return ByteBuffer.wrap(BoundedFile.read(file, ConfigurationFile.MAX_BYTES));
        } catch (IOException e) {
            return failed(e);
        }
    }

    /** What stands for the content of a file that cannot be read. */
    static ByteBuffer failed(IOException e) {
        return ByteBuffer.wrap(BoundedFile.reason(e).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Directories in which something changes when a file does: its own, and that of each symbolic link that leads to it, as
     * Kubernetes lays them for a ConfigMap, where only a link in the middle changes.
     *
     * @return those that are there
     */
    Set<Path> directories() {
        Set<Path> directories = new LinkedHashSet<>();
        for (Path file : files.keySet()) {
            collect(file.toAbsolutePath(), directories);
        }
        directories.removeIf(directory -> !Files.isDirectory(directory));
        return directories;
    }

    private static void collect(Path file, Set<Path> directories) {
        Path rest = file.normalize();
        Path at = rest.getRoot();
        int links = 0;
        int next = 0;
        while (at != null && next < rest.getNameCount()) {
            Path named = at.resolve(rest.getName(next++));
            Path target = links < MOST_LINKS ? target(named) : null;
            if (target == null) {
                at = named;
                continue;
            }
            links++;
            directories.add(at);
            Path whole = at.resolve(target);
            rest = (next < rest.getNameCount() ? whole.resolve(rest.subpath(next, rest.getNameCount())) : whole)
                    .normalize();
            at = rest.getRoot();
            next = 0;
        }
        Path parent = at == null ? null : at.getParent();
        if (parent != null) {
            directories.add(parent);
        }
    }

    /** Where a symbolic link leads; null if it is none. */
    private static @Nullable Path target(Path link) {
        try {
            return Files.isSymbolicLink(link) ? Files.readSymbolicLink(link) : null;
        } catch (IOException gone) {
            return null;
        }
    }
}
