package dev.weir.config;

import dev.weir.spi.Key;
import dev.weir.spi.Settings;
import dev.weir.spi.TypeFactory;
import java.util.List;
import java.util.function.Function;

/**
 * A type that is there without being looked for.
 *
 * @param <T> what it makes
 * @param type its name
 * @param keys those that it has
 * @param maker makes one of what stands behind them
 */
record BuiltIn<T>(String type, List<Key<?>> keys, Function<Settings, T> maker) implements TypeFactory<T> {
    @Override
    public T create(Settings settings) {
        return maker.apply(settings);
    }
}
