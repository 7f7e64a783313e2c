package dev.weir.examples.ecs;

import dev.weir.format.Formatter;
import dev.weir.spi.FormatterFactory;
import dev.weir.spi.Key;
import dev.weir.spi.Settings;
import java.util.List;

/** The type {@code ecs} of a configuration: an {@link EcsFormatter}, with the key {@code service}. */
public final class EcsFormatterFactory implements FormatterFactory {
    private static final Key<String> SERVICE =
            Key.text("service").required().says("The value of service.name in every record.");

    /** Called by {@link java.util.ServiceLoader}. */
    public EcsFormatterFactory() {}

    @Override
    public String type() {
        return "ecs";
    }

    @Override
    public List<Key<?>> keys() {
        return List.of(SERVICE);
    }

    @Override
    public Formatter create(Settings settings) {
        return new EcsFormatter(settings.get(SERVICE));
    }
}
