package dev.weir.handler;

import java.nio.ByteBuffer;

/** Memory that the operating system is handed bytes in; belongs to one handler, whatever files it writes. */
final class DirectChunk {
    static final int BYTES = 256 * 1024;

    private ByteBuffer chunk = ByteBuffer.allocateDirect(8 * 1024);

    /**
     * A copy of some bytes, until the next one is asked for.
     *
     * @param length at most {@link #BYTES}
     */
    ByteBuffer of(byte[] array, int from, int length) {
        if (chunk.capacity() < length) {
            chunk = ByteBuffer.allocateDirect(Math.min(BYTES, 2 * length));
        }
        return chunk.clear().put(array, from, length).flip();
    }
}
