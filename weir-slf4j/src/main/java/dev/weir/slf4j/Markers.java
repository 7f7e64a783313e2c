package dev.weir.slf4j;

import dev.weir.Level;
import dev.weir.RecordBuilder;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * What markers mean to Weir: their names, with those of all they refer to, go into the record, and one named {@code
 * CRITICAL} or {@code FATAL} makes an ERROR a {@link Level#CRITICAL}, for which SLF4J has no level.
 *
 * <p>A marker may be anybody's class: one that throws shows in the record, one that refers to itself is walked once.
 */
@SuppressWarnings("deprecation") // references are deprecated since 2.0 and in use all the same
final class Markers {
    /** Stands for a marker that threw, as {@code [FAILED toString()]} does for an argument. */
    static final String FAILED = "[FAILED Marker]";

    private static final int MOST_NAMES = 64;

    private Markers() {}

    /** The level of a record with a marker. Allocates nothing unless an ERROR's marker has references. */
    static Level level(Level level, @Nullable Marker marker) {
        return level == Level.ERROR && marker != null && isCritical(marker) ? Level.CRITICAL : level;
    }

    /** Adds the names of a marker and of all it refers to, each once. */
    static void addNames(Marker marker, RecordBuilder record) {
        if (!hasReferences(marker)) {
            record.marker(name(marker));
            return;
        }
        for (String name : namesOf(marker)) {
            record.marker(name);
        }
    }

    private static boolean isCritical(Marker marker) {
        return isCriticalName(name(marker))
                || (hasReferences(marker) && namesOf(marker).stream().anyMatch(Markers::isCriticalName));
    }

    private static boolean isCriticalName(String name) {
        return name.equals("CRITICAL") || name.equals("FATAL");
    }

    private static Set<String> namesOf(Marker marker) {
        Set<String> names = new LinkedHashSet<>();
        collect(marker, names);
        return names;
    }

    private static void collect(@Nullable Marker marker, Set<String> names) {
        if (marker == null || names.size() == MOST_NAMES || !names.add(name(marker))) {
            return;
        }
        try {
            for (Iterator<Marker> references = marker.iterator(); references.hasNext(); ) {
                collect(references.next(), names);
            }
        } catch (RuntimeException e) {
            names.add(FAILED);
        }
    }

    private static boolean hasReferences(Marker marker) {
        try {
            return marker.hasReferences();
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static String name(Marker marker) {
        try {
            return String.valueOf(marker.getName());
        } catch (RuntimeException e) {
            return FAILED;
        }
    }
}
