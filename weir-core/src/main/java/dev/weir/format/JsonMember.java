package dev.weir.format;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One member of an object, or several constant ones.
 *
 * @param field what its value is
 * @param beginning what stands before its value: a comma, its name and a colon, and the quotation mark of a string; all of it,
 *     if it is constant
 * @param flat whether it is entries that are members of the object itself
 * @param time writes the whole member, if it is a time that is no number
 * @param members what is in it, if it is an object
 */
record JsonMember(
        JsonField field,
        Fragment beginning,
        boolean flat,
        @Nullable TimeText time,
        JsonMember[] members) {

    /** Whether level, logger and thread alone decide what is written. */
    boolean isOrigin() {
        return switch (field) {
            case LEVEL, LEVEL_VALUE, LOGGER, THREAD, THREAD_ID, ADDED -> true;
            case OBJECT -> Arrays.stream(members).allMatch(JsonMember::isOrigin);
            default -> false;
        };
    }
}
