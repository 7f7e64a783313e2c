package dev.weir.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
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

    /**
     * Whether the files hold something else now. A file that has become empty is one that somebody is about to write: nothing is
     * taken for changed until he has.
     */
    boolean hasChanged() {
        boolean changed = false;
        for (Map.Entry<Path, ByteBuffer> file : files.entrySet()) {
            ByteBuffer now = content(file.getKey());
            if (!now.equals(file.getValue())) {
                if (!now.hasRemaining()) {
                    return false;
                }
                changed = true;
            }
        }
        return changed;
    }

    /** What a file holds now. */
    static ByteBuffer content(Path file) {
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

    /** What matters in a directory. */
    static final class Places {
        /** Of files, links and directories, there or not. */
        final Set<Path> names = new HashSet<>();
        /** Whether a file is in it, or a link to it, and not only directories on the way. */
        boolean near;
    }

    /**
     * The directories in which something changes when a file does, or what leads to it: each directory on its way, since one may be
     * replaced as a whole, and each symbolic link, as Kubernetes lays them for a ConfigMap, where only a link in the middle
     * changes. Where a directory is missing the way ends.
     */
    Map<Path, Places> places() {
        Map<Path, Places> places = new LinkedHashMap<>();
        files.keySet().forEach(file -> collect(file.toAbsolutePath(), places));
        return places;
    }

    private static void collect(Path file, Map<Path, Places> places) {
        Path at = file.getRoot();
        Deque<Path> rest = new ArrayDeque<>();
        file.forEach(rest::add);
        int links = 0;
        while (at != null && !rest.isEmpty()) {
            Path name = rest.pop();
            Path named = at.resolve(name).normalize(); // what leads here has no links in it any more
            if (name.toString().equals(".") || name.toString().equals("..")) {
                at = named;
                continue;
            }
            Places here = places.computeIfAbsent(at, directory -> new Places());
            here.names.add(name);
            Path target = links < MOST_LINKS ? target(named) : null;
            here.near |= target != null || rest.isEmpty();
            if (target != null) {
                links++;
                at = target.isAbsolute() ? target.getRoot() : at;
                insert(target, rest);
            } else if (rest.isEmpty() || Files.isDirectory(named)) {
                at = named;
            } else {
                return;
            }
        }
    }

    private static void insert(Path target, Deque<Path> rest) {
        List<Path> names = new ArrayList<>();
        target.forEach(names::add);
        for (int i = names.size() - 1; i >= 0; i--) {
            rest.push(names.get(i));
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
