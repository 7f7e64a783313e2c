package dev.weir.slf4j;

import dev.weir.RecordBuilder;
import org.jspecify.annotations.Nullable;

/** Arguments and throwable of a call, told apart as SLF4J's {@code NormalizedParameters} does. */
final class Arguments {
    private Arguments() {}

    /**
     * Adds the arguments and the throwable to a record; without one, a throwable that is the last argument is it.
     *
     * @param arguments the first {@code count} of them count
     */
    static void add(
            @Nullable Object @Nullable [] arguments, int count, @Nullable Throwable thrown, RecordBuilder record) {
        int rest = count;
        Throwable cause = thrown;
        if (arguments != null && count > 0 && cause == null && arguments[count - 1] instanceof Throwable last) {
            cause = last;
            rest--;
        }
        for (int i = 0; arguments != null && i < rest; i++) {
            record.argument(arguments[i]);
        }
        record.cause(cause);
    }
}
