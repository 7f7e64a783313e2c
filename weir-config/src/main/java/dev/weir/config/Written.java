package dev.weir.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a configuration says, as data: texts, numbers, {@link Size sizes}, times, levels, lists and maps by key. Two
 * descriptions are equal if they mean the same, however they are written: {@code 1024KiB} is {@code 1MiB}. By that a reload
 * knows what has not changed, and {@code check} shows what is in force.
 */
final class Written {
    private Written() {}

    /** A number of bytes. */
    record Size(long bytes) {
        @Override
        public String toString() {
            return ByteSize.text(bytes);
        }
    }

    /** One of several words; also one that YAML would take for something else than a text, as {@code null}. */
    record Word(String word) {
        @Override
        public String toString() {
            return word;
        }
    }

    /** What is never shown. */
    record Secret(Object hidden) {
        @Override
        public String toString() {
            return "***";
        }
    }

    /**
     * Something that stands elsewhere under a name.
     *
     * @param name shown in the place of what it stands for
     * @param described what it stands for
     */
    record Named(String name, Object described) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** What it means: with what stands elsewhere in the place of its name. */
    static Object meaning(Object written) {
        if (written instanceof Named named) {
            return meaning(named.described);
        } else if (written instanceof Map<?, ?> map) {
            Map<Object, Object> meant = new HashMap<>();
            map.forEach((key, value) -> meant.put(key, meaning(value)));
            return meant;
        } else if (written instanceof List<?> list) {
            return list.stream().map(Written::meaning).toList();
        }
        return written;
    }

    /** A value as it may be written in a file, in its usual unit. */
    static String text(Object written) {
        return written instanceof Duration time ? TimeSpan.text(time) : String.valueOf(written);
    }

    /** Whether a value is written on its own, and not as a list or by keys. */
    static boolean isScalar(Object written) {
        return !(written instanceof List) && !(written instanceof Map);
    }
}
