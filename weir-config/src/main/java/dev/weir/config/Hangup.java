package dev.weir.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * SIGHUP, by {@code sun.misc.Signal} of the module {@code jdk.unsupported}, which Weir does without where it is not there. As long
 * as this is open the signal calls somebody, and does not end the process.
 */
final class Hangup {
    private static final String SIGNAL = "sun.misc.Signal";
    private static final String HANDLER = "sun.misc.SignalHandler";

    private final Object signal;
    private final Object before;

    private Hangup(Object signal, Object before) {
        this.signal = signal;
        this.before = before;
    }

    /** Why the signal cannot be had. */
    static final class UnavailableException extends Exception {
        private static final long serialVersionUID = 1;

        UnavailableException(String reason, Throwable cause) {
            super(reason, cause);
        }
    }

    /**
     * Begins to listen.
     *
     * @param called by a thread of the JVM's for each signal, or for several at once
     * @throws UnavailableException if it cannot be had; the message says what to do
     */
    static Hangup listen(Runnable called) throws UnavailableException {
        try {
            Class<?> handlerType = Class.forName(HANDLER);
            Object handler = Proxy.newProxyInstance(
                    Hangup.class.getClassLoader(),
                    new Class<?>[] {handlerType},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "hashCode" -> System.identityHashCode(proxy);
                        case "equals" -> arguments != null && proxy == arguments[0];
                        case "toString" -> "Weir's reload by SIGHUP";
                        default -> {
                            called.run();
                            yield null;
                        }
                    });
            Object signal = Class.forName(SIGNAL).getConstructor(String.class).newInstance("HUP");
            Object before = handle(signal, handler);
            if (before == handlerType.getField("SIG_IGN").get(null)) {
                throw new UnavailableException(
                        "the process ignores it (expected: a start without nohup)",
                        new IllegalStateException("SIG_IGN"));
            }
            return new Hangup(signal, before);
        } catch (InvocationTargetException refused) {
            throw new UnavailableException(
                    refused.getCause() + " (expected: a system that has this signal, and a JVM without -Xrs)", refused);
        } catch (ReflectiveOperationException | LinkageError absent) {
            throw new UnavailableException(
                    "there is no " + SIGNAL + " (expected: --add-modules jdk.unsupported)", absent);
        }
    }

    private static Object handle(Object signal, Object handler) throws ReflectiveOperationException {
        return signal.getClass()
                .getMethod("handle", signal.getClass(), Class.forName(HANDLER))
                .invoke(null, signal, handler);
    }

    /** Lets the signal do what it did before. */
    void close() {
        try {
            handle(signal, before);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("SIGHUP could be had, but not given back", e);
        }
    }
}
