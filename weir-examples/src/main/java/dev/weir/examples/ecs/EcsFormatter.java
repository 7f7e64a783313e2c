package dev.weir.examples.ecs;

import dev.weir.format.Formatter;
import dev.weir.format.StackTraces;
import dev.weir.record.Attributes;
import dev.weir.record.ByteOutput;
import dev.weir.record.ByteOutput.Escape;
import dev.weir.record.LogRecord;
import dev.weir.record.RecordThrowables;
import dev.weir.record.RecordValues;
import dev.weir.record.ValueKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * One JSON object per line with the field names of the Elastic Common Schema, written from the bytes of the record. Context and
 * key-values are {@code labels}, where no name can collide with a field.
 *
 * <p>One instance belongs to one handler, whose worker is the one thread that calls it.
 */
public final class EcsFormatter implements Formatter {
    private static final byte[] TIMESTAMP = utf8("{\"@timestamp\":\"");
    private static final byte[] LEVEL = utf8("\",\"log.level\":\"");
    private static final byte[] LOGGER = utf8("\",\"log.logger\":\"");
    private static final byte[] MESSAGE = utf8("\",\"message\":\"");
    private static final byte[] THREAD = utf8(",\"process.thread.name\":\"");
    private static final byte[] TRACE = utf8(",\"trace.id\":\"");
    private static final byte[] SPAN = utf8(",\"span.id\":\"");
    private static final byte[] LABELS = utf8(",\"labels\":");
    private static final byte[] TAGS = utf8(",\"tags\":[");
    private static final byte[] ERROR_TYPE = utf8(",\"error.type\":\"");
    private static final byte[] ERROR_MESSAGE = utf8(",\"error.message\":\"");
    private static final byte[] STACK_TRACE = utf8(",\"error.stack_trace\":\"");
    private static final byte[] TRUE = utf8("true");
    private static final byte[] FALSE = utf8("false");
    private static final byte[] NULL = utf8("null");

    private final Attributes attributes = new Attributes();
    private final StackTraces stackTraces = StackTraces.builder()
            .escape(Escape.JSON)
            .lineBreak("\\n")
            .indent("\\t")
            .build();
    private final byte[] end;

    /**
     * A formatter.
     *
     * @param service the name of the service that logs
     */
    public EcsFormatter(String service) {
        ByteOutput constant = new ByteOutput(128);
        constant.put(",\"service.name\":\"");
        constant.putText(service, Escape.JSON);
        constant.put("\",\"ecs.version\":\"8.11.0\"}\n");
        end = utf8(constant.toString());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void format(LogRecord record, ByteOutput out) {
        out.put(TIMESTAMP);
        out.put(Instant.EPOCH.plusNanos(record.timeNanos()).toString());
        out.put(LEVEL);
        out.put(record.level().name());
        out.put(LOGGER);
        byte[] logger = record.loggerNameUtf8();
        out.putText(logger, 0, logger.length, Escape.JSON);
        out.put(MESSAGE);
        record.appendMessage(out, Escape.JSON); // "null" for a null message
        out.put('"');
        thread(record, out);
        trace(record, out);
        labels(record, out);
        tags(record, out);
        error(record, out);
        out.put(end);
    }

    /** A thread may have no name. */
    private static void thread(LogRecord record, ByteOutput out) {
        if (record.values().textLength(record.threadNameAt()) > 0) {
            out.put(THREAD);
            record.appendThreadName(out, Escape.JSON);
            out.put('"');
        }
    }

    /** Ids that are not there are left out: an id of zeros would be one. */
    private static void trace(LogRecord record, ByteOutput out) {
        if (record.hasTrace()) {
            out.put(TRACE);
            record.appendTraceId(out);
            out.put('"');
        }
        if (record.hasSpan()) {
            out.put(SPAN);
            record.appendSpanId(out);
            out.put('"');
        }
    }

    private void labels(LogRecord record, ByteOutput out) {
        RecordValues values = record.values();
        attributes.moveTo(record);
        int from = out.size();
        for (int i = 0; i < attributes.size(); i++) {
            int entry = attributes.entry(i);
            if (values.textLength(entry) > 0) { // Elasticsearch takes no empty names
                out.put(',');
                text(values, entry, out);
                out.put(':');
                value(values, values.valueOf(entry), out);
            }
        }
        if (out.size() > from) {
            out.put('}');
            out.insert(from, LABELS.length);
            for (int i = 0; i < LABELS.length; i++) {
                out.putByteAt(from + i, LABELS[i]);
            }
            out.putByteAt(from + LABELS.length, '{'); // was the first comma
        }
    }

    /** Labels are simple values: those that are not are written as they stand in a message. */
    private static void value(RecordValues values, int value, ByteOutput out) {
        switch (values.kind(value)) {
            case NULL -> out.put(NULL);
            case BOOLEAN -> out.put(values.booleanAt(value) ? TRUE : FALSE);
            case LONG -> out.putDecimal(values.longAt(value));
            case DOUBLE -> out.putDouble(values.doubleAt(value));
            case FLOAT -> out.putFloat(values.floatAt(value));
            case NUMBER -> values.appendText(values.textOf(value), out, Escape.NONE);
            case STRING, BYTES, ARRAY, MAP -> {
                out.put('"');
                values.append(value, out, Escape.JSON);
                out.put('"');
            }
        }
    }

    private static void tags(LogRecord record, ByteOutput out) {
        RecordValues values = record.values();
        int list = record.markersAt();
        int count = values.count(list);
        if (count == 0) {
            return;
        }
        out.put(TAGS);
        int marker = values.first(list);
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.put(',');
            }
            value(values, marker, out);
            marker = values.after(marker);
        }
        out.put(']');
    }

    private void error(LogRecord record, ByteOutput out) {
        RecordThrowables throwables = record.throwables();
        if (throwables.count() == 0) {
            return;
        }
        RecordValues values = record.values();
        int thrown = throwables.first();
        out.put(ERROR_TYPE);
        values.appendText(throwables.typeOf(thrown), out, Escape.JSON);
        out.put('"');
        int message = throwables.messageOf(thrown);
        if (values.kind(message) == ValueKind.STRING) {
            out.put(ERROR_MESSAGE);
            values.append(message, out, Escape.JSON);
            out.put('"');
        }
        out.put(STACK_TRACE);
        stackTraces.append(record, out);
        out.put('"');
    }

    private static void text(RecordValues values, int text, ByteOutput out) {
        out.put('"');
        values.appendText(text, out, Escape.JSON);
        out.put('"');
    }
}
