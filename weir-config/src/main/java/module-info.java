/** Reads {@code weir.yaml}, checks it strictly, and reloads it without a gap. */
module dev.weir.config {
    requires dev.weir.core;
    requires org.snakeyaml.engine;
    requires static org.jspecify;
}
