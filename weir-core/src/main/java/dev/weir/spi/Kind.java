package dev.weir.spi;

import dev.weir.Level;
import dev.weir.format.Formatter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What may stand behind a {@link Key}: what a configuration checks, what a schema describes and what a builder is given are all
 * taken from it. The simple ones are made by {@link Key}'s own methods; these here are for values that are made of others.
 *
 * <p>Immutable; any thread.
 *
 * @param <T> what is read
 */
public sealed interface Kind<T> {
    /** What a scalar is. */
    enum Form {
        /** Any text. */
        TEXT,
        /** A path. */
        PATH,
        /** A whole number from 0 to 999,999,999. */
        NUMBER,
        /** A number of bytes: {@code 8MiB}. */
        BYTES,
        /** A length of time: {@code 250ms}. */
        DURATION,
        /** {@code true} or {@code false}. */
        BOOL,
        /** A level, by any name that {@link Level#ofName} knows. */
        LEVEL
    }

    /**
     * A single value.
     *
     * @param form how it is written
     * @param type what it is read as
     * @param least the least that is allowed, or null
     * @param most the most that is allowed, or null
     * @param <T> what it is read as
     */
    record Scalar<T>(
            Form form,
            Class<T> type,
            @Nullable T least,
            @Nullable T most) implements Kind<T> {}

    /**
     * One of several words.
     *
     * @param words what each stands for, in the order in which messages name them
     * @param <T> what they stand for
     */
    record Words<T>(Map<String, T> words) implements Kind<T> {
        /**
         * Keeps the words' order.
         *
         * @param words what each stands for
         */
        public Words {
            words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
        }
    }

    /**
     * The name of an entry of a section of the document.
     *
     * @param section as {@code handlers}
     */
    record NameOf(String section) implements Kind<String> {}

    /**
     * A list.
     *
     * @param item what its elements are
     * @param <T> what they are read as
     */
    record ListOf<T>(Kind<T> item) implements Kind<List<T>> {}

    /**
     * Values by names of the configuration's choice.
     *
     * @param value what stands behind each name
     * @param <T> what it is read as
     */
    record Named<T>(Kind<T> value) implements Kind<Map<String, T>> {}

    /**
     * Keys with values.
     *
     * @param keys those that are known
     */
    record Section(List<Key<?>> keys) implements Kind<Settings> {
        /**
         * Refuses two keys of one name.
         *
         * @param keys those that are known
         */
        public Section {
            keys = List.copyOf(keys);
            Set<String> names = new HashSet<>();
            for (Key<?> key : keys) {
                if (!names.add(key.name())) {
                    throw new IllegalArgumentException("the key " + key.name() + " is declared twice");
                }
            }
        }
    }

    /**
     * Something with a type of its own: a formatter, or, within the document, a handler or a filter.
     *
     * @param made what the type makes
     * @param <T> the same
     */
    record Made<T>(Class<T> made) implements Kind<T> {}

    /**
     * The first of several kinds that fits what is written there.
     *
     * @param kinds in the order in which messages name them
     * @param <T> what all are read as
     */
    record Either<T>(List<Kind<? extends T>> kinds) implements Kind<T> {
        /**
         * Keeps the order.
         *
         * @param kinds in the order in which messages name them
         */
        public Either {
            kinds = List.copyOf(kinds);
        }
    }

    /**
     * What is made of something that was read.
     *
     * @param kind of what was read
     * @param function its {@link IllegalArgumentException} is a problem of the value
     * @param <S> what was read
     * @param <T> what is made of it
     */
    record Converted<S, T>(Kind<S> kind, Function<S, T> function) implements Kind<T> {}

    /**
     * Any text.
     *
     * @return the kind
     */
    static Kind<String> text() {
        return new Scalar<>(Form.TEXT, String.class, null, null);
    }

    /**
     * A path. Whether there is such a file is not looked at.
     *
     * @return the kind; a relative one begins at the working directory
     */
    static Kind<Path> path() {
        return new Scalar<>(Form.PATH, Path.class, null, null);
    }

    /**
     * A whole number.
     *
     * @return the kind: from 0 to 999,999,999
     */
    static Kind<Integer> number() {
        return new Scalar<>(Form.NUMBER, Integer.class, null, null);
    }

    /**
     * A size: {@code 8MiB}.
     *
     * @return the kind: bytes, 0 or more
     */
    static Kind<Long> bytes() {
        return new Scalar<>(Form.BYTES, Long.class, null, null);
    }

    /**
     * A length of time: {@code 250ms}.
     *
     * @return the kind: zero or more
     */
    static Kind<Duration> duration() {
        return new Scalar<>(Form.DURATION, Duration.class, null, null);
    }

    /**
     * {@code true} or {@code false}.
     *
     * @return the kind
     */
    static Kind<Boolean> bool() {
        return new Scalar<>(Form.BOOL, Boolean.class, null, null);
    }

    /**
     * A level.
     *
     * @return the kind
     */
    static Kind<Level> level() {
        return new Scalar<>(Form.LEVEL, Level.class, null, null);
    }

    /**
     * One of several words.
     *
     * @param words what each stands for; messages name them in this order
     * @return the kind
     * @param <T> what they stand for
     */
    static <T> Kind<T> words(Map<String, T> words) {
        return new Words<>(words);
    }

    /**
     * A list.
     *
     * @param item what its elements are
     * @return the kind; what is read cannot be changed
     * @param <T> what they are read as
     */
    static <T> Kind<List<T>> listOf(Kind<T> item) {
        return new ListOf<>(item);
    }

    /**
     * Values by names of the configuration's choice.
     *
     * @param value what stands behind each name
     * @return the kind; what is read keeps the order, and cannot be changed
     * @param <T> what it is read as
     */
    static <T> Kind<Map<String, T>> named(Kind<T> value) {
        return new Named<>(value);
    }

    /**
     * Keys with values.
     *
     * @param keys those that are known
     * @return the kind
     * @throws IllegalArgumentException if two have the same name
     */
    static Kind<Settings> section(Key<?>... keys) {
        return new Section(List.of(keys));
    }

    /**
     * A formatter: described on the spot, by the name of one under {@code formatters}, or by its type alone.
     *
     * @return the kind; a new one for each place where it stands
     */
    static Kind<Formatter> formatter() {
        return new Made<>(Formatter.class);
    }

    /**
     * Another handler of the document, by its name.
     *
     * @return the kind
     */
    static Kind<String> handlerName() {
        return new NameOf("handlers");
    }

    /**
     * This, or else another kind.
     *
     * @param other what else may stand there; of two kinds of scalars, one is of words
     * @return the kind
     */
    default Kind<T> or(Kind<? extends T> other) {
        List<Kind<? extends T>> kinds = new ArrayList<>();
        if (this instanceof Either<T> several) {
            kinds.addAll(several.kinds());
        } else {
            kinds.add(this);
        }
        kinds.add(other);
        return new Either<>(kinds);
    }

    /**
     * What is made of what is read.
     *
     * @param function an {@link IllegalArgumentException} of it is a problem of the value
     * @return the kind
     * @param <R> what is made
     */
    default <R> Kind<R> as(Function<T, R> function) {
        return new Converted<>(this, Objects.requireNonNull(function, "function"));
    }
}
