package dev.weir.spi;

import dev.weir.Level;
import dev.weir.format.Formatter;
import dev.weir.format.JsonFormatter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a configuration says about one handler, filter or formatter beyond what it can say about all of them: values by key. Whoever reads a
 * key says what it expects there. Keys that nobody reads are unknown ones, and those that every handler has ({@code type},
 * {@code level}, {@code overflow} and so on) are read elsewhere.
 *
 * <p><b>Errors.</b> No method throws on account of what the configuration says. A value that is not as expected is reported
 * by the configuration, with its place, and so is a required one that is missing; whoever reads goes on with the default,
 * or with a stand-in of the same type, so that all that is wrong is found at once.
 *
 * <p>Used by one thread, within {@link TypeFactory#create}. What is returned does not change and may be kept, but not
 * the settings and their sections. The same key may be read again.
 */
public interface Settings {
    /**
     * Whether there is such a key, with any value. A key that is asked for exists, whether it is read then or not.
     *
     * @param key lower-case with dashes, as all keys
     * @return false if it is left to its default
     */
    boolean has(String key);

    /**
     * A text that must be there.
     *
     * @param key its key
     * @return may be empty; the stand-in is
     */
    String text(String key);

    /**
     * A text.
     *
     * @param key its key
     * @param otherwise the default
     * @return may be empty
     */
    String text(String key, String otherwise);

    /**
     * A path that must be there. Whether there is such a file is not looked at.
     *
     * @param key its key
     * @return the stand-in is the empty path
     */
    Path path(String key);

    /**
     * A path.
     *
     * @param key its key
     * @param otherwise the default
     * @return as it was written; a relative one begins at the working directory
     */
    Path path(String key, Path otherwise);

    /**
     * A whole number that must be there.
     *
     * @param key its key
     * @return from 0 to 999,999,999; the stand-in is 1
     */
    int number(String key);

    /**
     * A whole number.
     *
     * @param key its key
     * @param otherwise the default, which may be any number
     * @return from 0 to 999,999,999
     */
    int number(String key, int otherwise);

    /**
     * A size that must be there: {@code 8MiB}.
     *
     * @param key its key
     * @return bytes, 0 or more; the stand-in is 1
     */
    long bytes(String key);

    /**
     * A size: {@code 8MiB}.
     *
     * @param key its key
     * @param otherwise the default, in bytes
     * @return bytes, 0 or more
     */
    long bytes(String key, long otherwise);

    /**
     * A length of time that must be there: {@code 250ms}.
     *
     * @param key its key
     * @return zero or more; the stand-in is a second
     */
    Duration duration(String key);

    /**
     * A length of time: {@code 250ms}.
     *
     * @param key its key
     * @param otherwise the default
     * @return zero or more
     */
    Duration duration(String key, Duration otherwise);

    /**
     * {@code true} or {@code false}.
     *
     * @param key its key
     * @param otherwise the default
     * @return which
     */
    boolean bool(String key, boolean otherwise);

    /**
     * A level, by any name that {@link Level#ofName} knows.
     *
     * @param key its key
     * @param otherwise the default
     * @return which
     */
    Level level(String key, Level otherwise);

    /**
     * One of several names, which must be there.
     *
     * @param key its key
     * @param choices what each name stands for; messages name them in this order
     * @return what the name stands for; the stand-in is the first
     * @param <T> of what the names stand for
     */
    <T> T oneOf(String key, Map<String, T> choices);

    /**
     * One of several names.
     *
     * @param key its key
     * @param choices what each name stands for; messages name them in this order
     * @param otherwise what the default stands for
     * @return what the name stands for
     * @param <T> of what the names stand for
     */
    <T> T oneOf(String key, Map<String, T> choices, T otherwise);

    /**
     * A list of texts that must be there.
     *
     * @param key its key
     * @return in the order of the configuration; may be empty; the stand-in is
     */
    List<String> texts(String key);

    /**
     * A list of texts.
     *
     * @param key its key
     * @param otherwise the default
     * @return in the order of the configuration; may be empty
     */
    List<String> texts(String key, List<String> otherwise);

    /**
     * Texts by names of the configuration's choice, as the headers of a request, which must be there.
     *
     * @param key its key
     * @return in the order of the configuration; may be empty; the stand-in is
     */
    Map<String, String> namedTexts(String key);

    /**
     * Texts by names of the configuration's choice, as the headers of a request.
     *
     * @param key its key
     * @param otherwise the default
     * @return in the order of the configuration; may be empty
     */
    Map<String, String> namedTexts(String key, Map<String, String> otherwise);

    /**
     * A section with keys of its own. One that is not there is as an empty one: its keys have their defaults, and those
     * that are required are missing. If that is not meant, ask {@link #has} first.
     *
     * @param key its key
     * @return its settings
     */
    Settings section(String key);

    /**
     * The formatter, behind the key {@code formatter}; {@link JsonFormatter#weir()} by default.
     *
     * @return a new one, for one handler
     */
    default Formatter formatter() {
        return formatter(JsonFormatter.weir());
    }

    /**
     * The formatter, behind the key {@code formatter}.
     *
     * @param otherwise the default
     * @return a new one, for one handler, or the default
     */
    Formatter formatter(Formatter otherwise);
}
