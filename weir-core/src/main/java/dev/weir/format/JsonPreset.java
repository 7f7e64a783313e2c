package dev.weir.format;

import dev.weir.Level;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a JSON object of a record looks like unless its fields are chosen, and how its times and levels look in any case. {@code
 * docs/formats.md} says where each comes from, and in what it differs from the encoder that has this format elsewhere.
 */
enum JsonPreset {
    WEIR("time level logger thread msg trace_id span_id context key_values exception markers caller=location"),
    PYTHON("time level msg trace_id span_id logger thread context key_values exception markers" + " caller=location"),
    ECS("@timestamp=time log.level=level message=msg ecs.version=version tags=markers added process.thread.name=thread"
            + " log.logger=logger trace.id=trace_id span.id=span_id context key_values log.origin.file.name=file"
            + " log.origin.file.line=line log.origin.function=function error.type=exception_type"
            + " error.message=exception_message error.stack_trace=exception"),
    LOGSTASH("@timestamp=time @version=version message=msg logger_name=logger thread_name=thread level level_value"
            + " caller_class_name=class caller_method_name=function caller_file_name=file caller_line_number=line"
            + " stack_trace=exception trace_id span_id context key_values added tags=markers"),
    GELF("version host short_message full_message timestamp=time level _logger_name=logger _thread_name=thread added"
            + " _source_class_name=class _source_method_name=function _source_file_name=file _source_line_number=line"
            + " _trace_id=trace_id _span_id=span_id context key_values _marker=markers"),
    GCP("severity=level time message=msg logging.googleapis.com/trace=trace_id logging.googleapis.com/spanId=span_id"
            + " logging.googleapis.com/trace_sampled=trace_sampled logging.googleapis.com/sourceLocation=location logger"
            + " thread context key_values added stack_trace=exception markers");

    /** What GELF takes as a name that is not its own. */
    private static final Pattern GELF_NAME = Pattern.compile("_[A-Za-z0-9_.-]+");

    private static final Set<String> GELF_NAMES =
            Set.of("version", "host", "short_message", "full_message", "timestamp", "level");

    /** What has a value that GELF does not: its values are texts and numbers. */
    private static final Set<JsonField> NOT_IN_GELF = Set.of(
            JsonField.CONTEXT,
            JsonField.KEY_VALUES,
            JsonField.EXCEPTION_FRAMES,
            JsonField.LOCATION,
            JsonField.TRACE_SAMPLED);

    private static final int[] LOGBACK_LEVELS = {5000, 10_000, 20_000, 30_000, 40_000, 50_000};

    private final String members;

    /** Of fields, each with the name that it has if that is another one. */
    JsonPreset(String members) {
        this.members = members;
    }

    /**
     * The preset with a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static JsonPreset of(String name) {
        for (JsonPreset preset : values()) {
            if (preset.presetName().equals(name)) {
                return preset;
            }
        }
        throw new IllegalArgumentException("preset: " + name + " (expected: weir, python, ecs, logstash, gelf or gcp)");
    }

    String presetName() {
        return name().toLowerCase(Locale.ROOT);
    }

    // members

    /** The fields by the names they have here, in their order. */
    Map<String, JsonField> fields() {
        Map<String, JsonField> fields = new LinkedHashMap<>();
        for (String member : members.split(" ", -1)) {
            int equals = member.indexOf('=');
            String field = member.substring(equals + 1);
            fields.put(equals < 0 ? field : member.substring(0, equals), JsonField.of(field));
        }
        return fields;
    }

    /** The name that a field has here if it is chosen by another one. */
    String nameOf(JsonField field, String otherwise) {
        for (Map.Entry<String, JsonField> entry : fields().entrySet()) {
            if (entry.getValue() == field && this != WEIR && this != PYTHON) {
                return entry.getKey();
            }
        }
        return field.isEntries() ? otherwise : entryPrefix() + otherwise;
    }

    /** The name that a member gets which is added under this one. */
    String nameOfAdded(String name) {
        return name.startsWith(entryPrefix()) ? name : entryPrefix() + name;
    }

    /**
     * Checks the name of a member.
     *
     * @throws IllegalArgumentException if the format has no place for it
     */
    void check(String name, JsonField field) {
        if (this != GELF) {
            return;
        }
        if (NOT_IN_GELF.contains(field)) {
            throw new IllegalArgumentException("field: " + field.fieldName() + " (expected: a text or a number)");
        }
        if (!GELF_NAMES.contains(name)
                && (name.equals("_id") || !GELF_NAME.matcher(name).matches())) {
            throw new IllegalArgumentException("field name: " + name
                    + " (expected: one of GELF's own, or an underscore and letters, digits, _ . -, but not _id)");
        }
    }

    /** What stands before the names of entries. */
    String entryPrefix() {
        return isGelf() ? "_" : "";
    }

    /** Names that entries must not have, beside those of the members. */
    List<String> reserved() {
        return switch (this) {
            case GELF -> List.of("_id");
            case ECS -> List.of("event.dataset", "process.thread.id");
            case GCP ->
                List.of(
                        "timestamp",
                        "timestampSeconds",
                        "timestampNanos",
                        "logging.googleapis.com/insertId",
                        "logging.googleapis.com/labels",
                        "logging.googleapis.com/operation");
            default -> List.of();
        };
    }

    String truncatedName() {
        return entryPrefix() + "truncated";
    }

    /** Whether names are made of few characters, and values are texts and numbers. */
    boolean isGelf() {
        return this == GELF;
    }

    /** Whether entries that are null are written. */
    boolean writesNulls() {
        return this != GELF && this != LOGSTASH;
    }

    // values

    /** How times look; null for seconds as a decimal number. */
    @Nullable
    TimeText time(@Nullable ZoneId zone) {
        ZoneId local = zone == null ? ZoneId.systemDefault() : zone;
        return switch (this) {
            case WEIR, GCP -> TimeText.rfc3339();
            case PYTHON -> TimeText.python(local);
            case ECS -> TimeText.rfc3339Millis();
            case LOGSTASH -> TimeText.isoOffset(local);
            case GELF -> null;
        };
    }

    boolean hasZone() {
        return this == PYTHON || this == LOGSTASH;
    }

    /** A level as it stands in the object, quotation marks included. */
    String level(Level level) {
        return switch (this) {
            case PYTHON -> '"' + level.pythonName() + '"';
            case GELF -> Integer.toString(level.syslogSeverity());
            case GCP -> '"' + (level == Level.TRACE ? Level.DEBUG : level).pythonName() + '"';
            case WEIR, ECS, LOGSTASH -> '"' + level.name() + '"';
        };
    }

    /** A level as Logback numbers it. */
    static int levelValue(int ordinal) {
        return LOGBACK_LEVELS[ordinal];
    }

    /**
     * The version of the format.
     *
     * @throws IllegalArgumentException if it has none
     */
    String version() {
        return switch (this) {
            case ECS -> "1.2.0";
            case LOGSTASH -> "1";
            case GELF -> "1.1";
            default ->
                throw new IllegalArgumentException(
                        "field: version (expected: one that the preset " + presetName() + " has)");
        };
    }
}
