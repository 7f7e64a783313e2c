package dev.weir.benchmarks;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Virtual threads, from JDK 21 on; the class cannot be initialised before. */
final class VirtualThreads {
    private static final MethodHandle START = startHandle();

    private VirtualThreads() {}

    static Thread start(Runnable body) {
        try {
            return (Thread) START.invokeExact(body);
        } catch (Throwable thrown) {
            throw new LinkageError("Thread.startVirtualThread", thrown);
        }
    }

    private static MethodHandle startHandle() {
        try {
            return MethodHandles.publicLookup()
                    .findStatic(
                            Thread.class, "startVirtualThread", MethodType.methodType(Thread.class, Runnable.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Thread.startVirtualThread", e);
        }
    }
}
