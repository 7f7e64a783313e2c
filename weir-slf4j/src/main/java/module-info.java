/** Makes Weir the backend of SLF4J 2. */
module dev.weir.slf4j {
    requires dev.weir.core;
    requires org.slf4j;
    requires static org.jspecify;
}
