package dev.weir.examples.syslog;

import dev.weir.format.Formatter;
import dev.weir.format.TextFormatter;
import dev.weir.handler.Handler;
import dev.weir.spi.HandlerFactory;
import dev.weir.spi.Key;
import dev.weir.spi.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The type {@code syslog} of a configuration: a {@link SyslogHandler}, with the keys {@code host} and {@code app-name}, and,
 * with defaults, {@code port}, {@code facility} and {@code formatter}.
 */
public final class SyslogHandlerFactory implements HandlerFactory {
    private static final int SYSLOG_CONN = 601;
    private static final int HIGHEST_PORT = 65_535;
    private static final int USER = 1;
    private static final int DAEMON = 3;
    private static final int LOCAL = 16;

    private static final Key<String> HOST = Key.text("host").required().says("Where the receiver is.");
    private static final Key<String> APP_NAME =
            Key.text("app-name").required().says("The name of the application, in every record.");
    private static final Key<Integer> PORT =
            Key.number("port").from(1).upTo(HIGHEST_PORT).otherwise(SYSLOG_CONN).says("Its TCP port.");
    private static final Key<Integer> FACILITY =
            Key.oneOf("facility", facilities()).otherwise(USER).says("The kind of program, by syslog's names.");

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

    @Override
    public List<Key<?>> keys() {
        return List.of(HOST, APP_NAME, PORT, FACILITY, Key.formatter());
    }

    /**
     * Makes a handler.
     *
     * @throws IllegalArgumentException if the name of the application is out of its range; its message begins with the key
     */
    @Override
    public Handler create(Settings settings) {
        Formatter formatter = settings.find(Key.formatter()).orElseGet(() -> TextFormatter.of("%(name)s: %(message)s"));
        return new SyslogHandler(
                settings.get(HOST), settings.get(PORT), settings.get(FACILITY), settings.get(APP_NAME), formatter);
    }
}
