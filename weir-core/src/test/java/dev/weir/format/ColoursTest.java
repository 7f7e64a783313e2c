package dev.weir.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Level;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import dev.weir.record.Records;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Colours of patterns, and the preset for terminals. */
class ColoursTest {
    private static final LogRecord RECORD = Records.message("paid {}", 12)
            .level(Level.WARN)
            .logger("shop.orders.processing.settlement.SettlementService")
            .context("user", "u1")
            .keyValue("item", "a b")
            .record();

    private static TextFormatter pretty(Colours colours) {
        return TextFormatter.builder()
                .preset("pretty")
                .zone(ZoneOffset.UTC)
                .colours(colours)
                .build();
    }

    private static String text(Formatter formatter, LogRecord record) {
        ByteOutput out = new ByteOutput(1);
        formatter.format(record, out);
        return out.toString();
    }

    private static String pattern(String pattern, LogRecord record) {
        return text(
                TextFormatter.builder().pattern(pattern).colours(Colours.ALWAYS).build(), record);
    }

    @Test
    void prettyIsInColumnsWithTheAttributesAtTheEnd() {
        assertThat(text(pretty(Colours.NEVER), RECORD))
                .isEqualTo("14:32:11.123 WARN     [           main] s.o.p.s.SettlementService       "
                        + " paid 12 user=u1 item=\"a b\"\n");
        assertThat(text(
                        pretty(Colours.NEVER),
                        Records.message("m").level(Level.CRITICAL).record()))
                .isEqualTo("14:32:11.123 CRITICAL [           main] payment.service                  m\n");
    }

    @Test
    void prettyShowsWhatWasThrown() {
        Error thrown = new Error("no");
        thrown.setStackTrace(new StackTraceElement[] {new StackTraceElement("A", "a", "A.java", 1)});

        assertThat(text(
                        pretty(Colours.NEVER),
                        Records.message("m").thrown(thrown).record()))
                .endsWith(" m\njava.lang.Error: no\n\tat A.a(A.java:1)\n");
        assertThat(text(
                        pretty(Colours.ALWAYS),
                        Records.message("m").thrown(thrown).record()))
                .endsWith("\n\u001b[31mjava.lang.Error: no\u001b[0m\n\t\u001b[2mat A.a(A.java:1)\u001b[0m\n");
    }

    @ParameterizedTest
    @EnumSource(Level.class)
    void eachLevelHasAColourOfItsOwn(Level level) {
        String text =
                pattern("%highlight(%p)", Records.message("m").level(level).record());

        assertThat(text).matches("\u001b\\[[0-9;]+m" + level.name() + "\u001b\\[0m\n");
    }

    @Test
    void coloursAreTheOnlyDifference() {
        assertThat(text(pretty(Colours.ALWAYS), RECORD).replaceAll("\u001b\\[[0-9;]*m", ""))
                .isEqualTo(text(pretty(Colours.NEVER), RECORD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%msg%n%red(%ex)",
                "%msg%n%highlight(%ex)",
                "%msg%n%red(%highlight(%ex))%n",
                "%red(%msg %ex)",
                "%highlight(%msg%n%ex)",
                "%faint(%msg%n)%nopex%faint(%X)",
                "%boldBlue(%red(%msg%n)%ex)",
            })
    void coloursBreakNoLine(String pattern) {
        Error thrown = new Error("no");
        thrown.setStackTrace(new StackTraceElement[] {new StackTraceElement("A", "a", "A.java", 1)});
        LogRecord without = Records.message("m").record();
        LogRecord with = Records.message("m").thrown(thrown).record();
        TextFormatter plain =
                TextFormatter.builder().pattern(pattern).colours(Colours.NEVER).build();

        assertThat(pattern(pattern, without).replaceAll("\u001b\\[[0-9;]*m", ""))
                .isEqualTo(text(plain, without));
        assertThat(pattern(pattern, with).replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(text(plain, with));
        assertThat(text(plain, without)).isEqualToIgnoringWhitespace("m").doesNotContain("\n\n");
    }

    @Test
    void nothingHasNoColour() {
        assertThat(pattern("%msg%red(%X)%highlight(%X{a})", Records.message("m").record()))
                .isEqualTo("m\n");
    }

    @Test
    void widthsCountWhatIsSeen() {
        assertThat(pattern("[%12(%red(%p) %t)]", RECORD)).isEqualTo("[   \u001b[31mWARN\u001b[0m main]\n");
        assertThat(pattern("[%-6boldCyan(%p)]", RECORD)).isEqualTo("[\u001b[1;36mWARN\u001b[0m  ]\n");
    }

    @Test
    void whatIsCutOrReplacedHasNone() {
        assertThat(pattern("%.3(%red(%p)) %replace(%red(%p)){W}{w}", RECORD)).isEqualTo("ARN wARN\n");
    }

    @Test
    void automaticColoursAreThoseOfATerminal() {
        TextFormatter automatic = pretty(Colours.AUTO);
        String before = text(automatic, RECORD);
        automatic.terminal(true);
        String onTerminal = text(automatic, RECORD);
        automatic.terminal(false);

        assertThat(before).isEqualTo(text(pretty(Colours.NEVER), RECORD));
        assertThat(onTerminal).isEqualTo(text(pretty(Colours.ALWAYS), RECORD));
        assertThat(text(automatic, RECORD)).isEqualTo(before);
    }

    @Test
    void whatIsSetHoldsWhereverItGoes() {
        TextFormatter always = pretty(Colours.ALWAYS);
        TextFormatter never = pretty(Colours.NEVER);
        always.terminal(false);
        never.terminal(true);

        assertThat(text(always, RECORD)).contains("\u001b[33mWARN");
        assertThat(text(never, RECORD)).doesNotContain("\u001b");
    }

    @Test
    void saysWhichPresetsThereAre() {
        assertThatThrownBy(() -> TextFormatter.builder().preset("prety"))
                .hasMessage("preset: prety (expected: python or pretty)");
    }
}
