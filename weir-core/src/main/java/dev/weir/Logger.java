package dev.weir;

import dev.weir.internal.emit.LoggerNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Weir's own logger, for code that needs no SLF4J: the five levels and {@link Level#CRITICAL}, templates with
 * {@code {}}, typed key-values.
 *
 * <p>Any thread. A logger is valid for ever; a change of configuration changes what it lets through. A call never throws
 * and, but for a route with a blocking handler, never waits: what it was given is encoded before it returns, and is
 * either taken or counted as refused.
 *
 * <p>A last argument that is a throwable is the record's throwable, as in SLF4J.
 */
public final class Logger {
    private final LoggerNode node;
    /** The class whose methods' caller makes the calls; null for this one. */
    private final @Nullable String boundary;

    /** Given out by {@link Weir}. */
    Logger(LoggerNode node) {
        this(node, null);
    }

    private Logger(LoggerNode node, @Nullable String boundary) {
        this.node = node;
        this.boundary = boundary;
    }

    /**
     * This logger for a class that hands calls on to it, as a facade does: where records say who made the call, it is who
     * called that class.
     *
     * @param className its name, as {@link Class#getName()} has it
     * @return the same logger but for that
     */
    public Logger withCallerBoundary(String className) {
        return new Logger(node, Objects.requireNonNull(className, "className"));
    }

    /**
     * The logger's name.
     *
     * @return dotted; "ROOT" for the root
     */
    public String name() {
        return node.name();
    }

    /**
     * Whether a record of this level would be logged here, by the calling thread, and taken by some handler. One plain read,
     * unless a {@link Lens} is open for the level.
     *
     * @param level the level
     * @return may change with the configuration, with {@link Levels}, and while a lens is open with the thread's context
     */
    public boolean isEnabled(Level level) {
        return node.isEnabled(level);
    }

    /**
     * Logs a message.
     *
     * @param level the level
     * @param message as it is
     */
    public void log(Level level, @Nullable String message) {
        if (node.isEnabled(level)) {
            node.queue().emit(node, boundary, level, message, 0, null, null, null);
        }
    }

    /**
     * Logs a message with an argument.
     *
     * @param level the level
     * @param template with {@code {}}
     * @param argument a throwable is the record's throwable
     */
    public void log(Level level, @Nullable String template, @Nullable Object argument) {
        if (node.isEnabled(level)) {
            if (argument instanceof Throwable thrown) {
                node.queue().emit(node, boundary, level, template, 0, null, null, thrown);
            } else {
                node.queue().emit(node, boundary, level, template, 1, argument, null, null);
            }
        }
    }

    /**
     * Logs a message with two arguments.
     *
     * @param level the level
     * @param template with {@code {}}
     * @param first the first
     * @param second a throwable is the record's throwable
     */
    public void log(Level level, @Nullable String template, @Nullable Object first, @Nullable Object second) {
        if (node.isEnabled(level)) {
            if (second instanceof Throwable thrown) {
                node.queue().emit(node, boundary, level, template, 1, first, null, thrown);
            } else {
                node.queue().emit(node, boundary, level, template, 2, first, second, null);
            }
        }
    }

    /**
     * Logs a message with arguments.
     *
     * @param level the level
     * @param template with {@code {}}
     * @param arguments a throwable that is the last of them is the record's throwable
     */
    public void log(Level level, @Nullable String template, @Nullable Object @Nullable ... arguments) {
        if (!node.isEnabled(level)) {
            return;
        }
        if (arguments == null) {
            node.queue().emit(node, boundary, level, template, 0, null, null, null);
            return;
        }
        int count = arguments.length;
        Throwable thrown = count > 0 && arguments[count - 1] instanceof Throwable last ? last : null;
        node.queue().emit(node, boundary, level, template, thrown == null ? count : count - 1, arguments, thrown);
    }

    /**
     * Logs a message with a throwable.
     *
     * @param level the level
     * @param message as it is
     * @param thrown the throwable
     */
    public void log(Level level, @Nullable String message, @Nullable Throwable thrown) {
        if (node.isEnabled(level)) {
            node.queue().emit(node, boundary, level, message, 0, null, null, thrown);
        }
    }

    /**
     * Begins a record with key-values, markers and more.
     *
     * @param level the level
     * @return does nothing if the level is off
     */
    public RecordBuilder atLevel(Level level) {
        return node.isEnabled(level) ? LiveRecordBuilder.begin(node, boundary, level) : SilentRecordBuilder.INSTANCE;
    }

    // trace

    /**
     * Logs a message at {@link Level#TRACE}.
     *
     * @param message as it is
     */
    public void trace(@Nullable String message) {
        log(Level.TRACE, message);
    }

    /**
     * Logs a message with an argument at {@link Level#TRACE}.
     *
     * @param template with {@code {}}
     * @param argument a throwable is the record's throwable
     */
    public void trace(@Nullable String template, @Nullable Object argument) {
        log(Level.TRACE, template, argument);
    }

    /**
     * Logs a message with two arguments at {@link Level#TRACE}.
     *
     * @param template with {@code {}}
     * @param first the first
     * @param second a throwable is the record's throwable
     */
    public void trace(@Nullable String template, @Nullable Object first, @Nullable Object second) {
        log(Level.TRACE, template, first, second);
    }

    /**
     * Logs a message with arguments at {@link Level#TRACE}.
     *
     * @param template with {@code {}}
     * @param arguments a throwable that is the last of them is the record's throwable
     */
    public void trace(@Nullable String template, @Nullable Object @Nullable ... arguments) {
        log(Level.TRACE, template, arguments);
    }

    /**
     * Begins a record at {@link Level#TRACE}.
     *
     * @return does nothing if the level is off
     */
    public RecordBuilder atTrace() {
        return atLevel(Level.TRACE);
    }

    // debug

    /**
     * Logs a message at {@link Level#DEBUG}.
     *
     * @param message as it is
     */
    public void debug(@Nullable String message) {
        log(Level.DEBUG, message);
    }

    /**
     * Logs a message with an argument at {@link Level#DEBUG}.
     *
     * @param template with {@code {}}
     * @param argument a throwable is the record's throwable
     */
    public void debug(@Nullable String template, @Nullable Object argument) {
        log(Level.DEBUG, template, argument);
    }

    /**
     * Logs a message with two arguments at {@link Level#DEBUG}.
     *
     * @param template with {@code {}}
     * @param first the first
     * @param second a throwable is the record's throwable
     */
    public void debug(@Nullable String template, @Nullable Object first, @Nullable Object second) {
        log(Level.DEBUG, template, first, second);
    }

    /**
     * Logs a message with arguments at {@link Level#DEBUG}.
     *
     * @param template with {@code {}}
     * @param arguments a throwable that is the last of them is the record's throwable
     */
    public void debug(@Nullable String template, @Nullable Object @Nullable ... arguments) {
        log(Level.DEBUG, template, arguments);
    }

    /**
     * Begins a record at {@link Level#DEBUG}.
     *
     * @return does nothing if the level is off
     */
    public RecordBuilder atDebug() {
        return atLevel(Level.DEBUG);
    }

    // info

    /**
     * Logs a message at {@link Level#INFO}.
     *
     * @param message as it is
     */
    public void info(@Nullable String message) {
        log(Level.INFO, message);
    }

    /**
     * Logs a message with an argument at {@link Level#INFO}.
     *
     * @param template with {@code {}}
     * @param argument a throwable is the record's throwable
     */
    public void info(@Nullable String template, @Nullable Object argument) {
        log(Level.INFO, template, argument);
    }

    /**
     * Logs a message with two arguments at {@link Level#INFO}.
     *
     * @param template with {@code {}}
     * @param first the first
     * @param second a throwable is the record's throwable
     */
    public void info(@Nullable String template, @Nullable Object first, @Nullable Object second) {
        log(Level.INFO, template, first, second);
    }

    /**
     * Logs a message with arguments at {@link Level#INFO}.
     *
     * @param template with {@code {}}
     * @param arguments a throwable that is the last of them is the record's throwable
     */
    public void info(@Nullable String template, @Nullable Object @Nullable ... arguments) {
        log(Level.INFO, template, arguments);
    }

    /**
     * Begins a record at {@link Level#INFO}.
     *
     * @return does nothing if the level is off
     */
    public RecordBuilder atInfo() {
        return atLevel(Level.INFO);
    }

    // warn

    /**
     * Logs a message at {@link Level#WARN}.
     *
     * @param message as it is
     */
    public void warn(@Nullable String message) {
        log(Level.WARN, message);
    }

    /**
     * Logs a message with an argument at {@link Level#WARN}.
     *
     * @param template with {@code {}}
     * @param argument a throwable is the record's throwable
     */
    public void warn(@Nullable String template, @Nullable Object argument) {
        log(Level.WARN, template, argument);
    }

    /**
     * Logs a message with two arguments at {@link Level#WARN}.
     *
     * @param template with {@code {}}
     * @param first the first
     * @param second a throwable is the record's throwable
     */
    public void warn(@Nullable String template, @Nullable Object first, @Nullable Object second) {
        log(Level.WARN, template, first, second);
    }

    /**
     * Logs a message with arguments at {@link Level#WARN}.
     *
     * @param template with {@code {}}
     * @param arguments a throwable that is the last of them is the record's throwable
     */
    public void warn(@Nullable String template, @Nullable Object @Nullable ... arguments) {
        log(Level.WARN, template, arguments);
    }

    /**
     * Begins a record at {@link Level#WARN}.
     *
     * @return does nothing if the level is off
     */
    public RecordBuilder atWarn() {
        return atLevel(Level.WARN);
    }

    // error

    /**
     * Logs a message at {@link Level#ERROR}.
     *
     * @param message as it is
     */
    public void error(@Nullable String message) {
        log(Level.ERROR, message);
    }

    /**
     * Logs a message with an argument at {@link Level#ERROR}.
     *
     * @param template with {@code {}}
     * @param argument a throwable is the record's throwable
     */
    public void error(@Nullable String template, @Nullable Object argument) {
        log(Level.ERROR, template, argument);
    }

    /**
     * Logs a message with two arguments at {@link Level#ERROR}.
     *
     * @param template with {@code {}}
     * @param first the first
     * @param second a throwable is the record's throwable
     */
    public void error(@Nullable String template, @Nullable Object first, @Nullable Object second) {
        log(Level.ERROR, template, first, second);
    }

    /**
     * Logs a message with arguments at {@link Level#ERROR}.
     *
     * @param template with {@code {}}
     * @param arguments a throwable that is the last of them is the record's throwable
     */
    public void error(@Nullable String template, @Nullable Object @Nullable ... arguments) {
        log(Level.ERROR, template, arguments);
    }

    /**
     * Begins a record at {@link Level#ERROR}.
     *
     * @return does nothing if the level is off
     */
    public RecordBuilder atError() {
        return atLevel(Level.ERROR);
    }

    // critical

    /**
     * Logs a message at {@link Level#CRITICAL}.
     *
     * @param message as it is
     */
    public void critical(@Nullable String message) {
        log(Level.CRITICAL, message);
    }

    /**
     * Logs a message with an argument at {@link Level#CRITICAL}.
     *
     * @param template with {@code {}}
     * @param argument a throwable is the record's throwable
     */
    public void critical(@Nullable String template, @Nullable Object argument) {
        log(Level.CRITICAL, template, argument);
    }

    /**
     * Logs a message with two arguments at {@link Level#CRITICAL}.
     *
     * @param template with {@code {}}
     * @param first the first
     * @param second a throwable is the record's throwable
     */
    public void critical(@Nullable String template, @Nullable Object first, @Nullable Object second) {
        log(Level.CRITICAL, template, first, second);
    }

    /**
     * Logs a message with arguments at {@link Level#CRITICAL}.
     *
     * @param template with {@code {}}
     * @param arguments a throwable that is the last of them is the record's throwable
     */
    public void critical(@Nullable String template, @Nullable Object @Nullable ... arguments) {
        log(Level.CRITICAL, template, arguments);
    }

    /**
     * Begins a record at {@link Level#CRITICAL}.
     *
     * @return does nothing if the level is off
     */
    public RecordBuilder atCritical() {
        return atLevel(Level.CRITICAL);
    }
}
