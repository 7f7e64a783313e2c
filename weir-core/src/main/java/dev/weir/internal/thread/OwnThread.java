package dev.weir.internal.thread;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * Makes Weir's threads. Whoever logs first, installs or reports may be an application that is undeployed while they go on;
 * so they take nothing of the thread that makes them: neither its context class loader, nor its inheritable thread-locals,
 * nor the classes on its stack, nor its priority, nor its thread group, which may be of a class of the application's and
 * may limit the priority.
 */
public final class OwnThread {
    /** Up to here a thread inherits, as its access control context, the class loaders of all that is on the stack. */
    private static final int LAST_WITH_ACCESS_CONTROL = 23;

    private OwnThread() {}

    /** A platform daemon thread that is not started yet. */
    @SuppressWarnings({"removal", "ThreadPriorityCheck"}) // where it has been removed, it is not called
    public static Thread of(Runnable body, String name) {
        PrivilegedAction<Thread> make = () -> new Thread(topGroup(), body, name, 0, false);
        Thread thread = Runtime.version().feature() <= LAST_WITH_ACCESS_CONTROL
                ? AccessController.doPrivileged(make)
                : make.run();
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.setPriority(Thread.NORM_PRIORITY);
        return thread;
    }

    private static ThreadGroup topGroup() {
        ThreadGroup top = Thread.currentThread().getThreadGroup();
        for (ThreadGroup parent = top.getParent(); parent != null; parent = parent.getParent()) {
            top = parent;
        }
        return top;
    }
}
