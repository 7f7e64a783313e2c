package dev.weir.format;

import dev.weir.Level;
import dev.weir.internal.record.RecordLayout;
import dev.weir.internal.record.RecordSections;
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
 * time               when it was logged
 * level              its level, as the preset has it
 * level_value        its level as Logback numbers it: 5000 to 50000
 * severity_number    the same as OpenTelemetry's number
 * logger             the logger's name
 * thread             the emitting thread's name
 * thread_id          and its number
 * msg                the message with its arguments put in; "message" is another name for it
 * short_message      the same; "-" if there is nothing in it
 * full_message       the message and the stack trace, if there is a throwable
 * template           the message before its arguments were put in; null if it is null
 * trace_id           32 hexadecimal digits, if there is a trace
 * span_id            16, if there is a span
 * trace_flags        two, if there is a trace
 * trace_sampled      true or false, if there is a trace
 * context            what the thread carried (MDC): members of the object itself; under another name an object of its own
 * key_values         what the call added: likewise
 * exception          what {@link Throwable#printStackTrace} prints, if there is a throwable
 * exception_type     its class, if there is one
 * exception_message  what it says, if it says something
 * exception_frames   an array with an object for it and each of its causes: class, message, frames
 * exception_hash     16 hexadecimal digits, the same wherever and whenever the same call fails
 * markers            an array of names, if there are any
 * event              the event's name, if it has one
 * class              the class that made the call, if it is known
 * function           its method
 * file               its source file
 * line               and the number of the line there
 * location           an object of file, line and function, if the file or the function is known
 * version            that of the preset's format, if it has one
 * host               the name of this machine, or the one that was set
 * added              the members that were added, of which each record has the same
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
    private static final Fragment END = new Fragment("}\n");
    private static final Fragment TRUE = new Fragment("true");
    private static final Fragment FALSE = new Fragment("false");

    private final Step[] steps;
    private final ContextText contexts = new ContextText();
    private final Fragment[] levels = new Fragment[Level.COUNT];
    private final Fragment truncated;
    private final JsonValues values;
    private final JsonRareFields rare;
    private final @Nullable KeyPatterns contextKeys;
    private final @Nullable KeyPatterns keyValueKeys;
    private final boolean flatContext;
    private final boolean flatKeyValues;

    /** Whether the record being written has no key-values that are members of the object itself. */
    private boolean contextAlone;
    /** How many of the entries taken in are the context's, and how many there are, of the record being written. */
    private int contextEntries;

    private int allEntries;

    /** One member, or some in a row that the level, the logger and the thread alone decide. */
    private record Step(JsonMember[] members, @Nullable OriginText kept) {}

    private JsonFormatter(Builder builder, JsonLayout layout) {
        List<JsonMember> members = layout.members();
        JsonPreset preset = builder.preset;
        steps = steps(members);
        flatContext = members.stream().anyMatch(member -> member.flat() && member.field() == JsonField.CONTEXT);
        flatKeyValues = members.stream().anyMatch(member -> member.flat() && member.field() == JsonField.KEY_VALUES);
        contextKeys = builder.contextKeys;
        keyValueKeys = builder.keyValueKeys;
        values = new JsonValues(preset, layout.reserved());
        rare = new JsonRareFields(
                preset, values, new JsonThrowables(builder.maxFrames, builder.rootFirst, builder.shortenPackages));
        truncated = new Fragment(",\"" + preset.truncatedName() + "\":" + (preset.isGelf() ? "\"true\"" : "true"));
        for (int i = 0; i < levels.length; i++) {
            levels[i] = new Fragment(preset.level(Level.at(i)));
        }
    }

    /**
     * The preset {@code weir}: time, level, logger, thread, msg, trace_id, span_id, context, key_values, exception,
     * markers, caller; times in RFC 3339, UTC, as {@code 2024-05-20T14:32:11.123456789Z}.
     *
     * @return a formatter for one handler
     */
    public static JsonFormatter weir() {
        return builder().build();
    }

    /**
     * The preset {@code python}: time, level, msg, trace_id, span_id, logger, thread, context, key_values, exception,
     * markers, caller; times as Python's {@code logging} prints them, in the system's zone, as {@code 2024-05-20 14:32:11,123},
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

    private static Step[] steps(List<JsonMember> members) {
        List<Step> steps = new ArrayList<>();
        int next = 0;
        while (next < members.size()) {
            int from = next++;
            while (members.get(from).isOrigin()
                    && next < members.size()
                    && members.get(next).isOrigin()) {
                next++;
            }
            JsonMember[] run = members.subList(from, next).toArray(new JsonMember[0]);
            boolean several = run.length > 1 || run[0].members().length > 0;
            steps.add(new Step(run, several && run[0].isOrigin() ? new OriginText() : null));
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
            truncated.appendTo(out);
        }
        begin(from, out);
        END.appendTo(out);
    }

    private void appendOrigin(JsonMember[] members, OriginText kept, LogRecord record, ByteOutput out) {
        int from = out.size();
        for (JsonMember member : members) {
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
            contextEntries = flatContext ? values.take(bytes, RecordSections.contextAt(bytes, start), contextKeys) : 0;
            allEntries = values.take(bytes, keyValues, keyValueKeys);
            values.dropRepeated(bytes);
        }
    }

    private void context(JsonMember member, LogRecord record, ByteOutput out) {
        byte[] bytes = record.bytes();
        int start = record.start();
        int section = RecordSections.contextAt(bytes, start);
        if (!member.flat()) {
            entries(member, bytes, section, contextKeys, out);
        } else if (!contextAlone) {
            values.appendTaken(record, 0, contextEntries, out);
        } else if (section != 0 && !contexts.append(bytes, start, section, out)) {
            int from = out.size();
            values.clear();
            int count = values.take(bytes, section, contextKeys);
            values.dropRepeated(bytes);
            values.appendTaken(record, 0, count, out);
            contexts.keep(bytes, start, section, JsonValues.skip(bytes, section), out, from);
        }
    }

    private void keyValues(JsonMember member, LogRecord record, ByteOutput out) {
        if (!member.flat()) {
            byte[] bytes = record.bytes();
            entries(member, bytes, RecordSections.keyValuesAt(bytes, record.start()), keyValueKeys, out);
        } else if (!contextAlone) {
            values.appendTaken(record, contextEntries, allEntries, out);
        }
    }

    private void entries(JsonMember member, byte[] bytes, int section, @Nullable KeyPatterns wanted, ByteOutput out) {
        if (section != 0) {
            member.beginning().appendTo(out);
            values.appendObject(bytes, section, wanted, out);
        }
    }

    /** The fields of nearly every record; kept small, since it is compiled into its caller only if it is. */
    private void append(JsonMember member, LogRecord record, byte[] bytes, int start, ByteOutput out) {
        switch (member.field()) {
            case TIME -> time(member, record, out);
            case MSG -> {
                member.beginning().appendTo(out);
                record.appendMessage(out, Escape.JSON);
                out.put('"');
            }
            case CONTEXT -> context(member, record, out);
            case KEY_VALUES -> keyValues(member, record, out);
            case TRACE_ID, SPAN_ID, TRACE_FLAGS, TRACE_SAMPLED -> trace(member, bytes, start, out);
            case LEVEL, LEVEL_VALUE, SEVERITY_NUMBER, LOGGER, THREAD, THREAD_ID, TEMPLATE, ADDED ->
                always(member, record, bytes, start, out);
            case OBJECT -> object(member, record, out);
            default -> rare.append(member, record, out);
        }
    }

    private static void time(JsonMember member, LogRecord record, ByteOutput out) {
        TimeText time = member.time();
        if (time == null) {
            member.beginning().appendTo(out);
            TimeText.appendSeconds(record.timeNanos(), out);
        } else {
            time.append(record.timeNanos(), out);
        }
    }

    private void always(JsonMember member, LogRecord record, byte[] bytes, int start, ByteOutput out) {
        member.beginning().appendTo(out);
        switch (member.field()) {
            case LEVEL -> levels[bytes[RecordLayout.levelAt(start)]].appendTo(out);
            case LEVEL_VALUE -> out.putDecimal(JsonPreset.levelValue(bytes[RecordLayout.levelAt(start)]));
            case SEVERITY_NUMBER -> out.putDecimal(record.severityNumber());
            case LOGGER -> {
                byte[] name = record.loggerNameUtf8();
                out.putText(name, 0, name.length, Escape.JSON);
                out.put('"');
            }
            case THREAD -> JsonValues.string(bytes, RecordSections.threadNameAt(bytes, start), out);
            case THREAD_ID -> out.putDecimal(record.threadId());
            case TEMPLATE -> values.append(bytes, RecordSections.templateAt(bytes, start), out);
            default -> {} // all of it is its beginning
        }
    }

    private static void trace(JsonMember member, byte[] bytes, int start, ByteOutput out) {
        int flags = RecordSections.flags(bytes, start);
        int at = RecordLayout.traceAt(start);
        if ((flags & RecordLayout.FLAG_TRACE) == 0) {
            return;
        }
        switch (member.field()) {
            case TRACE_ID -> hex(member, bytes, at, RecordLayout.TRACE_ID_BYTES, out);
            case TRACE_FLAGS -> hex(member, bytes, RecordLayout.traceFlagsAt(start), 1, out);
            case TRACE_SAMPLED -> {
                member.beginning().appendTo(out);
                boolean sampled = (bytes[RecordLayout.traceFlagsAt(start)] & 1) != 0;
                (sampled ? TRUE : FALSE).appendTo(out);
            }
            default -> {
                if ((flags & RecordLayout.FLAG_NO_SPAN) == 0) {
                    hex(member, bytes, at + RecordLayout.TRACE_ID_BYTES, RecordLayout.SPAN_ID_BYTES, out);
                }
            }
        }
    }

    private static void hex(JsonMember member, byte[] bytes, int from, int count, ByteOutput out) {
        member.beginning().appendTo(out);
        out.putHex(bytes, from, count);
        out.put('"');
    }

    /** Members of an object each begin with a comma, as all do; one without any is left out. */
    private void object(JsonMember member, LogRecord record, ByteOutput out) {
        int from = out.size();
        member.beginning().appendTo(out);
        int first = out.size();
        for (JsonMember inner : member.members()) {
            append(inner, record, record.bytes(), record.start(), out);
        }
        if (out.size() == first) {
            out.truncate(from);
        } else {
            out.array()[first] = '{';
            out.put('}');
        }
    }

    /** Sets up a {@link JsonFormatter}. Used by one thread. */
    public static final class Builder {
        private static final String TRACES = "/traces/";

        private JsonPreset preset = JsonPreset.WEIR;
        private @Nullable Map<String, JsonField> fields;
        /** Whether the fields stand under the names they were given, or under those of the preset. */
        private boolean named;

        private final Map<String, String> added = new LinkedHashMap<>();
        private boolean nested;
        private @Nullable KeyPatterns contextKeys;
        private @Nullable KeyPatterns keyValueKeys;
        private int maxFrames = Integer.MAX_VALUE;
        private boolean rootFirst;
        private boolean shortenPackages;
        private @Nullable String host;
        private @Nullable String project;
        private @Nullable ZoneId zone;

        private Builder() {}

        /**
         * How times and levels look, and which fields there are unless they are chosen.
         *
         * @param name {@code weir}, {@code python}, {@code ecs}, {@code logstash}, {@code gelf} or {@code gcp}
         * @return this
         * @throws IllegalArgumentException if there is no such preset
         */
        public Builder preset(String name) {
            preset = JsonPreset.of(name);
            return this;
        }

        // members

        /**
         * Chooses and orders the fields. Each has the name that the preset gives it, or else its own.
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
            fields(sources);
            named = false;
            return this;
        }

        /**
         * Chooses, orders and names the fields.
         *
         * @param sources which field (as the class lists them) stands under which name, in the map's order
         * @return this
         * @throws IllegalArgumentException if a field is not known, or if there is none
         */
        public Builder fields(Map<String, String> sources) {
            if (sources.isEmpty()) {
                throw new IllegalArgumentException("fields: none (expected: at least one)");
            }
            Map<String, JsonField> chosen = new LinkedHashMap<>();
            sources.forEach((name, source) -> chosen.put(name, JsonField.of(source)));
            fields = chosen;
            named = true;
            return this;
        }

        /**
         * Adds a member that is the same in every record, as the name of a service. It stands where the field {@code added}
         * does, or else behind all others.
         *
         * @param name its name; the preset {@code gelf} puts an underscore before it
         * @param value its text
         * @return this
         * @throws IllegalArgumentException if it has been added already
         */
        public Builder add(String name, String value) {
            Objects.requireNonNull(value, "value");
            if (added.putIfAbsent(Objects.requireNonNull(name, "name"), value) != null) {
                throw new IllegalArgumentException("add: " + name + " (expected: each name once)");
            }
            return this;
        }

        /**
         * Whether a dot in the name of a field, or of a member that was added, makes an object: {@code log.level} the member
         * {@code level} in the object {@code log}. Names with a slash and the keys of records stay whole.
         *
         * @param nest false, unless it is set
         * @return this
         */
        public Builder nested(boolean nest) {
            nested = nest;
            return this;
        }

        /**
         * Chooses which entries of the context (MDC) are written, by their keys.
         *
         * @param include patterns one of which a key must match; any key does if there is none. {@code *} stands for any text,
         *     {@code ?} for any character
         * @param exclude patterns none of which it may match
         * @return this
         */
        public Builder contextKeys(List<String> include, List<String> exclude) {
            contextKeys = KeyPatterns.of(include, exclude);
            return this;
        }

        /**
         * Chooses which key-values are written, by their keys.
         *
         * @param include as for {@link #contextKeys}
         * @param exclude as for {@link #contextKeys}
         * @return this
         */
        public Builder keyValueKeys(List<String> include, List<String> exclude) {
            keyValueKeys = KeyPatterns.of(include, exclude);
            return this;
        }

        // throwables

        /**
         * How many frames of each throwable are written; how many are not is told.
         *
         * @param most 0 or more; all, unless it is set
         * @return this
         */
        public Builder maxFrames(int most) {
            if (most < 0) {
                throw new IllegalArgumentException("max-frames: " + most + " (expected: 0 or more)");
            }
            maxFrames = most;
            return this;
        }

        /**
         * Whether the root cause comes first, and each throwable after its cause.
         *
         * @param first false, unless it is set
         * @return this
         */
        public Builder rootFirst(boolean first) {
            rootFirst = first;
            return this;
        }

        /**
         * Whether packages in the names of frames' classes are shortened to initials, as {@code o.h.i.Session}.
         *
         * @param shorten false, unless it is set
         * @return this
         */
        public Builder shortenPackages(boolean shorten) {
            shortenPackages = shorten;
            return this;
        }

        // surroundings

        /**
         * The value of the field {@code host}.
         *
         * @param name what the system says, unless it is set
         * @return this
         */
        public Builder host(String name) {
            host = Objects.requireNonNull(name, "host");
            return this;
        }

        /**
         * In which project of Google Cloud the traces are, for the preset {@code gcp}: their ids become {@code
         * projects/PROJECT/traces/ID}.
         *
         * @param id the project's id; none, unless it is set
         * @return this
         */
        public Builder project(String id) {
            project = Objects.requireNonNull(id, "project");
            return this;
        }

        /**
         * In which zone the presets {@code python} and {@code logstash} write times; the system's by default. The others
         * write UTC always.
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
         * @throws IllegalArgumentException if a name would stand twice, or if something was set that the preset has no place
         *     for
         */
        public JsonFormatter build() {
            checkSurroundings();
            String traces = project == null ? "" : "projects/" + project + TRACES;
            JsonLayout layout = new JsonLayout(preset, nested, preset.time(zone), traces);
            Map<String, JsonField> chosen = fields == null ? preset.fields() : fields;
            chosen.forEach((name, field) -> {
                boolean given = fields == null || named;
                add(given ? name : preset.nameOf(field, name), field, layout);
            });
            if (!chosen.containsValue(JsonField.ADDED)) {
                addAdded(layout);
            }
            return new JsonFormatter(this, layout);
        }

        private void checkSurroundings() {
            Map<String, JsonField> chosen = fields == null ? preset.fields() : fields;
            if (zone != null && !preset.hasZone()) {
                throw new IllegalArgumentException(
                        "zone: " + zone + " (expected: none, the preset " + preset.presetName() + " writes UTC)");
            }
            if (project != null && preset != JsonPreset.GCP) {
                throw new IllegalArgumentException("project: " + project + " (expected: none, but for the preset gcp)");
            }
            if (host != null && !chosen.containsValue(JsonField.HOST)) {
                throw new IllegalArgumentException("host: " + host + " (expected: none, there is no field host)");
            }
            if (nested && preset.isGelf()) {
                throw new IllegalArgumentException("nested: true (expected: false, GELF has no objects)");
            }
        }

        private void add(String name, JsonField field, JsonLayout layout) {
            switch (field) {
                case VERSION -> layout.addConstant(name, preset.version());
                case HOST -> layout.addConstant(name, host == null ? HostName.ofThisMachine() : host);
                case ADDED -> {
                    if (!name.equals(field.fieldName())) {
                        throw new IllegalArgumentException(
                                "field name: " + name + " (expected: added, whose members have names of their own)");
                    }
                    addAdded(layout);
                }
                default -> {
                    if (field.isEntries() && name.equals(field.fieldName())) {
                        layout.addFlat(field);
                    } else {
                        layout.add(name, field);
                    }
                }
            }
        }

        private void addAdded(JsonLayout layout) {
            added.forEach((name, value) -> layout.addConstant(preset.nameOfAdded(name), value));
        }
    }
}
