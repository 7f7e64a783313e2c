package dev.weir;

import org.jspecify.annotations.Nullable;

/**
 * One record being put together; {@link #log()} ends it.
 *
 * <pre>{@code
 * logger.atInfo().keyValue("amount", 42).keyValue("currency", "EUR").log("paid by {}", customer);
 * }</pre>
 *
 * <p>Used by one thread at a time, and once. It refers to what it was given until {@code log()}, and what is true then is
 * what the record says. One that is never logged costs nothing; logging it again does nothing.
 */
public abstract sealed class RecordBuilder permits LiveRecordBuilder, SilentRecordBuilder {
    /** One of the two there are. */
    RecordBuilder() {}

    /**
     * Sets the message.
     *
     * @param template with {@code {}}
     * @return this
     */
    public abstract RecordBuilder message(@Nullable String template);

    /**
     * Adds an argument of the message.
     *
     * @param value of any type
     * @return this
     */
    public abstract RecordBuilder argument(@Nullable Object value);

    /**
     * Adds an argument of the message.
     *
     * @param value a number
     * @return this
     */
    public abstract RecordBuilder argument(long value);

    /**
     * Adds an argument of the message.
     *
     * @param value a number
     * @return this
     */
    public abstract RecordBuilder argument(double value);

    /**
     * Adds an argument of the message.
     *
     * @param value a number, which keeps its own digits: 0.1f is not 0.10000000149011612
     * @return this
     */
    public abstract RecordBuilder argument(float value);

    /**
     * Adds an argument of the message.
     *
     * @param value a character, which is a text
     * @return this
     */
    public abstract RecordBuilder argument(char value);

    /**
     * Adds an argument of the message.
     *
     * @param value a truth value
     * @return this
     */
    public abstract RecordBuilder argument(boolean value);

    /**
     * Adds a key with a value, which keeps its type: numbers, truth values, text, arrays, collections and maps of them;
     * of anything else the text.
     *
     * @param key null is written as "null"
     * @param value of any type
     * @return this
     */
    public abstract RecordBuilder keyValue(@Nullable String key, @Nullable Object value);

    /**
     * Adds a key with a number.
     *
     * @param key null is written as "null"
     * @param value a number
     * @return this
     */
    public abstract RecordBuilder keyValue(@Nullable String key, long value);

    /**
     * Adds a key with a number.
     *
     * @param key null is written as "null"
     * @param value a number
     * @return this
     */
    public abstract RecordBuilder keyValue(@Nullable String key, double value);

    /**
     * Adds a key with a number.
     *
     * @param key null is written as "null"
     * @param value a number, which keeps its own digits: 0.1f is not 0.10000000149011612
     * @return this
     */
    public abstract RecordBuilder keyValue(@Nullable String key, float value);

    /**
     * Adds a key with a character, which is a text.
     *
     * @param key null is written as "null"
     * @param value a character
     * @return this
     */
    public abstract RecordBuilder keyValue(@Nullable String key, char value);

    /**
     * Adds a key with a truth value.
     *
     * @param key null is written as "null"
     * @param value a truth value
     * @return this
     */
    public abstract RecordBuilder keyValue(@Nullable String key, boolean value);

    /**
     * Sets the throwable.
     *
     * @param thrown null for none
     * @return this
     */
    public abstract RecordBuilder cause(@Nullable Throwable thrown);

    /**
     * Adds a marker; one that was added before is there once.
     *
     * @param name its name
     * @return this
     */
    public abstract RecordBuilder marker(String name);

    /**
     * Sets when it happened; now, if it is not set.
     *
     * @param epochNanos nanoseconds since 1970-01-01T00:00Z
     * @return this
     */
    public abstract RecordBuilder time(long epochNanos);

    /**
     * Sets the thread it happened on; the calling one, if it is not set.
     *
     * @param name its name
     * @param id 0 if unknown
     * @return this
     */
    public abstract RecordBuilder thread(String name, long id);

    /**
     * Names the event that the record is one of, as OpenTelemetry has it.
     *
     * @param name null for none
     * @return this
     */
    public abstract RecordBuilder eventName(@Nullable String name);

    /**
     * Sets how severe it is where it comes from. The level alone decides who gets the record.
     *
     * @param number 1 to 24, as OpenTelemetry numbers severities; with any other, it is the level's
     * @param text what the source calls it; null for the level's name
     * @return this
     */
    public abstract RecordBuilder severity(int number, @Nullable String text);

    /**
     * Sets when it came to the caller's knowledge; when it happened, if it is not set.
     *
     * @param epochNanos nanoseconds since 1970-01-01T00:00Z
     * @return this
     */
    public abstract RecordBuilder observed(long epochNanos);

    /**
     * Sets what tells the record from all others.
     *
     * @param id null for nothing
     * @return this
     */
    public abstract RecordBuilder uniqueId(@Nullable String id);

    /**
     * Names the class that hands the call on to this builder, as a facade does: where records say who made the call, it is
     * who called that class.
     *
     * @param className its name, as {@link Class#getName()} has it
     * @return this
     */
    public abstract RecordBuilder callerBoundary(String className);

    /**
     * Sets where the call was made, by one who knows; then it is not looked for, and the record says it whether or not its
     * logger is set to.
     *
     * @param known class, method, file and line; null if that is unknown: then the record says nothing of it
     * @return this
     */
    public abstract RecordBuilder caller(@Nullable StackTraceElement known);

    /** Logs the record. */
    public abstract void log();

    /**
     * Logs the record with a message.
     *
     * @param template with {@code {}}
     */
    public final void log(@Nullable String template) {
        message(template).log();
    }

    /**
     * Logs the record with a message and an argument.
     *
     * @param template with {@code {}}
     * @param argument of any type
     */
    public final void log(@Nullable String template, @Nullable Object argument) {
        message(template).argument(argument).log();
    }

    /**
     * Logs the record with a message and two arguments.
     *
     * @param template with {@code {}}
     * @param first of any type
     * @param second of any type
     */
    public final void log(@Nullable String template, @Nullable Object first, @Nullable Object second) {
        message(template).argument(first).argument(second).log();
    }
}
