/** Reads {@code weir.yaml} and checks it strictly. */
module dev.weir.config {
    requires transitive dev.weir.core;
    requires org.snakeyaml.engine;
    requires static org.jspecify;

    exports dev.weir.config;

    uses dev.weir.spi.FilterFactory;
    uses dev.weir.spi.FormatterFactory;
    uses dev.weir.spi.HandlerFactory;

    provides dev.weir.spi.ConfigurationSource with
            dev.weir.config.YamlConfigurationSource;
}
