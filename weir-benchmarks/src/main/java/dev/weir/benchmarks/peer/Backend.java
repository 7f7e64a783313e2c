package dev.weir.benchmarks.peer;

/** A logging backend from its start to its end. One in a process. */
public interface Backend {
    /**
     * A backend by the name of its class, so that no other backend's classes are loaded.
     *
     * @param name of a class of this package
     * @return not yet started
     * @throws ReflectiveOperationException if there is no such class
     */
    static Backend named(String name) throws ReflectiveOperationException {
        Class<?> found =
                Class.forName(Backend.class.getPackageName().concat(".").concat(name));
        return (Backend) found.getDeclaredConstructor().newInstance();
    }

    /** Makes the backend ready to be called by any thread. */
    void start(Setup setup);

    /** The application's calls to it, once it is started; through SLF4J if it can. */
    default Calls calls(Shape shape) {
        return Slf4jCalls.of(shape);
    }

    /** Writes everything that was logged and closes the sinks. */
    void stop();
}
