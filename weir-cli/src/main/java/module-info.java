/** The command {@code weir}: checks configurations, and converts those of other systems. */
module dev.weir.cli {
    requires dev.weir.core;
    requires dev.weir.config;
    requires java.xml;
    requires org.snakeyaml.engine;
    requires static org.jspecify;

    exports dev.weir.cli;
}
