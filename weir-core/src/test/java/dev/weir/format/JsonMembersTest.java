package dev.weir.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.record.LogRecord;
import dev.weir.record.Records;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Members that are added, nested, or chosen by their keys, and those of a throwable. */
class JsonMembersTest {
    private static String text(JsonFormatter.Builder builder, LogRecord record) {
        return JsonPresetTest.text(builder, record);
    }

    private static JsonFormatter.Builder with(String... namesAndFields) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndFields.length; i += 2) {
            fields.put(namesAndFields[i], namesAndFields[i + 1]);
        }
        return JsonFormatter.builder().fields(fields);
    }

    // added and nested

    @Test
    void addsMembersWhereTheyAreWantedOrElseAtTheEnd() {
        LogRecord record = Records.message("m").keyValue("app", "forged").record();

        assertThat(text(with("level", "level", "msg", "msg").add("app", "shop").add("q\"", "v\n"), record))
                .isEqualTo("{\"level\":\"INFO\",\"msg\":\"m\",\"app\":\"shop\",\"q\\\"\":\"v\\n\"}\n");
        assertThat(text(
                        with("level", "level", "added", "added", "key_values", "key_values")
                                .add("app", "shop"),
                        record))
                .isEqualTo("{\"level\":\"INFO\",\"app\":\"shop\",\"attr.app\":\"forged\"}\n");
        assertThat(text(with("added", "added"), record)).isEqualTo("{}\n");
    }

    @Test
    void makesObjectsOfDotsIfThatIsWanted() {
        JsonFormatter.Builder builder = with(
                "log.level",
                "level",
                "msg",
                "msg",
                "log.at.name",
                "logger",
                "log.at.trace",
                "trace_id",
                "d.mdc",
                "context",
                "logging.x/y.z",
                "thread_id",
                "key_values",
                "key_values");
        LogRecord record = Records.message("m")
                .context("a.b", "c")
                .keyValue("log", 1)
                .keyValue("log.level", 2)
                .keyValue("x.y", 3)
                .record();

        assertThat(text(builder, record)).startsWith("{\"log.level\":\"INFO\",\"msg\":\"m\",\"log.at.name\":");
        assertThat(text(builder.nested(true), record))
                .isEqualTo("{\"log\":{\"level\":\"INFO\",\"at\":{\"name\":\"payment.service\"}},\"msg\":\"m\","
                        + "\"d\":{\"mdc\":{\"a.b\":\"c\"}},\"logging.x/y.z\":42,"
                        + "\"attr.log\":1,\"attr.log.level\":2,\"x.y\":3}\n");
    }

    @Test
    void leavesOutAnObjectInWhichNothingIs() {
        JsonFormatter.Builder builder =
                with("t.id", "trace_id", "t.deep.span", "span_id", "msg", "msg").nested(true);

        assertThat(text(builder, Records.message("m").record())).isEqualTo("{\"msg\":\"m\"}\n");
    }

    @Test
    void refusesNamesThatLieWithinEachOther() {
        assertThatThrownBy(() -> with("a", "msg", "a.b", "level").nested(true).build())
                .hasMessageContaining("within no other field");
        assertThatThrownBy(() -> with("a.b", "msg", "a", "level").nested(true).build())
                .hasMessageContaining("each name once");
        assertThatThrownBy(() -> JsonFormatter.builder().add("a", "1").add("a", "2"))
                .hasMessageContaining("each name once");
    }

    // keys

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "'user*', -, user user.name users",
                "'user?', -, users",
                "'*', 'user*', tenant http.x ü",
                "-, '*e*', http.x ü",
                "'?', -, ü",
                "'*.*', -, user.name http.x",
                "'u*r.*me;tenant', 'te*', user.name",
                "'us*r', -, user",
                "'', -, -",
                "'**n*m*', -, user.name"
            })
    void choosesKeysByPatterns(String include, @Nullable String exclude, @Nullable String expected) {
        List<String> wanted = include == null ? List.of() : List.of(include.split(";"));
        List<String> unwanted = exclude == null ? List.of() : List.of(exclude.split(";"));
        Records made = Records.message("m");
        for (String key : List.of("user", "user.name", "users", "tenant", "http.x", "ü")) {
            made.context(key, "c").keyValue(key, 1);
        }
        LogRecord record = made.record();
        String[] names = expected == null ? new String[0] : expected.split(" ");

        assertThat(StrictJson.format(
                                JsonFormatter.builder()
                                        .fields(List.of("context"))
                                        .contextKeys(wanted, unwanted)
                                        .build(),
                                record)
                        .keySet())
                .containsExactly(names);
        assertThat(StrictJson.format(
                                JsonFormatter.builder()
                                        .fields(List.of("key_values"))
                                        .keyValueKeys(wanted, unwanted)
                                        .build(),
                                record)
                        .keySet())
                .containsExactly(names);
        assertThat((Map<?, ?>) StrictJson.format(
                                with("mdc", "context")
                                        .contextKeys(wanted, unwanted)
                                        .build(),
                                record)
                        .get("mdc"))
                .hasSize(names.length);
    }

    @Test
    void writesTheContextsEntryIfTheKeyValueOfItsKeyIsNotWanted() {
        JsonFormatter formatter = JsonFormatter.builder()
                .fields(List.of("context", "key_values"))
                .keyValueKeys(List.of(), List.of("user"))
                .build();

        assertThat(StrictJson.format(
                        formatter,
                        Records.message("m")
                                .context("user", "c")
                                .keyValue("user", 1)
                                .keyValue("x", 2)
                                .record()))
                .isEqualTo(Map.of("user", "c", "x", BigDecimal.valueOf(2)));
    }

    // throwables

    private static StackTraceElement frame(String type, String method, int line) {
        return new StackTraceElement(type, method, "F.java", line);
    }

    private static <T extends Throwable> T at(T thrown, StackTraceElement... frames) {
        thrown.setStackTrace(frames);
        return thrown;
    }

    private static Throwable thrown(int line, String message) {
        Throwable cause = at(
                new IllegalStateException(message),
                frame("org.acme.db.Table", "read", line),
                frame("org.acme.db.Pool", "run", line),
                frame("Main", "main", line));
        Throwable thrown =
                at(new RuntimeException(cause), frame("org.acme.Web", "serve", 2), frame("Main", "main", line));
        thrown.addSuppressed(at(new Error(), new StackTraceElement("a.N", "n", null, -2)));
        return thrown;
    }

    private static LogRecord record(Throwable thrown) {
        return Records.message("m").thrown(thrown).record();
    }

    @Test
    void writesThrowablesAsObjects() {
        assertThat(text(with("e", "exception_frames").maxFrames(1), record(thrown(7, "no \"row\""))))
                .isEqualTo("{\"e\":["
                        + "{\"class\":\"java.lang.RuntimeException\","
                        + "\"message\":\"java.lang.IllegalStateException: no \\\"row\\\"\","
                        + "\"frames\":[{\"class\":\"org.acme.Web\",\"method\":\"serve\",\"file\":\"F.java\",\"line\":2}],\"omitted\":1},"
                        + "{\"class\":\"java.lang.Error\",\"relation\":\"suppressed\",\"depth\":1,"
                        + "\"frames\":[{\"class\":\"a.N\",\"method\":\"n\",\"native\":true}]},"
                        + "{\"class\":\"java.lang.IllegalStateException\",\"message\":\"no \\\"row\\\"\",\"relation\":\"cause\","
                        + "\"frames\":[{\"class\":\"org.acme.db.Table\",\"method\":\"read\",\"file\":\"F.java\",\"line\":7}],"
                        + "\"omitted\":1,\"common\":1}]}\n");
    }

    @Test
    void writesTheRootCauseFirstIfThatIsWanted() {
        LogRecord record = record(thrown(7, "no row"));

        assertThat(text(with("e", "exception").rootFirst(true).maxFrames(0), record))
                .isEqualTo("{\"e\":\"java.lang.IllegalStateException: no row\\n\\t... 2 omitted\\n\\t... 1 more\\n"
                        + "Wrapped by: java.lang.RuntimeException: java.lang.IllegalStateException: no row\\n"
                        + "\\t... 2 omitted\\n\\tSuppressed: java.lang.Error\\n\\t\\t... 1 omitted\\n\"}\n");
        assertThat(text(with("e", "exception_frames").rootFirst(true).maxFrames(0), record))
                .startsWith(
                        "{\"e\":[{\"class\":\"java.lang.IllegalStateException\",\"message\":\"no row\",\"frames\":[]")
                .contains(
                        "{\"class\":\"java.lang.RuntimeException\",\"message\":\"java.lang.IllegalStateException: no row\","
                                + "\"relation\":\"wrapper\"");
    }

    @Test
    void shortensPackagesIfThatIsWanted() {
        LogRecord record = record(at(
                new RuntimeException("m"),
                frame("org.acme.db.Table$Row", "read", 1),
                frame("Main", "main", 2),
                frame("ünique.Ö", "x", 3),
                frame(".a..b", "y", 4)));

        assertThat(text(with("e", "exception").shortenPackages(true), record))
                .isEqualTo("{\"e\":\"java.lang.RuntimeException: m\\n\\tat o.a.d.Table$Row.read(F.java:1)\\n"
                        + "\\tat Main.main(F.java:2)\\n\\tat ü.Ö.x(F.java:3)\\n\\tat .a..b.y(F.java:4)\\n\"}\n");
        assertThat(text(with("e", "exception_frames").shortenPackages(true), record))
                .contains("\"class\":\"java.lang.RuntimeException\"", "\"class\":\"o.a.d.Table$Row\"");
    }

    @Test
    void writesTypeAndMessageOfTheThrowableThatWasLogged() {
        JsonFormatter.Builder builder = with("t", "exception_type", "m", "exception_message");

        assertThat(text(builder, record(at(new IllegalStateException("say")))))
                .isEqualTo("{\"t\":\"java.lang.IllegalStateException\",\"m\":\"say\"}\n");
        assertThat(text(builder, record(at(new Error())))).isEqualTo("{\"t\":\"java.lang.Error\"}\n");
        assertThat(text(builder, Records.message("m").record())).isEqualTo("{}\n");
    }

    private static String hash(Throwable thrown) {
        return text(with("h", "exception_hash"), record(thrown));
    }

    @Test
    void hashesWhatIsTheSameInEveryRun() {
        String hash = hash(thrown(7, "no row"));

        assertThat(hash).matches("\\{\"h\":\"[0-9a-f]{16}\"}\n").isEqualTo(hash(thrown(99, "other")));
        assertThat(hash(at(new Error(), frame("a.B", "c", 1))))
                .as("digits, proxies and reflection")
                .isEqualTo(hash(at(
                        new Error(),
                        frame("jdk.internal.reflect.GeneratedMethodAccessor12", "invoke", -1),
                        frame("a.B$$Proxy$$4f2a", "c", 2))))
                .isNotEqualTo(hash(at(new Error(), frame("a.B", "d", 1))))
                .isNotEqualTo(hash(at(new Exception(), frame("a.B", "c", 1))))
                .isNotEqualTo(hash(at(new Error(), frame("a.B", "c", 1), frame("a.B", "c", 1))));
        assertThat(hash(at(new Error(), frame("a.B", "lambda$c$0", 1))))
                .isEqualTo(hash(at(new Error(), frame("a.B", "lambda$c$12", 1))));
    }

    /** A value that dashboards may have stored does not change from version to version. */
    @Test
    void hashesAsItAlwaysDid() {
        assertThat(hash(at(new Error(), frame("a.B", "c", 1))))
                .isEqualTo("{\"h\":\"" + fnv("java.lang.Error\0a.B\0c\0\0") + "\"}\n");
    }

    /** FNV-1a by its definition, with 0xFF for each NUL. */
    private static String fnv(String names) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < names.length(); i++) {
            int c = names.charAt(i);
            hash = (hash ^ (c == 0 ? 0xFF : c)) * 0x100000001B3L;
        }
        return String.format("%016x", hash);
    }
}
