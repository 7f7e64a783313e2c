package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.format.Formatter;
import dev.weir.format.JsonFormatter;
import dev.weir.format.TextFormatter;
import dev.weir.record.ByteOutput.Escape;
import dev.weir.record.LogRecord;
import org.junit.jupiter.api.Nested;

/** The suite over formatters of every kind. */
class FormatterContractTest {
    @Nested
    class Json extends FormatterContract {
        @Override
        protected Formatter newFormatter() {
            return JsonFormatter.weir();
        }

        @Override
        protected boolean allocatesNothing() {
            return true;
        }
    }

    @Nested
    class Text extends FormatterContract {
        @Override
        protected Formatter newFormatter() {
            return TextFormatter.of("%(levelname)s %(threadName)s %(message)s");
        }

        @Override
        protected boolean breaksLinesOfThrowables() {
            return true;
        }
    }

    /** As one for a terminal: with colours, and a blank line behind each record. */
    @Nested
    class Coloured extends FormatterContract {
        @Override
        protected Formatter newFormatter() {
            return (record, out) -> {
                out.put("\u001b[1m");
                record.appendMessage(out, Escape.TEXT);
                out.put("\u001b[0m\n\n");
            };
        }

        @Override
        protected String ownCharacters(LogRecord record) {
            return "\u001b";
        }

        @Override
        protected String unitEnd() {
            return "\n\n";
        }
    }

    /** As GELF by TCP has it. */
    @Nested
    class EndedByNul extends FormatterContract {
        @Override
        protected Formatter newFormatter() {
            return (record, out) -> {
                record.appendMessage(out, Escape.JSON);
                out.put(0);
            };
        }

        @Override
        protected String unitEnd() {
            return "\u0000";
        }

        @Override
        protected boolean allocatesNothing() {
            return true;
        }
    }

    /** A length and so many bytes. */
    @Nested
    class Binary extends FormatterContract {
        @Override
        protected Formatter newFormatter() {
            return (record, out) -> {
                int from = out.size();
                out.putIntLE(0);
                record.appendMessage(out, Escape.NONE);
                int length = out.size() - from - 4;
                for (int i = 0; i < 4; i++) {
                    out.putByteAt(from + i, length >>> (8 * i));
                }
            };
        }

        @Override
        protected boolean isText() {
            return false;
        }

        @Override
        protected void checkBytes(byte[] unit, LogRecord record) {
            int length = (unit[0] & 0xFF) | (unit[1] & 0xFF) << 8 | (unit[2] & 0xFF) << 16 | (unit[3] & 0xFF) << 24;
            assertThat(length).isEqualTo(unit.length - 4);
        }
    }
}
