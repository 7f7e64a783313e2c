package dev.weir.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.record.ByteOutput.Escape;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.helpers.MessageFormatter;

/** The oracle is SLF4J's own MessageFormatter. */
class MessageTextTest {
    private static final String[] PIECES = {
        "{}",
        "{}",
        "{}",
        "\\{}",
        "\\\\{}",
        "\\\\\\{}",
        "{",
        "}",
        "\\",
        "{ }",
        "{{}}",
        "a",
        "Zahl",
        "ü€𝄞",
        " ",
        "long enough text"
    };
    private static final Object[] VALUES = {
        null,
        1,
        -7L,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        (short) 3,
        (byte) -1,
        'c',
        2.5,
        -0.0,
        1e300,
        Double.NaN,
        0.1f,
        Float.NEGATIVE_INFINITY,
        true,
        false,
        "text",
        "{}",
        "\\{}",
        "",
        new BigDecimal("1E+3"),
        new BigDecimal("0.00000001"),
        List.of(1, 2),
        new int[] {1, 2},
        new long[0],
        new byte[] {1, -1},
        new char[] {'x', 'y'},
        new float[] {0.1f},
        new double[] {1.0, 2.5},
        new boolean[] {true},
        new short[] {5},
        new Object[] {"a", null, new int[] {3}, new String[] {"b"}}
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{}{}",
                "{} and {} and {}",
                "\\{}",
                "\\\\{}",
                "a\\{}b",
                "a\\\\{}b",
                "\\{}{}",
                "{",
                "}",
                "{ }",
                "{}\\",
                "\\\\\\{}",
                "x{}\\{}y{}",
                "{\\}",
                "{{}}",
                "{}}{",
                "nothing to put in"
            })
    void putsArgumentsInAsSlf4jDoes(String template) {
        assertSame(template);
        assertSame(template, "one");
        assertSame(template, 1, null);
        assertSame(template, "one", 2L, new Object[] {"x", 3});
        assertSame(template, "\\", "{}", "}", "more than there are places");
    }

    @Test
    void putsArgumentsInAsSlf4jDoesWhateverTheTemplate() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder template = new StringBuilder();
            for (int pieces = random.nextInt(8); pieces > 0; pieces--) {
                template.append(PIECES[random.nextInt(PIECES.length)]);
            }
            Object[] arguments = new Object[random.nextInt(5)];
            for (int k = 0; k < arguments.length; k++) {
                arguments[k] = VALUES[random.nextInt(VALUES.length)];
            }

            String message =
                    Records.message(template.toString(), arguments).record().message();

            assertThat(message).as("seed %s", seed).isEqualTo(expected(template.toString(), arguments));
        }
    }

    @Test
    void putsArgumentsInAsSlf4jDoesHoweverOftenATemplateComes() {
        LogRecord view = Records.message("").record();
        for (String template :
                new String[] {"{} and {}", "\\{}{}", "{}".repeat(17), "{}".repeat(16) + "\n\"", "a".repeat(600) + "{}"
                }) {
            for (int time = 0; time < 5; time++) {
                Object[] arguments = {time, "a\"b", -time, "{}"};
                LogRecord record = Records.message(template, arguments).record();

                assertThat(view.moveTo(record.bytes(), record.start()).message())
                        .isEqualTo(expected(template, arguments));
            }
        }
    }

    @Test
    void putsAsManyArgumentsInAsThereArePlacesHoweverOftenATemplateComes() {
        LogRecord view = Records.message("").record();
        for (int places = 15; places <= 18; places++) {
            Object[] arguments = new Object[places];
            Arrays.setAll(arguments, i -> i);
            LogRecord record = Records.message("{} ".repeat(places), arguments).record();
            for (int time = 0; time < 5; time++) {
                assertThat(view.moveTo(record.bytes(), record.start()).message())
                        .isEqualTo(expected("{} ".repeat(places), arguments));
            }
        }
    }

    /** So many templates that some share their place with themselves, with another number of arguments. */
    @Test
    void putsArgumentsInAsSlf4jDoesHoweverManyATemplateHadBefore() {
        LogRecord view = Records.message("").record();
        for (int i = 0; i < 100; i++) {
            String template = "{} ".repeat(16) + i;
            for (int time = 0; time < 32; time++) {
                Object[] arguments = new Object[1 + time / 2];
                Arrays.setAll(arguments, k -> k);
                LogRecord record = Records.message(template, arguments).record();

                assertThat(view.moveTo(record.bytes(), record.start()).message())
                        .isEqualTo(expected(template, arguments));
            }
        }
    }

    @Test
    void escapesATemplateAsItIsToldToHoweverItWasEscapedBefore() {
        LogRecord record = Records.message("{}\n\"", "a").record();
        ByteOutput out = new ByteOutput(64);
        for (int time = 0; time < 9; time++) {
            Escape escape = Escape.values()[time / 3];
            out.truncate(0);
            record.appendMessage(out, escape);

            ByteOutput expected = new ByteOutput(64);
            expected.putText("a\n\"", escape);
            assertThat(out.toString()).isEqualTo(expected.toString());
        }
    }

    @Test
    void writesNullForANullMessage() {
        assertThat(Records.message(null).record().message()).isEqualTo("null");
        assertThat(Records.message(null, "argument").record().message()).isEqualTo("null");
    }

    @Test
    void writesAnArrayThatContainsItselfAsSlf4jDoes() {
        Object[] array = {"a", null};
        array[1] = array;

        assertSame("{}", (Object) array);
    }

    @Test
    void showsAnArgumentThatCannotBePrinted() {
        Object hostile = new Object() {
            @Override
            public String toString() {
                throw new StackOverflowError();
            }
        };
        Records made = Records.message("{} {}", hostile, "next");

        assertThat(made.record().message()).isEqualTo("[FAILED toString()] next");
        assertThat(made.failures()).isEqualTo(1);
    }

    @Test
    void writesDigitsOfEveryLength() {
        long value = 1;
        for (int i = 0; i < 63; i++, value *= 2) {
            for (long near : new long[] {value - 1, value, value + 1, -value}) {
                assertSame("{}", near);
            }
        }
        for (long power = 1, i = 0; i < 19; i++, power *= 10) {
            assertSame("{} {}", power, power - 1);
        }
    }

    private static void assertSame(String template, @Nullable Object... arguments) {
        assertThat(Records.message(template, arguments).record().message()).isEqualTo(expected(template, arguments));
    }

    private static String expected(String template, @Nullable Object... arguments) {
        return MessageFormatter.basicArrayFormat(template, arguments);
    }
}
