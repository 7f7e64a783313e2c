/** Sends batches of records to a collector by HTTP. */
module dev.weir.http {
    requires transitive dev.weir.core;
    requires java.net.http;
    requires static org.jspecify;

    exports dev.weir.http;

    provides dev.weir.spi.HandlerFactory with
            dev.weir.http.HttpHandlerFactory;
}
