package dev.weir.cli.convert;

import org.jspecify.annotations.Nullable;

/** Log4j 2 says by a prefix where a variable is looked for; without one it is a property of the file. */
final class Log4jLookups extends Lookups {
    @Override
    boolean doublesDollars() {
        return true;
    }

    @Override
    void outside(String name, @Nullable Resolved otherwise, Place place, Resolved.Builder out) {
        int colon = name.indexOf(':');
        String prefix = colon < 0 ? "" : name.substring(0, colon);
        if (prefix.equals("env") || prefix.equals("sys")) {
            refer(prefix, name.substring(colon + 1), otherwise, place, out);
        } else if (otherwise != null) {
            place.notConverted("${" + name + "} (no such lookup here: its default stands)");
            out.append(otherwise);
        } else {
            place.notConverted("${" + name + "} (no such lookup here: it stands as a text)");
            out.append("${" + name + '}');
        }
    }
}
