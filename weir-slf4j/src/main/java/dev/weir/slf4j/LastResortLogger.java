package dev.weir.slf4j;

import java.io.PrintStream;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * Prints WARN and ERROR to standard error when there is no Weir, as {@code logging.lastResort} does in Python. Any
 * thread; lines do not mix.
 */
final class LastResortLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029]");

    LastResortLogger(String name) {
        this.name = name;
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }

    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public boolean isInfoEnabled() {
        return false;
    }

    @Override
    public boolean isWarnEnabled() {
        return true;
    }

    @Override
    public boolean isErrorEnabled() {
        return true;
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            @Nullable String template,
            @Nullable Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        String message = String.valueOf(MessageFormatter.basicArrayFormat(template, arguments));
        String line = level + " " + name + ": " + message;
        PrintStream target = System.err;
        synchronized (target) {
            target.println(CONTROL.matcher(line).replaceAll("?"));
            if (thrown != null) {
                thrown.printStackTrace(target);
            }
        }
    }
}
