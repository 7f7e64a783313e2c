package dev.weir.benchmarks.peer;

import java.io.Serializable;
import java.nio.ByteBuffer;
import org.apache.logging.log4j.core.Layout;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginAttribute;
import org.apache.logging.log4j.core.config.plugins.PluginElement;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;
import org.apache.logging.log4j.core.layout.ByteBufferDestination;
import org.jspecify.annotations.Nullable;

/**
 * Encodes as a file appender does, without garbage, into a buffer that is emptied nowhere. Named in {@link
 * Log4jConfiguration}.
 */
@Plugin(name = "Discard", category = "Core", elementType = "appender")
public final class Log4jDiscard extends AbstractAppender implements ByteBufferDestination {
    private final ByteBuffer buffer = ByteBuffer.allocate(Configuration.BUFFER_BYTES);

    private Log4jDiscard(String name, Layout<? extends Serializable> layout) {
        super(name, null, layout, false, Property.EMPTY_ARRAY);
    }

    /**
     * Made by Log4j.
     *
     * @param name of the appender
     * @param layout what encodes
     * @return an appender
     */
    @PluginFactory
    public static @Nullable Log4jDiscard create(
            @PluginAttribute("name") String name, @PluginElement("Layout") Layout<? extends Serializable> layout) {
        return new Log4jDiscard(name, layout);
    }

    @Override
    public void append(LogEvent event) {
        getLayout().encode(event, this);
        Discarded.add(1);
    }

    @Override
    public ByteBuffer getByteBuffer() {
        return buffer;
    }

    @Override
    public ByteBuffer drain(ByteBuffer full) {
        return full.clear();
    }

    @Override
    public void writeBytes(ByteBuffer data) {
        data.position(data.limit());
    }

    @Override
    public void writeBytes(byte[] data, int offset, int length) {}
}
