package dev.weir.testkit;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** What the calling thread has allocated, where the JVM counts it; by reflection, since not every JVM has the bean. */
final class AllocatedBytes {
    private static final @Nullable Object BEAN;
    private static final @Nullable Method ALLOCATED;

    static {
        Object bean = null;
        Method allocated = null;
        try {
            bean = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            allocated =
                    Class.forName("com.sun.management.ThreadMXBean").getMethod("getThreadAllocatedBytes", long.class);
        } catch (ReflectiveOperationException e) {
            bean = null;
        }
        BEAN = bean;
        ALLOCATED = allocated;
    }

    private AllocatedBytes() {}

    /** Bytes since the thread began; negative where nobody counts them. */
    static long ofThisThread() {
        if (BEAN == null || ALLOCATED == null) {
            return -1;
        }
        try {
            return (long) ALLOCATED.invoke(BEAN, Thread.currentThread().getId());
        } catch (ReflectiveOperationException e) {
            return -1;
        }
    }
}
