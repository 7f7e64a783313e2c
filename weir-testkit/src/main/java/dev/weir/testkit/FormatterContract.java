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
 * What every {@link Formatter} has to do, whatever a record holds, as a suite: extend it, say how a formatter is made and what
 * its units are, and run it.
 *
 * <p>A unit is what is written of one record, its end included: a line feed, unless {@link #unitEnd} says otherwise. Its end is
 * the only control character in it, but for those that {@link #ownCharacters} says the formatter writes itself. One that writes
 * no text says so by {@link #isText}.
 */
public abstract class FormatterContract {
    private static final String PLAIN = "weirtestkitmessage";
    private static final int ROUNDS = 10;
    private static final int RECORDS = 20_000;

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
     * @param unit its end included
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

    /**
     * What ends each unit.
     *
     * @return a line feed, unless overridden; may be empty
     */
    protected String unitEnd() {
        return "\n";
    }

    /**
     * The control characters that the formatter itself writes within the unit of a record, as the escape character of
     * colours. What the content of a record would do with them is looked for all the same: commands to a terminal and forged
     * lines.
     *
     * @param record the one
     * @return those of {@link #breaksLinesOfThrowables}, unless overridden
     */
    protected String ownCharacters(LogRecord record) {
        return breaksLinesOfThrowables() && record.hasThrowable() ? "\n\t" : "";
    }

    /**
     * Whether units are text, in UTF-8.
     *
     * @return true, unless overridden
     */
    protected boolean isText() {
        return true;
    }

    /**
     * Checks that a unit that is no text is one of the format, for example by reading it. Does nothing unless overridden.
     *
     * @param unit its end included
     * @param record what it was made of
     * @throws AssertionError if it is not
     */
    protected void checkBytes(byte[] unit, LogRecord record) {}

    /**
     * Whether the formatter allocates nothing, for a record of text, whole numbers and booleans, once it has met its logger and
     * its thread.
     *
     * @return false, unless overridden
     */
    protected boolean allocatesNothing() {
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

    /** The text in a unit, with something for what is none. */
    private static String shown(byte[] unit) {
        return new String(unit, StandardCharsets.UTF_8);
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
                        entry.getKey(), () -> assertUnit(format(formatter, entry.getValue()), entry.getValue())));
    }

    private void assertUnit(byte[] bytes, LogRecord record) {
        if (!isText()) {
            checkBytes(bytes, record);
            return;
        }
        String unit = decoded(bytes);
        assertTrue(unit.endsWith(unitEnd()), () -> "no end of a unit: " + unit);
        String own = ownCharacters(record);
        for (int i = 0; i < unit.length() - unitEnd().length(); i++) {
            char c = unit.charAt(i);
            if (isControl(c) && own.indexOf(c) < 0) {
                throw new AssertionError(String.format("U+%04X at %d of %s", (int) c, i, unit));
            }
        }
        assertNothingForged(unit);
        checkUnit(unit, record);
    }

    private static boolean isControl(char c) {
        return c < ' ' || (c >= '\u007f' && c <= '\u009f') || c == '\u2028' || c == '\u2029';
    }

    /** The lines that {@link Records#hostile()} would like to have begin with a date, and its commands to a terminal. */
    private static void assertNothingForged(String unit) {
        unit.lines().skip(1).forEach(line -> assertTrue(!line.startsWith("2024-01-01"), () -> "forged line: " + unit));
        for (String command : List.of("\u001b[2J", "\u001b]0;")) {
            assertTrue(!unit.contains(command), () -> "a command to a terminal: " + unit);
        }
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
            assertUnit(format(formatter, record), record);
        }
    }

    /** The same record becomes the same bytes each time. */
    @Test
    public void writesTheSameOfTheSameRecord() {
        Formatter formatter = newFormatter();
        for (Map.Entry<String, LogRecord> entry : Records.hostile().entrySet()) {
            byte[] first = format(formatter, entry.getValue());

            assertArrayEquals(first, format(formatter, entry.getValue()), entry.getKey());
        }
    }

    /** In the steady state nothing is allocated, if {@link #allocatesNothing} says so and the JVM counts it. */
    @Test
    public void allocatesNothingInTheSteadyState() {
        assumeTrue(allocatesNothing(), "the formatter may allocate");
        assumeTrue(AllocatedBytes.ofThisThread() >= 0, "nobody counts what is allocated");
        Formatter formatter = newFormatter();
        LogRecord record = Records.make()
                .trace("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", 1)
                .context("user", "u1")
                .keyValue("amount", 42)
                .keyValue("paid", true)
                .keyValue("user", "u2")
                .message("{} of {}", "order", 1234567L)
                .record();
        ByteOutput out = new ByteOutput(4096);
        long least = Long.MAX_VALUE;
        for (int round = 0;
                round < ROUNDS;
                round++) { // a compiler that replaces code under way may allocate in one of them
            long before = AllocatedBytes.ofThisThread();
            for (int i = 0; i < RECORDS; i++) {
                out.truncate(0);
                formatter.format(record, out);
            }
            least = Math.min(least, AllocatedBytes.ofThisThread() - before);
        }

        assertEquals(0, least / RECORDS, "bytes per record");
    }

    /** What a message says is written, and nothing is looked up, computed or replaced for it. */
    @Test
    public void interpolatesNothing() {
        Formatter formatter = newFormatter();
        assumeTrue(shown(format(formatter, Records.of(PLAIN))).contains(PLAIN), "the formatter shows no messages");

        for (String message : List.of(
                "${jndi:ldap://localhost/x}",
                "${env:PATH}",
                "${sys:user.home:-x}",
                "%(levelname)s",
                "%n%level{}",
                "#{1+1}",
                "{}")) {
            String unit = shown(format(formatter, Records.of(message)));

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
            assertEquals("before", shown(Arrays.copyOf(after, 6)), entry.getKey());
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
