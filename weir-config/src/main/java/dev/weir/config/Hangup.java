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
    private final Object handler;
    private final Object before;

    private Hangup(Object signal, Object handler, Object before) {
        this.signal = signal;
        this.handler = handler;
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
            Object handler = handler(handlerType, called);
            Object signal = Class.forName(SIGNAL).getConstructor(String.class).newInstance("HUP");
            Hangup hangup = new Hangup(signal, handler, handle(signal, handler));
            if (hangup.before == handlerType.getField("SIG_IGN").get(null)) {
                hangup.close();
                throw new UnavailableException(
                        "the process ignores it (expected: a start without nohup)",
                        new IllegalStateException("SIG_IGN"));
            }
            return hangup;
        } catch (InvocationTargetException refused) {
            throw new UnavailableException(
                    refused.getCause() + " (expected: a system that has this signal, and a JVM without -Xrs)", refused);
        } catch (ReflectiveOperationException | LinkageError absent) {
            throw new UnavailableException(
                    "there is no " + SIGNAL + " (expected: --add-modules jdk.unsupported)", absent);
        }
    }

    private static Object handler(Class<?> type, Runnable called) {
        return Proxy.newProxyInstance(
                Hangup.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> arguments != null && proxy == arguments[0];
                    case "toString" -> "Weir's reload by SIGHUP";
                    default -> {
                        called.run();
                        yield null;
                    }
                });
    }

    private static Object handle(Object signal, Object handler) throws ReflectiveOperationException {
        return signal.getClass()
                .getMethod("handle", signal.getClass(), Class.forName(HANDLER))
                .invoke(null, signal, handler);
    }

    /** Lets the signal do what it did before, or what somebody else has let it do since. */
    void close() {
        try {
            Object last = handle(signal, before);
            if (last != handler && last != before) {
                handle(signal, last);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("SIGHUP could be had, but not given back", e);
        }
    }
}
