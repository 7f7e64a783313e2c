package dev.weir.handler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Whether one of the process's descriptors is a terminal that shows colours.
 *
 * <p>{@link System#console} does not tell: it is about standard input and output together and says nothing of standard error,
 * and from JDK 22 on it is there without any terminal. So the descriptor itself is looked at, by the name that the system has
 * for it: {@code /proc/self/fd/1}, or {@code /dev/fd/1} on macOS. If it is a device, the device's number tells which driver it
 * belongs to, and so whether it is a terminal or {@code /dev/null}. This needs no native code and asks no other process.
 *
 * <p>Of other systems, Windows among them, nothing is known, and so there are no colours there. Nor are there any if the
 * environment has {@code NO_COLOR}, no {@code TERM}, or one that is {@code dumb}.
 */
final class Terminal {
    private static final int FORMAT_MASK = 0xF000;
    private static final int CHARACTER_DEVICE = 0x2000;

    private Terminal() {}

    /** Of a descriptor of this process. */
    static boolean showsColours(int descriptor) {
        return isWanted(System::getenv) && isTerminal(descriptor, System.getProperty("os.name", ""));
    }

    /** By the environment. */
    static boolean isWanted(UnaryOperator<@Nullable String> environment) {
        String unwanted = environment.apply("NO_COLOR");
        String kind = environment.apply("TERM");
        return (unwanted == null || unwanted.isEmpty()) && kind != null && !kind.isEmpty() && !kind.equals("dumb");
    }

    static boolean isTerminal(int descriptor, String system) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("linux")) {
            return isDevice(Path.of("/proc/self/fd/" + descriptor), true);
        }
        return name.startsWith("mac") && isDevice(Path.of("/dev/fd/" + descriptor), false);
    }

    private static boolean isDevice(Path descriptor, boolean linux) {
        try {
            int mode = (Integer) Files.getAttribute(descriptor, "unix:mode");
            long device = (Long) Files.getAttribute(descriptor, "unix:rdev");
            return (mode & FORMAT_MASK) == CHARACTER_DEVICE
                    && (linux ? isLinuxTerminal(device) : isMacTerminal(device));
        } catch (IOException | RuntimeException e) { // not there, or a JDK that does not tell: not known, so no
            return false;
        }
    }

    /** By the major numbers of Documentation/admin-guide/devices.txt. */
    static boolean isLinuxTerminal(long device) {
        int major = (int) (((device >>> 8) & 0xFFF) | ((device >>> 32) & ~0xFFFL));
        boolean console = major == 4 || major == 5; // tty1, ttyS0; /dev/tty, /dev/console
        boolean pseudo = major >= 136 && major <= 143; // /dev/pts/0
        return console || pseudo || major == 204 || major == 229; // ttyAMA0; hvc0
    }

    /** Pseudo terminals, {@code /dev/ttys000}. */
    static boolean isMacTerminal(long device) {
        return ((device >>> 24) & 0xFF) == 16;
    }
}
