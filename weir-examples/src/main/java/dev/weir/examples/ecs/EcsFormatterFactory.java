package dev.weir.examples.ecs;

import dev.weir.format.Formatter;
import dev.weir.spi.FormatterFactory;
import dev.weir.spi.Settings;

/** The type {@code ecs} of a configuration: an {@link EcsFormatter}, with the key {@code service}. */
public final class EcsFormatterFactory implements FormatterFactory {
    /** Called by {@link java.util.ServiceLoader}. */
    public EcsFormatterFactory() {}

    @Override
    public String type() {
        return "ecs";
    }

    @Override
    public Formatter create(Settings settings) {
        return new EcsFormatter(settings.text("service"));
    }
}
