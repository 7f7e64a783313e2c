package dev.weir.cli.convert;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Logback looks for a variable in the file, then among system properties, then in the environment. */
final class LogbackLookups extends Lookups {
    private static final Pattern ENVIRONMENT = Pattern.compile("[A-Z_][A-Z0-9_]*");

    private final Entry top;
    private final Set<String> told = new HashSet<>();

    LogbackLookups(Entry top) {
        this.top = top;
    }

    @Override
    boolean doublesDollars() {
        return false;
    }

    @Override
    void outside(String name, @Nullable Resolved otherwise, Place place, Resolved.Builder out) {
        boolean environment = ENVIRONMENT.matcher(name).matches();
        if (told.add(name)) {
            top.say(
                    Remark.Kind.DIFFERS,
                    place.line(),
                    "${" + name + "} is a system property or else an environment variable there; here it is the "
                            + (environment ? "environment variable" : "system property"));
        }
        refer(environment ? "env" : "sys", name, otherwise, place, out);
    }
}
