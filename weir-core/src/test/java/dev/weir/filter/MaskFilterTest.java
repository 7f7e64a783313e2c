package dev.weir.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.weir.AllocatedBytes;
import dev.weir.record.LogRecord;
import dev.weir.record.Records;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a mask finds in one record. */
class MaskFilterTest {
    private static final String VISA = "4111111111111111";

    private static LogRecord masked(Records record) {
        return MaskFilter.builder().build().rewrite(record.record());
    }

    private static String message(String template, @Nullable Object... arguments) {
        return masked(Records.message(template, arguments)).message();
    }

    private static Map<String, @Nullable Object> keyValues(LogRecord record) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        record.forEachKeyValue(all::put);
        return all;
    }

    // keys

    @Test
    void masksWhateverStandsBehindAKeyThatIsNamed() {
        LogRecord record = masked(Records.message("m")
                .context("userPassword", "hunter2")
                .context("user", "u1")
                .keyValue("Authorization", "Basic dTpw")
                .keyValue("client_secret", 12)
                .keyValue("password", List.of("a", "b"))
                .keyValue("token", Map.of("a", "b"))
                .keyValue("pwd", new byte[] {1})
                .keyValue("secret", true)
                .keyValue("cookie", null)
                .keyValue("order", 4711));

        List<String> context = new ArrayList<>();
        record.forEachContext((key, value) -> context.add(key + '=' + value));
        assertThat(context).containsExactly("userPassword=***", "user=u1");
        assertThat(keyValues(record))
                .containsExactly(
                        entry("Authorization", "***"),
                        entry("client_secret", "***"),
                        entry("password", "***"),
                        entry("token", "***"),
                        entry("pwd", "***"),
                        entry("secret", "***"),
                        entry("cookie", null),
                        entry("order", 4711L));
        assertThat(record.message()).isEqualTo("m");
        assertThat(record.loggerName()).isEqualTo("payment.service");
        assertThat(record.threadName()).isEqualTo("main");
        assertThat(record.timeNanos()).isEqualTo(Records.TIME);
    }

    @Test
    void masksWithinMapsAndArraysAtAnyDepth() {
        Object deep = Map.of("list", List.of(1, Map.of("password", "p", "user", "u", "note", "card " + VISA)));

        LogRecord record = masked(Records.message("m").keyValue("request", deep).keyValue("after", "x"));

        assertThat(keyValues(record))
                .containsEntry(
                        "request",
                        Map.of("list", List.of(1L, Map.of("password", "***", "user", "u", "note", "card ***"))))
                .containsEntry("after", "x");
    }

    @ParameterizedTest
    @CsvSource({
        "password,PassWord,true",
        "password,passwords,false",
        "*token,access_token,true",
        "*token,tokens,false",
        "a*b*c,aXXbYYbc,true",
        "a*b*c,aXXbYY,false",
        "p?n,pin,true",
        "p?n,pün,true",
        "p?n,pn,false",
        "*,,true",
        "**,x,true",
    })
    void keysArePatternsOfWholeNames(String pattern, @Nullable String key, boolean matches) {
        String name = key == null ? "" : key;
        LogRecord record = MaskFilter.builder()
                .keys(List.of(pattern))
                .defaultKeys(false)
                .build()
                .rewrite(Records.message("m").keyValue(name, "v").record());

        assertThat(keyValues(record)).containsEntry(name, matches ? "***" : "v");
    }

    // texts

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "login password=hunter2 ok|login password=*** ok",
                "login password = hunter2, user=u|login password = ***, user=u",
                "{\"password\":\"hun ter2\",\"user\":\"u\"}|{\"password\":\"***\",\"user\":\"u\"}",
                "{\\\"password\\\": \\\"hun ter2\\\", \\\"user\\\"}|{\\\"password\\\": \\\"***\\\", \\\"user\\\"}",
                "{'password': 'it\\'s', 'user'}|{'password': '***', 'user'}",
                "{user=u, password=hun ter 2}|{user=u, password=***}",
                "{password=[a, b], user=u}|{password=***, user=u}",
                "Login[password=hun ter2, user=u]|Login[password=***, user=u]",
                "Authorization: Basic dTpw next|Authorization: *** next",
                "GET /a?token=abc&x=1|GET /a?token=***&x=1",
                "password=***|password=***",
                "password=|password=",
                "password: \"never closed|password: \"***",
                "Cookie: theme=dark; JSESSIONID=ABC next|Cookie: *** next",
                "{Cookie=theme=dark; JSESSIONID=ABC, user=u}|{Cookie=***, user=u}",
                "Set-Cookie: sid=abc; Path=/; HttpOnly|Set-Cookie: ***",
                "Cookie: a=\"b c\"; d=e next|Cookie: *** next",
                "token=abc; user=u|token=***; user=u",
                "token=YWJj==; user=u|token=***; user=u",
                "Authorization: Digest username=\"u\", response=\"r\"|Authorization: ***",
                "{\\\"password\\\":\\\"a\\\\\\\"b\\\",\\\"user\\\":1}|{\\\"password\\\":\\\"***\\\",\\\"user\\\":1}",
                "{\\\"password\\\":\\\"a\\\\\\\\\\\",\\\"user\\\":1}|{\\\"password\\\":\\\"***\\\",\\\"user\\\":1}",
                "{\\\\\\\"password\\\\\\\":\\\\\\\"hun ter2\\\\\\\",1}|{\\\\\\\"password\\\\\\\":\\\\\\\"***\\\\\\\",1}",
                "{\"password\":\"a\\\\\",\"user\":\"u\"}|{\"password\":\"***\",\"user\":\"u\"}",
                "{\"password\":[\"a]b\",\"c\"],\"user\":\"u\"}|{\"password\":***,\"user\":\"u\"}",
                "{\"password\":{\"a\":\"}\\\"}\"},\"user\":\"u\"}|{\"password\":***,\"user\":\"u\"}",
                "password            = hunter2 ok|password            = *** ok",
                "password =            hunter2 ok|password =            *** ok",
                "password\t=\thunter2 ok|password\t=\t*** ok",
                "user[password]=hunter2 ok|user[password]=*** ok",
                "conf[\"password\"] = hunter2 ok|conf[\"password\"] = *** ok",
                "`private_key=-----BEGIN PRIVATE KEY-----\nMII=\n-----END PRIVATE KEY----- ok`|private_key=*** ok",
                "password.of.a.name.that.is.longer.than.any.name.could.reasonably.be.in.a.file=x|password.of.a.name.that.is.longer.than.any.name.could.reasonably.be.in.a.file=***",
                "the password is gone|the password is gone",
                "https://example.org:80/x|https://example.org:80/x",
            })
    void masksWhatStandsBehindAKeyInAText(String text, String expected) {
        assertThat(message(text)).isEqualTo(expected);
        assertThat(message("{}", text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111111",
                "4111 1111 1111 1111",
                "4111-1111-1111-1111",
                "3782 822463 10005",
                "378282246310005",
                "5555555555554444",
                "2223003122003222",
                "6011111111111117",
                "4222222222222",
                "6304000000000000000"
            })
    void masksTheNumbersOfCards(String card) {
        assertThat(message("card " + card + " paid")).isEqualTo("card *** paid");
        assertThat(message(card)).isEqualTo("***");
        assertThat(message("id 12 " + card + ".")).isEqualTo("id 12 ***.");
        assertThat(message("card {}", card)).isEqualTo("card ***");
        assertThat(message("{\"a\":\"x\\n" + card + "\\n\"}")).isEqualTo("{\"a\":\"x\\n***\\n\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111112",
                "1716215531123456",
                "41111111111111110000",
                "x4111111111111111",
                "4111111111111111x",
                "4111  1111 1111 1111",
                "00f067aa0ba902b7",
                "411111111111"
            })
    void leavesOtherNumbersAlone(String number) {
        assertThat(message("id " + number)).isEqualTo("id " + number);
    }

    @Test
    void masksACardThatIsANumber() {
        LogRecord record = masked(Records.message("paid by {}", 4111111111111111L)
                .keyValue("pan", 4111111111111111L)
                .keyValue("large", new BigInteger(VISA))
                .keyValue("other", 1716215531123456L));

        assertThat(record.message()).isEqualTo("paid by ***");
        assertThat(keyValues(record))
                .containsExactly(entry("pan", "***"), entry("large", "***"), entry("other", 1716215531123456L));
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer abc123.x-y_z~+/=,Bearer ***",
        "sent bearer abcdefghijklmnop end,sent bearer *** end",
        "the bearer of news,the bearer of news",
        "forbearer abc123,forbearer abc123",
        "Bearer,Bearer"
    })
    void masksBearerTokens(String text, String expected) {
        assertThat(message(text)).isEqualTo(expected);
    }

    @Test
    void masksWhatThrowablesSayAtAnyDepth() {
        Exception thrown =
                new IllegalStateException("password=a", new RuntimeException("card " + VISA, new Error("harmless")));
        thrown.addSuppressed(new Error("Bearer abc123"));

        LogRecord record = masked(Records.message("failed").thrown(thrown));

        List<String> said = new ArrayList<>();
        int throwable = record.throwables().first();
        for (int left = record.throwables().count(); left > 0; left--) {
            said.add(String.valueOf(record.values().object(record.throwables().messageOf(throwable))));
            throwable = record.throwables().after(throwable);
        }
        assertThat(said).containsExactly("password=***", "Bearer ***", "card ***", "harmless");
    }

    // messages and arguments

    @Test
    void anArgumentHasTheKeyThatStandsBeforeItsPlace() {
        LogRecord record = masked(Records.message("user={} password={} token: '{}'", "u", "correct horse battery", 17));

        assertThat(record.message()).isEqualTo("user=u password=*** token: '***'");
        assertThat(record.template()).isEqualTo("user={} password={} token: '{}'");
        assertThat(record.arguments()).containsExactly("u", "***", "***");
    }

    @Test
    void escapedPlacesTakeNoArgument() {
        assertThat(message("password=\\{} {}", "shown")).isEqualTo("password=*** shown");
        assertThat(message("x=\\\\{} password={}", "1", "hidden")).isEqualTo("x=\\1 password=***");
    }

    @Test
    void aSecretThatSpansTextAndArgumentsLeavesNeither() {
        LogRecord record = masked(Records.message("card 4111 1111 {} 1111", "1111"));

        assertThat(record.message()).isEqualTo("card ***");
        assertThat(record.template()).isEqualTo("card ***");
        assertThat(record.arguments()).isEmpty();
    }

    @Test
    void argumentsWithoutAPlaceAreMaskedToo() {
        LogRecord record = masked(Records.message("none", "card " + VISA, new Object[] {"Bearer abc123", 1}));

        assertThat(record.arguments()).containsExactly("card ***", List.of("Bearer ***", 1L));
    }

    @Test
    void aNullMessageStaysOne() {
        LogRecord record = masked(Records.message(null, VISA));

        assertThat(record.template()).isNull();
        assertThat(record.arguments()).containsExactly("***");
    }

    // expressions

    @Test
    void masksWhatAnExpressionMatches() {
        MaskFilter filter = MaskFilter.builder()
                .expressions(List.of("K-\\d+", "(?<=name )\\p{L}+"))
                .mask("#")
                .build();

        assertThat(filter.rewrite(Records.message("K-1 and 𝄞 K-22, name Jürgen K-x {}", "K-3")
                                .record())
                        .message())
                .isEqualTo("# and 𝄞 #, name # K-x #");
    }

    @Test
    void anExpressionThatWouldTakeForEverMasksTheWholeText() {
        MaskFilter filter = MaskFilter.builder()
                .expressions(List.of("(x+x+)+y", "(a|aa)+!"))
                .build();
        long before = System.nanoTime();

        LogRecord record = filter.rewrite(Records.message("short xxy", "none")
                .keyValue("x", "x".repeat(5000))
                .keyValue("a", "a".repeat(5000))
                .keyValue("fine", "b")
                .record());

        assertThat(keyValues(record)).containsEntry("x", "***").containsEntry("a", "***");
        assertThat(record.message()).isEqualTo("short ***");
        assertThat(System.nanoTime() - before).isLessThan(10_000_000_000L);
    }

    @Test
    void anExpressionThatOverflowsTheStackMasksTheWholeText() {
        MaskFilter filter =
                MaskFilter.builder().expressions(List.of("(?:a|b)*c")).build();

        LogRecord record = filter.rewrite(
                Records.message("m").keyValue("long", "ab".repeat(16_000)).record());

        assertThat(keyValues(record)).containsEntry("long", "***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "[",
                "*",
                "(){1000}x",
                "((x){11}){11}",
                "^{2000000000}x",
                "x\\b{1000}",
                "(?:$){1000}",
                "(\\B{50}x){50}"
            })
    void refusesWhatIsNoExpressionOrCouldTakeLongWithoutReading(String expression) {
        assertThatThrownBy(() ->
                        MaskFilter.builder().expressions(List.of(expression)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expressions: \"" + expression + "\" (expected: ");
    }

    // bounds

    @Test
    void findsOnlyWhatItIsToldTo() {
        MaskFilter filter = MaskFilter.builder()
                .keys(List.of("pin"))
                .defaultKeys(false)
                .forms(Set.of())
                .build();
        Records record = Records.message("password=x Bearer abc123 " + VISA).keyValue("PIN", 1);

        LogRecord rewritten = filter.rewrite(record.record());

        assertThat(rewritten.message()).isEqualTo("password=x Bearer abc123 " + VISA);
        assertThat(keyValues(rewritten)).containsExactly(entry("PIN", "***"));
    }

    @Test
    void aRecordThatGrowsStaysWithinItsBound() {
        MaskFilter filter = MaskFilter.builder().mask("#".repeat(64)).build();
        Records record = Records.message("m").keyValue("text", "t".repeat(500));
        for (int i = 0; i < 200; i++) {
            record.keyValue("token", i);
        }

        LogRecord rewritten = filter.rewrite(record.record());

        assertThat(rewritten.length()).isLessThanOrEqualTo(4096);
        assertThat(rewritten.isTruncated()).isTrue();
        assertThat(keyValues(rewritten).get("token").toString()).startsWith("#").doesNotContainPattern("[0-9]");
    }

    @Test
    void aMapThatWouldGrowTooLongIsMaskedAsAWhole() {
        MaskFilter filter = MaskFilter.builder().mask("#".repeat(64)).build();
        Map<String, Object> many = new LinkedHashMap<>();
        for (int i = 0; i < 1500; i++) {
            many.put(i + "-token", i);
        }

        LogRecord rewritten = filter.rewrite(
                Records.message("m").keyValue("many", many).keyValue("after", 1).record());

        assertThat(keyValues(rewritten)).containsExactly(entry("many", "[...]"), entry("after", 1L));
    }

    @Test
    void costsNoAllocationWhereThereIsNothingToMask() throws Exception {
        MaskFilter filter = MaskFilter.builder().build();
        LogRecord record = Records.message("{} of {} in {}: 14:32:11 user=u1", "order", 1234567L, true)
                .context("user", "u1")
                .keyValue("amount", 12)
                .keyValue("nested", Map.of("a", List.of("b", "c")))
                .thrown(new IllegalStateException("harmless"))
                .record();
        long least = Long.MAX_VALUE;

        for (int round = 0; round < 10; round++) {
            long before = AllocatedBytes.ofThisThread();
            for (int i = 0; i < 20_000; i++) {
                if (filter.rewrite(record) != record) {
                    throw new AssertionError("not the record itself");
                }
            }
            least = Math.min(least, AllocatedBytes.ofThisThread() - before);
        }

        assertThat(least / 20_000).isZero();
    }

    @Test
    void takesHostileTextsInLinearTime() {
        for (String part : Arrays.asList(
                "password=",
                "\"password\":\"",
                "4111 ",
                "Bearer ",
                "{password=[",
                "::::",
                "\\\"",
                "b ",
                " ",
                "b",
                "\\",
                "a.",
                "= ",
                "\\\":",
                "password=[\"",
                "cookie=a=b; ",
                "cookie=a=\"; ")) {
            String hostile = part.repeat(60_000 / part.length());
            long before = System.nanoTime();

            masked(Records.message(hostile).keyValue("k", "v"));

            assertThat(System.nanoTime() - before).as(part).isLessThan(5_000_000_000L);
        }
    }

    @Test
    void refusesAMaskThatIsEmptyOrTooLong() {
        for (String mask : List.of("", "#".repeat(65))) {
            assertThatThrownBy(() -> MaskFilter.builder().mask(mask))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("mask: \"" + mask + "\" (expected: from 1 to 64 bytes)");
        }
    }
}
