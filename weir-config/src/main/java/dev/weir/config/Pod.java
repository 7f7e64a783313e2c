package dev.weir.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/**
 * Where the process runs, as far as it matters for its files: those on a container's own layer are gone with it, and nobody
 * collects them.
 *
 * @param inside whether this is a pod of Kubernetes
 * @param mounts the kernel's table of what is mounted where (proc_pid_mountinfo(5)); not there on other systems than Linux
 */
record Pod(boolean inside, Path mounts) {
    private static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
    private static final String LAYER = "overlay";
    /** Mount point, and type of the file system behind a number of optional fields. */
    private static final Pattern MOUNT = Pattern.compile("(?:\\S+ ){4}(\\S+) .*? - (\\S+) .*");

    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-3][0-7]{2})");

    static Pod of(Variables variables) {
        boolean inside =
                variables.environment().apply("KUBERNETES_SERVICE_HOST") != null || Files.isDirectory(SERVICE_ACCOUNT);
        return new Pod(inside, Path.of("/proc/self/mountinfo"));
    }

    /** Warns once of files that go with the container, where there is one. */
    void warn(@Nullable Node document, Reading reading) {
        if (!inside || document == null) {
            return;
        }
        for (NodeTuple entry : Mapping.of(document).section(References.HANDLERS).entries()) {
            Mapping handler = Mapping.of(entry.getValueNode());
            Node place = handler.get("path");
            String path = reading.text(place);
            boolean concerned =
                    Kubernetes.isFile(handler, reading) && !Kubernetes.isTrue(handler.get("volume"), reading);
            if (concerned && place != null && path != null && isOnLayer(path)) {
                reading.warning(
                        place,
                        References.HANDLERS + "." + Text.shortened(Mapping.key(entry))
                                + ": this file is in the container alone and ends with it (expected: the profile "
                                + "kubernetes, by " + Profiles.ENVIRONMENT + " or -D" + Profiles.PROPERTY
                                + ", which logs to stdout instead, or a path on a volume, and volume: true)");
                return;
            }
        }
    }

    private boolean isOnLayer(String path) {
        try {
            return LAYER.equals(fileSystem(existing(Path.of(path).toAbsolutePath())));
        } catch (IOException | InvalidPathException e) {
            return false; // no Linux, or a path that the handler will complain of
        }
    }

    /** The directory of a file, or where it would be made, without links. */
    private static Path existing(Path file) throws IOException {
        Path directory = file.getParent();
        while (directory != null && !Files.exists(directory)) {
            directory = directory.getParent();
        }
        return (directory == null ? file : directory).toRealPath();
    }

    /** What is mounted at a directory or nearest above it, last if several are. */
    private @Nullable String fileSystem(Path directory) throws IOException {
        String type = null;
        int depth = -1;
        for (String line : Files.readAllLines(mounts)) {
            Matcher mount = MOUNT.matcher(line);
            if (mount.matches()) {
                Path point = Path.of(unescaped(mount.group(1)));
                if (directory.startsWith(point) && point.getNameCount() >= depth) {
                    depth = point.getNameCount();
                    type = mount.group(2);
                }
            }
        }
        return type;
    }

    private static String unescaped(String field) {
        return ESCAPE.matcher(field)
                .replaceAll(escape ->
                        Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 8))));
    }
}
