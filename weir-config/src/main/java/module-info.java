/** Reads {@code weir.yaml} and checks it strictly. */
module dev.weir.config {
    requires transitive dev.weir.core;
    requires org.snakeyaml.engine;
    requires static org.jspecify;

    exports dev.weir.config;

    provides dev.weir.spi.ConfigurationSource with
            dev.weir.config.YamlConfigurationSource;
}
