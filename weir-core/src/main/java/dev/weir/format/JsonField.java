package dev.weir.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a JSON object of a record can be made of, by the names the configuration uses. */
enum JsonField {
    TIME,
    LEVEL,
    LEVEL_VALUE,
    SEVERITY_NUMBER,
    LOGGER,
    THREAD,
    THREAD_ID,
    MSG,
    SHORT_MESSAGE,
    FULL_MESSAGE,
    TEMPLATE,
    TRACE_ID,
    SPAN_ID,
    TRACE_FLAGS,
    TRACE_SAMPLED,
    CONTEXT,
    KEY_VALUES,
    EXCEPTION,
    EXCEPTION_TYPE,
    EXCEPTION_MESSAGE,
    EXCEPTION_FRAMES,
    EXCEPTION_HASH,
    MARKERS,
    EVENT,
    CLASS,
    FUNCTION,
    FILE,
    LINE,
    LOCATION,
    VERSION,
    HOST,
    ADDED,
    /** Other members in an object of their own, which names with dots make. Not to be chosen. */
    OBJECT;

    /** The name in the configuration, and in the output unless another one is chosen. */
    String fieldName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether its entries can be members of the object itself, so that no name of its own is written. */
    boolean isEntries() {
        return this == CONTEXT || this == KEY_VALUES || this == ADDED;
    }

    /**
     * The field with a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static JsonField of(String name) {
        if (name.equals("message")) {
            return MSG;
        }
        List<String> known = new ArrayList<>();
        for (JsonField field : values()) {
            if (field == OBJECT) {
                continue;
            }
            if (field.fieldName().equals(name)) {
                return field;
            }
            known.add(field.fieldName());
        }
        throw new IllegalArgumentException("field: " + name + " (expected: one of " + String.join(", ", known) + ")");
    }
}
