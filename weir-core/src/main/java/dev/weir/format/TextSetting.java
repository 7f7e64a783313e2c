package dev.weir.format;

import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the pieces of a text format are made with.
 *
 * @param datefmt how {@code asctime} looks; null for Python's way
 * @param zone of times
 * @param defaults what is shown for a name that a record does not have
 * @param coloured whether colours are shown
 */
record TextSetting(@Nullable String datefmt, ZoneId zone, Map<String, String> defaults, boolean coloured) {
    TimeText asctime() {
        return datefmt == null ? TimeText.python(zone) : TimeText.strftime(datefmt, zone);
    }
}
