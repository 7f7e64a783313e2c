package dev.weir.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.Level;
import dev.weir.format.Formatter;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every {@link Formatter} that writes lines of text has to do, whatever a record holds, as a suite: extend it, say
 * how a formatter is made and what its units are, and run it.
 *
 * <p>A unit is what is written of one record, line end included. Its line end is the only control character in it, unless
 * {@link #breaksLinesOfThrowables} says that stack traces have lines of their own.
 */
public abstract class FormatterContract {
    private static final String PLAIN = "weirtestkitmessage";

    /** Called by JUnit, for subclasses. */
    protected FormatterContract() {}

    /**
     * Makes the formatter.
     *
     * @return a new one each time, which writes the same of the same record each time
     */
    protected abstract Formatter newFormatter();

    /**
     * Checks that a unit is one of the format, for example by parsing it. Does nothing unless overridden.
     *
     * @param unit line end included
     * @param record what it was made of
     * @throws AssertionError if it is not
     */
    protected void checkUnit(String unit, LogRecord record) {}

    /**
     * Whether the stack trace of a throwable goes on after the first line end, by line ends and tabs of the formatter's
     * own.
     *
     * @return false, unless overridden
     */
    protected boolean breaksLinesOfThrowables() {
        return false;
    }

    private static byte[] format(Formatter formatter, LogRecord record) {
        ByteOutput out = new ByteOutput(16);
        formatter.format(record, out);
        return bytes(out);
    }

    private static byte[] bytes(ByteOutput out) {
        return Arrays.copyOf(out.array(), out.size());
    }

    private static String decoded(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new AssertionError("not UTF-8: " + Arrays.toString(utf8), e);
        }
    }

    /**
     * Of each hostile record there is one unit, well-formed, without a control character of the content.
     *
     * @return a test for each of {@link Records#hostile()}
     */
    @TestFactory
    public Stream<DynamicTest> writesOneWellFormedUnitOf() {
        Formatter formatter = newFormatter();
        Map<String, LogRecord> hostile = Records.hostile();
        return hostile.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> assertUnit(decoded(format(formatter, entry.getValue())), entry.getValue())));
    }

    private void assertUnit(String unit, LogRecord record) {
        assertTrue(unit.endsWith("\n"), () -> "no line end: " + unit);
        boolean lines = breaksLinesOfThrowables() && record.hasThrowable();
        for (int i = 0; i < unit.length() - 1; i++) {
            char c = unit.charAt(i);
            if (isControl(c) && !(lines && (c == '\n' || c == '\t'))) {
                throw new AssertionError(String.format("U+%04X at %d of %s", (int) c, i, unit));
            }
        }
        if (lines) {
            assertNothingForged(unit);
        }
        checkUnit(unit, record);
    }

    private static boolean isControl(char c) {
        return c < ' ' || (c >= '\u007f' && c <= '\u009f') || c == '\u2028' || c == '\u2029';
    }

    /** The lines that {@link Records#hostile()} would like to have begin with a date. */
    private static void assertNothingForged(String unit) {
        unit.lines().skip(1).forEach(line -> assertTrue(!line.startsWith("2024-01-01"), () -> "forged line: " + unit));
    }

    /** Records of all levels are units. */
    @Test
    public void writesRecordsOfAllLevels() {
        Formatter formatter = newFormatter();
        List<LogRecord> records = Records.logged(logger -> {
            for (Level level : Level.values()) {
                logger.log(level, PLAIN);
            }
        });

        for (LogRecord record : records) {
            assertUnit(decoded(format(formatter, record)), record);
        }
    }

    /** What a message says is written, and nothing is looked up, computed or replaced for it. */
    @Test
    public void interpolatesNothing() {
        Formatter formatter = newFormatter();
        assumeTrue(decoded(format(formatter, Records.of(PLAIN))).contains(PLAIN), "the formatter shows no messages");

        for (String message : List.of(
                "${jndi:ldap://localhost/x}",
                "${env:PATH}",
                "${sys:user.home:-x}",
                "%(levelname)s",
                "%n%level{}",
                "#{1+1}",
                "{}")) {
            String unit = decoded(format(formatter, Records.of(message)));

            assertTrue(unit.contains(message), () -> message + " has become " + unit);
        }
    }

    /** What was in the output before stays, and what comes out does not depend on it. */
    @Test
    public void onlyAppends() {
        Formatter formatter = newFormatter();
        for (Map.Entry<String, LogRecord> entry : Records.hostile().entrySet()) {
            ByteOutput out = new ByteOutput(16);
            out.put("before");
            formatter.format(entry.getValue(), out);

            byte[] after = bytes(out);
            assertEquals("before", decoded(Arrays.copyOf(after, 6)), entry.getKey());
            assertArrayEquals(
                    format(formatter, entry.getValue()), Arrays.copyOfRange(after, 6, after.length), entry.getKey());
        }
    }

    /** What a record becomes does not depend on those before it. */
    @Test
    public void forgetsEachRecord() {
        Formatter used = newFormatter();
        List<LogRecord> records = new ArrayList<>(Records.hostile().values());
        records.forEach(record -> format(used, record));

        for (LogRecord record : records) {
            assertArrayEquals(format(newFormatter(), record), format(used, record));
        }
    }

    /** A record is lent for the call: its bytes stay as they are, and may be others afterwards. */
    @Test
    public void keepsNoReferenceToARecordAndChangesNothingInIt() {
        Formatter formatter = newFormatter();
        LogRecord plain = Records.of(PLAIN);
        for (LogRecord record : Records.hostile().values()) {
            byte[] before = record.bytes().clone();
            ByteOutput out = new ByteOutput(16);

            formatter.format(record, out);

            assertArrayEquals(before, record.bytes());
            byte[] written = bytes(out);
            Arrays.fill(record.bytes(), (byte) 0);
            format(formatter, plain);
            assertArrayEquals(written, bytes(out));
        }
    }
}
