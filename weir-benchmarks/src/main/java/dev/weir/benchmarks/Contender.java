package dev.weir.benchmarks;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is compared: a backend, the jars it needs besides those of all, and its system properties. */
@SuppressWarnings("ImmutableEnumChecker") // List.of, and lambdas that keep nothing
enum Contender {
    WEIR("Weir", () -> new WeirBackend(), List.of("weir-"), List.of()),

    /**
     * The context selector makes all loggers asynchronous. Thread locals and direct encoders, the manual's garbage-free
     * mode, are its defaults outside web applications, as are reusable messages; named here so that they are seen. The
     * ring is the largest default, 262144 slots. A full ring blocks the caller, its default.
     */
    LOG4J_ASYNC(
            "Log4j 2 async",
            () -> new Log4jBackend(),
            List.of("log4j-", "disruptor-"),
            List.of(
                    "log4j2.configurationFile=classpath:dev/weir/benchmarks/log4j2-async.xml",
                    "log4j2.contextSelector=org.apache.logging.log4j.core.async.AsyncLoggerContextSelector",
                    "log4j2.asyncLoggerRingBufferSize=262144",
                    "log4j2.asyncQueueFullPolicy=Default",
                    "log4j2.enableThreadlocals=true",
                    "log4j2.enableDirectEncoders=true")),

    LOG4J_SYNC(
            "Log4j 2 sync",
            () -> new Log4jBackend(),
            List.of("log4j-"),
            List.of(
                    "log4j2.configurationFile=classpath:dev/weir/benchmarks/log4j2-sync.xml",
                    "log4j2.enableThreadlocals=true",
                    "log4j2.enableDirectEncoders=true")),

    LOGBACK(
            "Logback + logstash",
            () -> new LogbackBackend(),
            List.of("logback-", "logstash-", "jackson-"),
            List.of("logback.configurationFile=dev/weir/benchmarks/logback.xml")),

    TINYLOG(
            "tinylog",
            () -> new TinylogBackend(),
            List.of("tinylog-", "slf4j-tinylog-"),
            List.of("tinylog.configuration=dev/weir/benchmarks/tinylog.properties"));

    private static final List<String> FOR_ALL = List.of("slf4j-api-", "HdrHistogram-");

    private final String title;
    /** Lambdas, not constructor references, which would load the classes of all contenders. */
    private final Supplier<Backend> backend;

    private final List<String> jars;
    private final List<String> properties;

    Contender(String title, Supplier<Backend> backend, List<String> jars, List<String> properties) {
        this.title = title;
        this.backend = backend;
        this.jars = jars;
        this.properties = properties;
    }

    String title() {
        return title;
    }

    Backend backend() {
        return backend.get();
    }

    /** System properties, as {@code key=value}. */
    List<String> properties() {
        return properties;
    }

    /** Of a class path, what this contender is to see: directories, the jars of all and its own. */
    String classPath(String all) {
        return Arrays.stream(all.split(File.pathSeparator, -1))
                .filter(this::isNeeded)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private boolean isNeeded(String entry) {
        if (!entry.endsWith(".jar")) {
            return true;
        }
        String name = String.valueOf(Path.of(entry).getFileName());
        return Stream.concat(FOR_ALL.stream(), jars.stream()).anyMatch(name::startsWith);
    }
}
