/** The one module a service requires: the core, the SLF4J provider and the configuration file. */
module dev.weir {
    requires transitive dev.weir.config;
    requires transitive dev.weir.core;
    requires transitive dev.weir.slf4j;
}
