package dev.weir.config;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration may refer to.
 *
 * @param environment the value of an environment variable, or null
 * @param properties the value of a system property, or null
 */
record Variables(Function<String, @Nullable String> environment, Function<String, @Nullable String> properties) {
    static Variables ofProcess() {
        return new Variables(System::getenv, System::getProperty);
    }
}
