package dev.weir.spi;

import dev.weir.Level;
import dev.weir.format.Formatter;
import dev.weir.format.JsonFormatter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A key of a configuration, declared as data: its name, what may stand behind it, its default and what it is for. A type of
 * handler, filter or formatter {@linkplain TypeFactory#keys() declares} its own. From that the configuration is checked, the
 * schema for editors is made, and {@link Settings} are read, by {@link Settings#get} with the same key:
 *
 * <pre>{@code
 * private static final Key<String> HOST = Key.text("host").required().says("Where the collector is.");
 * private static final Key<Duration> TIMEOUT = Key.duration("timeout").from(Duration.ofMillis(1))
 *         .otherwise(Duration.ofSeconds(5)).says("The longest time of one exchange.");
 * }</pre>
 *
 * <p>Immutable; every method that sets something returns another key. Any thread.
 *
 * @param <T> what is read
 */
public final class Key<T> {
    private static final Key<Formatter> FORMATTER =
            new Key<>("formatter", Kind.formatter(), false, JsonFormatter::weir, "What a record looks like.", false);

    private final String name;
    private final Kind<T> kind;
    private final boolean required;
    private final @Nullable Supplier<T> otherwise;
    private final String text;
    private final boolean secret;

    private Key(
            String name, Kind<T> kind, boolean required, @Nullable Supplier<T> otherwise, String text, boolean secret) {
        this.name = Objects.requireNonNull(name, "name");
        this.kind = Objects.requireNonNull(kind, "kind");
        this.required = required;
        this.otherwise = otherwise;
        this.text = Objects.requireNonNull(text, "text");
        this.secret = secret;
    }

    /**
     * A key of any kind, which may be left out.
     *
     * @param name lower-case with dashes
     * @param kind what may stand behind it
     * @return the key
     * @param <T> what is read
     */
    public static <T> Key<T> of(String name, Kind<T> kind) {
        return new Key<>(name, kind, false, null, "", false);
    }

    /**
     * A text.
     *
     * @param name of the key
     * @return the key
     */
    public static Key<String> text(String name) {
        return of(name, Kind.text());
    }

    /**
     * A path; a relative one begins at the working directory.
     *
     * @param name of the key
     * @return the key
     */
    public static Key<Path> path(String name) {
        return of(name, Kind.path());
    }

    /**
     * A whole number, from 0 to 999,999,999.
     *
     * @param name of the key
     * @return the key
     */
    public static Key<Integer> number(String name) {
        return of(name, Kind.number());
    }

    /**
     * A size in bytes: {@code 8MiB}.
     *
     * @param name of the key
     * @return the key
     */
    public static Key<Long> bytes(String name) {
        return of(name, Kind.bytes());
    }

    /**
     * A length of time: {@code 250ms}.
     *
     * @param name of the key
     * @return the key
     */
    public static Key<Duration> duration(String name) {
        return of(name, Kind.duration());
    }

    /**
     * {@code true} or {@code false}.
     *
     * @param name of the key
     * @return the key
     */
    public static Key<Boolean> bool(String name) {
        return of(name, Kind.bool());
    }

    /**
     * A level, by any name that {@link Level#ofName} knows.
     *
     * @param name of the key
     * @return the key
     */
    public static Key<Level> level(String name) {
        return of(name, Kind.level());
    }

    /**
     * One of several words.
     *
     * @param name of the key
     * @param words what each stands for; messages name them in this order
     * @return the key
     * @param <T> what they stand for
     */
    public static <T> Key<T> oneOf(String name, Map<String, T> words) {
        return of(name, Kind.words(words));
    }

    /**
     * A list of texts.
     *
     * @param name of the key
     * @return the key
     */
    public static Key<List<String>> texts(String name) {
        return of(name, Kind.listOf(Kind.text()));
    }

    /**
     * Texts by names of the configuration's choice, as the headers of a request.
     *
     * @param name of the key
     * @return the key
     */
    public static Key<Map<String, String>> namedTexts(String name) {
        return of(name, Kind.named(Kind.text()));
    }

    /**
     * A section with keys of its own. One that is not there is read as an empty one, unless it is asked for by {@link
     * Settings#find}.
     *
     * @param name of the key
     * @param keys those within it
     * @return the key
     * @throws IllegalArgumentException if two have the same name
     */
    public static Key<Settings> section(String name, Key<?>... keys) {
        return of(name, Kind.section(keys));
    }

    /**
     * The formatter, behind the key {@code formatter}; {@link JsonFormatter#weir()} by default.
     *
     * @return the key; what is read with it is a new one, for one handler
     */
    public static Key<Formatter> formatter() {
        return FORMATTER;
    }

    // what differs

    /**
     * As this, but it must be there.
     *
     * @return another key
     */
    public Key<T> required() {
        return new Key<>(name, kind, true, null, text, secret);
    }

    /**
     * As this, with a default.
     *
     * @param value what is read if the key is not there
     * @return another key
     */
    public Key<T> otherwise(T value) {
        Objects.requireNonNull(value, "value");
        return new Key<>(name, kind, false, () -> value, text, secret);
    }

    /**
     * As this, with a text for people: what it is for, whole sentences.
     *
     * @param what the text
     * @return another key
     */
    public Key<T> says(String what) {
        return new Key<>(name, kind, required, otherwise, what, secret);
    }

    /**
     * As this, but its value is never shown: not in messages, and not by {@code check}.
     *
     * @return another key
     */
    public Key<T> secret() {
        return new Key<>(name, kind, required, otherwise, text, true);
    }

    /**
     * As this, with a least value.
     *
     * @param least what is allowed still
     * @return another key
     * @throws IllegalStateException if its values are no numbers, sizes or times
     */
    public Key<T> from(T least) {
        Kind.Scalar<T> scalar = comparable();
        return with(new Kind.Scalar<>(scalar.form(), scalar.type(), least, scalar.most()));
    }

    /**
     * As this, with a greatest value.
     *
     * @param most what is allowed still
     * @return another key
     * @throws IllegalStateException if its values are no numbers, sizes or times
     */
    public Key<T> upTo(T most) {
        Kind.Scalar<T> scalar = comparable();
        return with(new Kind.Scalar<>(scalar.form(), scalar.type(), scalar.least(), most));
    }

    private Kind.Scalar<T> comparable() {
        if (kind instanceof Kind.Scalar<T> scalar) {
            Kind.Form form = scalar.form();
            if (form == Kind.Form.NUMBER || form == Kind.Form.BYTES || form == Kind.Form.DURATION) {
                return scalar;
            }
        }
        throw new IllegalStateException("the key " + name + " has no numbers, sizes or times");
    }

    private Key<T> with(Kind<T> other) {
        return new Key<>(name, other, required, otherwise, text, secret);
    }

    /**
     * A key of this name and text for what is made of its values; a default is to be given anew.
     *
     * @param function an {@link IllegalArgumentException} of it is a problem of the value
     * @return another key
     * @param <R> what is made
     */
    public <R> Key<R> as(Function<T, R> function) {
        return new Key<>(name, kind.as(function), required, null, text, secret);
    }

    // what it is

    /**
     * Its name.
     *
     * @return lower-case with dashes
     */
    public String name() {
        return name;
    }

    /**
     * What may stand behind it.
     *
     * @return the kind
     */
    public Kind<T> kind() {
        return kind;
    }

    /**
     * Whether it must be there.
     *
     * @return true if it has no default and cannot be left out
     */
    public boolean isRequired() {
        return required;
    }

    /**
     * The default.
     *
     * @return null if it has none
     */
    public @Nullable T defaultValue() {
        return otherwise == null ? null : otherwise.get();
    }

    /**
     * What it is for.
     *
     * @return whole sentences, or empty
     */
    public String text() {
        return text;
    }

    /**
     * Whether its value is never shown.
     *
     * @return true for passwords and tokens
     */
    public boolean isSecret() {
        return secret;
    }

    @Override
    public String toString() {
        return name;
    }
}
