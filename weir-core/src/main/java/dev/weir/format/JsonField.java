package dev.weir.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a JSON object of a record can be made of, by the names the configuration uses. */
enum JsonField {
    TIME,
    LEVEL,
    SEVERITY_NUMBER,
    LOGGER,
    THREAD,
    THREAD_ID,
    MSG,
    TEMPLATE,
    TRACE_ID,
    SPAN_ID,
    TRACE_FLAGS,
    CONTEXT,
    KEY_VALUES,
    EXCEPTION,
    MARKERS,
    EVENT;

    /** The name in the configuration, and in the output unless another one is chosen. */
    String fieldName() {
        return name().toLowerCase(Locale.ROOT);
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
            if (field.fieldName().equals(name)) {
                return field;
            }
            known.add(field.fieldName());
        }
        throw new IllegalArgumentException("field: " + name + " (expected: one of " + String.join(", ", known) + ")");
    }
}
