package dev.weir.format;

import dev.weir.record.ByteOutput;
import dev.weir.record.ByteOutput.Escape;
import dev.weir.record.LogRecord;
import dev.weir.record.RecordValues;

/** Names of classes with their packages shortened to initials. */
final class ShortNames {
    private ShortNames() {}

    /**
     * Appends a name.
     *
     * @param name the place of a text
     */
    static void append(LogRecord record, int name, ByteOutput out, Escape escape) {
        RecordValues values = record.values();
        byte[] bytes = record.bytes();
        int end = values.textFrom(name) + values.textLength(name);
        int part = values.textFrom(name);
        for (int i = part; i < end; i++) {
            if (bytes[i] == '.') {
                out.putText(bytes, part, Math.min(KeyPatterns.characterEnd(bytes, part, i), i) - part, escape);
                out.put('.');
                part = i + 1;
            }
        }
        out.putText(bytes, part, end - part, escape);
    }
}
