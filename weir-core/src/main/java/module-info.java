/** Weir's pipeline: from the logging call through the journal to the handlers. Depends on nothing but the JDK. */
@SuppressWarnings(
        "module") // the testkit, which makes records as the core does, and the configuration, which has threads, are
// built after it
module dev.weir.core {
    requires static java.management;
    requires static jdk.jfr;
    requires static org.jspecify;

    exports dev.weir;
    exports dev.weir.filter;
    exports dev.weir.format;
    exports dev.weir.handler;
    // the comment in it keeps Maven from reading "record to" as the beginning of a record
    exports dev.weir.internal.record /* alone */ to
            dev.weir.testkit;
    exports dev.weir.internal.thread to
            dev.weir.config;
    exports dev.weir.record;
    exports dev.weir.spi;

    uses dev.weir.spi.ConfigurationSource;
}
