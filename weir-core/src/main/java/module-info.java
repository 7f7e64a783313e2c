/** Weir's pipeline: from the logging call through the journal to the handlers. Depends on nothing but the JDK. */
module dev.weir.core {
    requires static org.jspecify;
}
