package dev.weir.format;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of this machine. Linux tells it by a file; elsewhere it is looked up, which may ask a name server. */
final class HostName {
    private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");

    private HostName() {}

    /** "localhost" if it cannot be found out. */
    static String ofThisMachine() {
        try {
            String name = Files.exists(LINUX)
                    ? Files.readString(LINUX).strip()
                    : InetAddress.getLocalHost().getHostName();
            return name.isEmpty() ? "localhost" : name;
        } catch (IOException e) { // an unknown host among them
            return "localhost";
        }
    }
}
