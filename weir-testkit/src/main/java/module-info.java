/** Contract suites for handlers and formatters, and fakes to test with. */
module dev.weir.testkit {
    requires transitive dev.weir.core;
    requires transitive org.junit.jupiter.api;
    requires static org.jspecify;

    exports dev.weir.testkit;
}
