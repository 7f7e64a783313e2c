/** Sends batches of records to a collector by HTTP. */
module dev.weir.http {
    requires transitive dev.weir.core;
    requires java.net.http;
    requires static org.jspecify;

    exports dev.weir.http;
}
