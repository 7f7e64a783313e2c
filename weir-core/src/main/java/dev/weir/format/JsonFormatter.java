package dev.weir.format;

import dev.weir.Level;
import dev.weir.internal.record.RecordLayout;
import dev.weir.internal.record.RecordSections;
import dev.weir.internal.record.ValueTag;
import dev.weir.record.ByteOutput;
import dev.weir.record.ByteOutput.Escape;
import dev.weir.record.LogRecord;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object (RFC 8259) per line and record, which every strict parser takes whatever the record holds.
 *
 * <p>A preset says how times and levels look and which fields there are; {@link Builder#fields(List)} chooses and orders
 * them, {@link Builder#fields(Map)} also renames. These are the fields:
 *
 * <pre>
 * time             when it was logged
 * level            its level's name
 * severity_number  the same as OpenTelemetry's number
 * logger           the logger's name
 * thread           the emitting thread's name
 * thread_id        and its number
 * msg              the message with its arguments put in; "message" is another name for it
 * template         the message before that; null if it is null
 * trace_id         32 hexadecimal digits, if there is a trace
 * span_id          16, if there is a span
 * trace_flags      two, if there is a trace
 * context          what the thread carried (MDC): members of the object itself; under another name an object of its own
 * key_values       what the call added: likewise
 * exception        what {@link Throwable#printStackTrace} prints, if there is a throwable
 * markers          an array of names, if there are any
 * event            the event's name, if it has one
 * </pre>
 *
 * <p>A name stands once in an object. Among members of the same name a key-value counts more than the context, and the
 * later more than the earlier. One that is the name of one of the formatter's own fields becomes {@code attr.<name>},
 * present or not, so that no content can pass for them. A record that was shortened has {@code "truncated":true} at its
 * end.
 *
 * <p>Numbers, booleans, null, arrays and maps keep their types. NaN and the infinities, for which JSON has no number,
 * become strings, bytes become Base64. Control characters, DEL and line separators are escaped; everything else is
 * UTF-8 as it is.
 *
 * <p>One instance belongs to one handler. It allocates nothing for a record of text, integers and booleans,
 * once its logger, thread and template have been met.
 */
public final class JsonFormatter implements Formatter {
    private static final Fragment TRUNCATED = new Fragment(",\"truncated\":true");
    private static final Fragment END = new Fragment("}\n");
    private static final String TRUNCATED_NAME = "truncated";

    private final Step[] steps;
    private final ContextText contexts = new ContextText();
    private final Fragment[] levels;
    private final JsonValues values;
    private final StackTraces stackTraces = StackTraces.builder()
            .escape(Escape.JSON)
            .lineBreak("\\n")
            .indent("\\t")
            .build();
    private final boolean flatContext;
    private final boolean flatKeyValues;

    /** Whether the record being written has no key-values that are members of the object itself. */
    private boolean contextAlone;
    /** How many of the entries taken in are the context's, and how many there are, of the record being written. */
    private int contextEntries;

    private int allEntries;

    /** One member, or some in a row that the level, the logger and the thread alone decide. */
    private record Step(Member[] members, @Nullable OriginText kept) {}

    /**
     * A field.
     *
     * @param beginning what stands before its value: a comma, its name and a colon, and the quotation mark of a string
     * @param time writes the whole member, if it is a time
     */
    private record Member(
            JsonField field,
            Fragment beginning,
            boolean flat,
            @Nullable TimeText time) {}

    private JsonFormatter(Preset preset, Map<String, JsonField> fields, TimeText time) {
        List<Member> members = new ArrayList<>();
        List<String> names = new ArrayList<>(List.of(TRUNCATED_NAME));
        boolean context = false;
        boolean keyValues = false;
        for (Map.Entry<String, JsonField> entry : fields.entrySet()) {
            String name = entry.getKey();
            JsonField field = entry.getValue();
            boolean flat = isEntries(field) && name.equals(field.fieldName());
            String beginning = beginning(name, field);
            TimeText whole = field == JsonField.TIME ? time.within(beginning, "\"") : null;
            members.add(new Member(field, new Fragment(beginning), flat, whole));
            context |= flat && field == JsonField.CONTEXT;
            keyValues |= flat && field == JsonField.KEY_VALUES;
            if (!flat) {
                names.add(name);
            }
        }
        steps = steps(members);
        flatContext = context;
        flatKeyValues = keyValues;
        values = new JsonValues(names);
        levels = new Fragment[Level.COUNT];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = new Fragment(preset.levelName(Level.at(i)) + '"');
        }
    }

    /**
     * The preset {@code weir}: time, level, logger, thread, msg, trace_id, span_id, context, key_values, exception,
     * markers; times in RFC 3339, UTC, as {@code 2024-05-20T14:32:11.123456789Z}.
     *
     * @return a formatter for one handler
     */
    public static JsonFormatter weir() {
        return builder().build();
    }

    /**
     * The preset {@code python}: time, level, msg, trace_id, span_id, logger, thread, context, key_values, exception,
     * markers; times as Python's {@code logging} prints them, in the system's zone, as {@code 2024-05-20 14:32:11,123},
     * and Python's names of the levels.
     *
     * @return a formatter for one handler
     */
    public static JsonFormatter python() {
        return builder().preset("python").build();
    }

    /**
     * A formatter to be set up.
     *
     * @return begins with the preset {@code weir}
     */
    public static Builder builder() {
        return new Builder();
    }

    private static Step[] steps(List<Member> members) {
        List<Step> steps = new ArrayList<>();
        int next = 0;
        while (next < members.size()) {
            int from = next++;
            while (isOrigin(members.get(from)) && next < members.size() && isOrigin(members.get(next))) {
                next++;
            }
            Member[] run = members.subList(from, next).toArray(new Member[0]);
            steps.add(new Step(run, run.length > 1 ? new OriginText() : null));
        }
        return steps.toArray(new Step[0]);
    }

    @Override
    public void format(LogRecord record, ByteOutput out) {
        byte[] bytes = record.bytes();
        int start = record.start();
        int from = out.size();
        takeEntries(bytes, start);
        for (Step step : steps) {
            OriginText kept = step.kept;
            if (kept == null) {
                append(step.members[0], record, bytes, start, out);
            } else if (!kept.append(record, out)) {
                appendOrigin(step.members, kept, record, out);
            }
        }
        if (record.isTruncated()) {
            TRUNCATED.appendTo(out);
        }
        begin(from, out);
        END.appendTo(out);
    }

    private void appendOrigin(Member[] members, OriginText kept, LogRecord record, ByteOutput out) {
        int from = out.size();
        for (Member member : members) {
            append(member, record, record.bytes(), record.start(), out);
        }
        kept.keep(record, out, from);
    }

    /** Every member wrote a comma before itself: the first one's is where the object begins. */
    private static void begin(int from, ByteOutput out) {
        if (out.size() == from) {
            out.put('{');
        } else {
            out.array()[from] = '{';
        }
    }

    /** Takes in what becomes members of the object itself; a context alone is enough to be told when it is its turn. */
    private void takeEntries(byte[] bytes, int start) {
        int keyValues = flatKeyValues ? RecordSections.keyValuesAt(bytes, start) : 0;
        contextAlone = keyValues == 0;
        if (!contextAlone) {
            values.clear();
            contextEntries = flatContext ? values.take(bytes, RecordSections.contextAt(bytes, start)) : 0;
            allEntries = values.take(bytes, keyValues);
            values.dropRepeated(bytes);
        }
    }

    private void context(Member member, byte[] bytes, int start, ByteOutput out) {
        int section = RecordSections.contextAt(bytes, start);
        if (!member.flat || !contextAlone) {
            entries(member, bytes, section, 0, contextEntries, out);
        } else if (section != 0 && !contexts.append(bytes, start, section, out)) {
            int from = out.size();
            values.clear();
            int count = values.take(bytes, section);
            values.dropRepeated(bytes);
            values.appendTaken(bytes, 0, count, out);
            contexts.keep(bytes, start, section, JsonValues.skip(bytes, section), out, from);
        }
    }

    private void keyValues(Member member, byte[] bytes, int start, ByteOutput out) {
        if (!member.flat || !contextAlone) {
            entries(member, bytes, RecordSections.keyValuesAt(bytes, start), contextEntries, allEntries, out);
        }
    }

    /** The fields of nearly every record; kept small, since it is compiled into its caller only if it is. */
    private void append(Member member, LogRecord record, byte[] bytes, int start, ByteOutput out) {
        switch (member.field) {
            case TIME -> Objects.requireNonNull(member.time).append(record.timeNanos(), out);
            case MSG -> {
                member.beginning.appendTo(out);
                record.appendMessage(out, Escape.JSON);
                out.put('"');
            }
            case CONTEXT -> context(member, bytes, start, out);
            case KEY_VALUES -> keyValues(member, bytes, start, out);
            case TRACE_ID, SPAN_ID, TRACE_FLAGS -> trace(member, bytes, start, out);
            case EXCEPTION, MARKERS, EVENT -> rare(member, record, bytes, start, out);
            default -> always(member, record, bytes, start, out);
        }
    }

    private void always(Member member, LogRecord record, byte[] bytes, int start, ByteOutput out) {
        member.beginning.appendTo(out);
        switch (member.field) {
            case LEVEL -> levels[bytes[RecordLayout.levelAt(start)]].appendTo(out);
            case SEVERITY_NUMBER -> out.putDecimal(record.severityNumber());
            case LOGGER -> {
                byte[] name = record.loggerNameUtf8();
                out.putText(name, 0, name.length, Escape.JSON);
                out.put('"');
            }
            case THREAD -> JsonValues.string(bytes, RecordSections.threadNameAt(bytes, start), out);
            case THREAD_ID -> out.putDecimal(record.threadId());
            case TEMPLATE -> values.append(bytes, RecordSections.templateAt(bytes, start), out);
            default -> throw new IllegalStateException(member.field + " (expected: a field that every record has)");
        }
    }

    private static void trace(Member member, byte[] bytes, int start, ByteOutput out) {
        int flags = RecordSections.flags(bytes, start);
        int at = RecordLayout.traceAt(start);
        if ((flags & RecordLayout.FLAG_TRACE) == 0) {
            return;
        }
        if (member.field == JsonField.TRACE_ID) {
            hex(member, bytes, at, RecordLayout.TRACE_ID_BYTES, out);
        } else if (member.field == JsonField.TRACE_FLAGS) {
            hex(member, bytes, RecordLayout.traceFlagsAt(start), 1, out);
        } else if ((flags & RecordLayout.FLAG_NO_SPAN) == 0) {
            hex(member, bytes, at + RecordLayout.TRACE_ID_BYTES, RecordLayout.SPAN_ID_BYTES, out);
        }
    }

    private static void hex(Member member, byte[] bytes, int from, int count, ByteOutput out) {
        member.beginning.appendTo(out);
        out.putHex(bytes, from, count);
        out.put('"');
    }

    private void entries(Member member, byte[] bytes, int section, int from, int to, ByteOutput out) {
        if (member.flat) {
            values.appendTaken(bytes, from, to, out);
        } else if (section != 0) {
            member.beginning.appendTo(out);
            values.appendObject(bytes, section, out);
        }
    }

    private void rare(Member member, LogRecord record, byte[] bytes, int start, ByteOutput out) {
        if (member.field == JsonField.EXCEPTION) {
            if (record.hasThrowable()) {
                member.beginning.appendTo(out);
                stackTraces.append(record, out);
                out.put('"');
            }
            return;
        }
        byte key = member.field == JsonField.MARKERS ? RecordLayout.EXTRA_MARKERS : RecordLayout.EXTRA_EVENT_NAME;
        int value = RecordSections.extraAt(bytes, start, key);
        if (value != 0 && bytes[value] != ValueTag.NULL) {
            member.beginning.appendTo(out);
            values.append(bytes, value, out);
        }
    }

    private static boolean isOrigin(Member member) {
        return switch (member.field) {
            case LEVEL, LOGGER, THREAD, THREAD_ID -> true;
            default -> false;
        };
    }

    private static boolean isEntries(JsonField field) {
        return field == JsonField.CONTEXT || field == JsonField.KEY_VALUES;
    }

    private static String beginning(String name, JsonField field) {
        ByteOutput key = new ByteOutput(64);
        key.put(",\"");
        key.putText(name, Escape.JSON);
        key.put("\":");
        boolean quoted =
                switch (field) {
                    case TIME, LEVEL, LOGGER, MSG, TRACE_ID, SPAN_ID, TRACE_FLAGS, EXCEPTION -> true;
                    case SEVERITY_NUMBER, THREAD, THREAD_ID, TEMPLATE, CONTEXT, KEY_VALUES, MARKERS, EVENT -> false;
                };
        return key.toString() + (quoted ? "\"" : "");
    }

    private enum Preset {
        WEIR("time level logger thread msg trace_id span_id context key_values exception markers"),
        PYTHON("time level msg trace_id span_id logger thread context key_values exception markers");

        private final String fields;

        Preset(String fields) {
            this.fields = fields;
        }

        String levelName(Level level) {
            return this == PYTHON ? level.pythonName() : level.name();
        }

        static Preset of(String name) {
            return switch (name) {
                case "weir" -> WEIR;
                case "python" -> PYTHON;
                default -> throw new IllegalArgumentException("preset: " + name + " (expected: weir or python)");
            };
        }
    }

    /** Sets up a {@link JsonFormatter}. Used by one thread. */
    public static final class Builder {
        private Preset preset = Preset.WEIR;
        private @Nullable Map<String, JsonField> fields;
        private @Nullable ZoneId zone;

        private Builder() {}

        /**
         * How times and levels look, and which fields there are unless they are chosen.
         *
         * @param name {@code weir} or {@code python}
         * @return this
         * @throws IllegalArgumentException if there is no such preset
         */
        public Builder preset(String name) {
            preset = Preset.of(name);
            return this;
        }

        /**
         * Chooses and orders the fields.
         *
         * @param names as the class lists them, each once
         * @return this
         * @throws IllegalArgumentException if a name is not known or stands twice, or if there is none
         */
        public Builder fields(List<String> names) {
            Map<String, String> sources = new LinkedHashMap<>();
            for (String name : names) {
                if (sources.put(name, name) != null) {
                    throw new IllegalArgumentException("field: " + name + " (expected: each field once)");
                }
            }
            return fields(sources);
        }

        /**
         * Chooses, orders and names the fields.
         *
         * @param sources which field (as the class lists them) stands under which name, in the map's order
         * @return this
         * @throws IllegalArgumentException if a field is not known, if a name is {@code truncated}, or if there is none
         */
        public Builder fields(Map<String, String> sources) {
            if (sources.isEmpty()) {
                throw new IllegalArgumentException("fields: none (expected: at least one)");
            }
            Map<String, JsonField> chosen = new LinkedHashMap<>();
            for (Map.Entry<String, String> named : sources.entrySet()) {
                if (named.getKey().equals(TRUNCATED_NAME)) {
                    throw new IllegalArgumentException(
                            "field name: truncated (expected: another one, this tells that a record was shortened)");
                }
                chosen.put(named.getKey(), JsonField.of(named.getValue()));
            }
            fields = chosen;
            return this;
        }

        /**
         * In which zone the preset {@code python} writes times; the system's by default. The preset {@code weir} writes
         * UTC always.
         *
         * @param zone the zone
         * @return this
         */
        public Builder zone(ZoneId zone) {
            this.zone = Objects.requireNonNull(zone, "zone");
            return this;
        }

        /**
         * Ends the set-up.
         *
         * @return a new formatter, for one handler
         * @throws IllegalArgumentException if a zone was set for the preset {@code weir}
         */
        public JsonFormatter build() {
            if (preset == Preset.WEIR && zone != null) {
                throw new IllegalArgumentException("zone: " + zone + " (expected: none, the preset weir writes UTC)");
            }
            if (fields == null) {
                fields(List.of(preset.fields.split(" ")));
            }
            TimeText time = preset == Preset.WEIR
                    ? TimeText.rfc3339()
                    : TimeText.python(zone == null ? ZoneId.systemDefault() : zone);
            return new JsonFormatter(preset, Objects.requireNonNull(fields), time);
        }
    }
}
