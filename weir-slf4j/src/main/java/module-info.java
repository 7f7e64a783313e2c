/** Makes Weir the backend of SLF4J 2. */
module dev.weir.slf4j {
    requires transitive org.slf4j;
    requires dev.weir.core;
    requires static org.jspecify;

    exports dev.weir.slf4j;

    provides org.slf4j.spi.SLF4JServiceProvider with
            dev.weir.slf4j.WeirServiceProvider;
}
