package dev.weir.examples.syslog;

import dev.weir.format.Formatter;
import dev.weir.format.TextFormatter;
import dev.weir.handler.Handler;
import dev.weir.spi.HandlerFactory;
import dev.weir.spi.Settings;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The type {@code syslog} of a configuration: a {@link SyslogHandler}, with the keys {@code host} and {@code app-name}, and,
 * with defaults, {@code port}, {@code facility} and {@code formatter}.
 */
public final class SyslogHandlerFactory implements HandlerFactory {
    private static final int PORT = 601;
    private static final int USER = 1;
    private static final int DAEMON = 3;
    private static final int LOCAL = 16;

    /** Called by {@link java.util.ServiceLoader}. */
    public SyslogHandlerFactory() {}

    private static Map<String, Integer> facilities() {
        Map<String, Integer> facilities = new LinkedHashMap<>();
        facilities.put("user", USER);
        facilities.put("daemon", DAEMON);
        for (int i = 0; i < 8; i++) {
            facilities.put("local" + i, LOCAL + i);
        }
        return facilities;
    }

    @Override
    public String type() {
        return "syslog";
    }

    /**
     * Makes a handler. All keys are read before anything is made of them, so that all that is wrong is reported at once.
     *
     * @throws IllegalArgumentException if a setting is out of its range; its message begins with the key
     */
    @Override
    public Handler create(Settings settings) {
        String host = settings.text("host");
        String appName = settings.text("app-name");
        int port = settings.number("port", PORT);
        int facility = settings.oneOf("facility", facilities(), USER);
        Formatter formatter = settings.formatter(TextFormatter.of("%(name)s: %(message)s"));
        return new SyslogHandler(host, port, facility, appName, formatter);
    }
}
