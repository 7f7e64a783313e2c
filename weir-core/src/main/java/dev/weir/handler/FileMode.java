package dev.weir.handler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who may read and write a new file.
 *
 * @param permissions of POSIX
 * @param exact whether the file gets them whatever the process's umask says
 */
record FileMode(Set<PosixFilePermission> permissions, boolean exact) {
    /** A new file can be read by its owner and group and written by its owner. */
    static final FileMode DEFAULT = new FileMode(PosixFilePermissions.fromString("rw-r-----"), false);

    /** What a file has as long as it is not decided who else may read it. */
    static final FileMode OWNER_ALONE = new FileMode(PosixFilePermissions.fromString("rw-------"), false);

    private static final FileAttribute<?>[] NO_ATTRIBUTES = {};
    private static final Pattern OCTAL = Pattern.compile("0?[0-7]{3}");
    /** From the lowest bit of a mode to the highest. */
    private static final PosixFilePermission[] BITS = {
        PosixFilePermission.OTHERS_EXECUTE,
        PosixFilePermission.OTHERS_WRITE,
        PosixFilePermission.OTHERS_READ,
        PosixFilePermission.GROUP_EXECUTE,
        PosixFilePermission.GROUP_WRITE,
        PosixFilePermission.GROUP_READ,
        PosixFilePermission.OWNER_EXECUTE,
        PosixFilePermission.OWNER_WRITE,
        PosixFilePermission.OWNER_READ
    };

    /**
     * Reads one as {@code chmod} does.
     *
     * @throws IllegalArgumentException if it is none, or the owner could not use the file
     */
    static FileMode of(String octal) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        if (OCTAL.matcher(octal).matches()) {
            int mode = Integer.parseInt(octal, 8);
            for (int bit = 0; bit < BITS.length; bit++) {
                if ((mode >> bit & 1) != 0) {
                    permissions.add(BITS[bit]);
                }
            }
        }
        if (!permissions.containsAll(OWNER_ALONE.permissions)) {
            throw new IllegalArgumentException("mode: \"" + octal
                    + "\" (expected: octal digits as 0640 or 0600, by which the owner can read and write)");
        }
        return new FileMode(permissions, true);
    }

    /** The same as a file has; {@link #DEFAULT} where files have none. */
    static FileMode ofFile(Path path) throws IOException {
        return isKnown(path)
                ? new FileMode(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS), true)
                : DEFAULT;
    }

    /** Whether files have permissions where a path leads to. */
    static boolean isKnown(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** What a file is created with, less the umask. */
    FileAttribute<?>[] attributes(Path path) {
        return isKnown(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : NO_ATTRIBUTES;
    }

    /** Gives a file that has just been created what the umask has kept back. */
    void complete(Path path, LinkOption... options) throws IOException {
        PosixFileAttributeView view =
                exact ? Files.getFileAttributeView(path, PosixFileAttributeView.class, options) : null;
        if (view != null) {
            view.setPermissions(permissions);
        }
    }

    /** In octal digits. */
    @Override
    public String toString() {
        int mode = 0;
        for (int bit = 0; bit < BITS.length; bit++) {
            mode |= permissions.contains(BITS[bit]) ? 1 << bit : 0;
        }
        return '0' + Integer.toOctalString(mode);
    }
}
