/** Contract suites for handlers and formatters, fakes, and a JUnit extension that captures records. */
module dev.weir.testkit {
    requires transitive dev.weir.core;
    requires transitive org.junit.jupiter.api;
    requires static org.jspecify;

    exports dev.weir.testkit;
}
