package dev.weir.benchmarks.peer;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Who is compared: a backend, how it is set up, and the jars it needs besides those of all. */
@SuppressWarnings("ImmutableEnumChecker") // List.of, EnumSet never changed, and lambdas that keep nothing
public enum Peer {
    /** As it comes, by its builder. */
    WEIR(
            "Weir",
            "WeirBackend",
            setup -> Configuration.NONE,
            List.of("weir-core-", "weir-slf4j-"),
            EnumSet.allOf(Role.class)),
    /** With its configuration file and what reads it. */
    WEIR_YAML(
            "Weir, weir.yaml",
            "WeirYamlBackend",
            WeirYaml::of,
            List.of("weir-core-", "weir-slf4j-", "weir-config-", "snakeyaml-engine-"),
            EnumSet.of(Role.START_UP)),
    /** Asynchronous loggers, JsonTemplateLayout or PatternLayout. */
    LOG4J_ASYNC(
            "Log4j 2 async",
            "Log4jBackend",
            setup -> Log4jConfiguration.of(setup, Log4jConfiguration.Kind.LOGGERS),
            List.of("log4j-", "disruptor-"),
            EnumSet.allOf(Role.class)),
    /** Asynchronous loggers, JSON by PatternLayout. */
    LOG4J_ASYNC_PATTERN(
            "Log4j 2 async, JSON by pattern",
            "Log4jBackend",
            setup -> Log4jConfiguration.of(setup, Log4jConfiguration.Kind.PATTERN),
            List.of("log4j-api-", "log4j-core-", "log4j-slf4j2-impl-", "disruptor-"),
            EnumSet.of(Role.SUSTAINED)),
    /** An asynchronous appender for each sink. */
    LOG4J_APPENDER(
            "Log4j 2 AsyncAppender",
            "Log4jBackend",
            setup -> Log4jConfiguration.of(setup, Log4jConfiguration.Kind.APPENDERS),
            List.of("log4j-"),
            EnumSet.of(Role.OUTAGE)),
    /** The caller writes. */
    LOG4J_SYNC(
            "Log4j 2 sync",
            "Log4jBackend",
            setup -> Log4jConfiguration.of(setup, Log4jConfiguration.Kind.SYNC),
            List.of("log4j-"),
            EnumSet.of(Role.SUSTAINED, Role.RESPONSE, Role.OUTAGE, Role.START_UP)),
    /** Logback's own asynchronous appender. */
    LOGBACK_ASYNC(
            "Logback async",
            "LogbackBackend",
            setup -> LogbackConfiguration.of(setup, LogbackConfiguration.Kind.ASYNC),
            List.of("logback-", "logstash-", "jackson-"),
            EnumSet.complementOf(EnumSet.of(Role.DISABLED))),
    /** logstash-logback-encoder's. */
    LOGBACK_DISRUPTOR(
            "Logback disruptor",
            "LogbackBackend",
            setup -> LogbackConfiguration.of(setup, LogbackConfiguration.Kind.DISRUPTOR),
            List.of("logback-", "logstash-", "jackson-"),
            EnumSet.allOf(Role.class)),
    /** The caller writes. */
    LOGBACK_SYNC(
            "Logback sync",
            "LogbackBackend",
            setup -> LogbackConfiguration.of(setup, LogbackConfiguration.Kind.SYNC),
            List.of("logback-", "logstash-", "jackson-"),
            EnumSet.of(Role.SUSTAINED, Role.RESPONSE, Role.OUTAGE, Role.START_UP)),
    /** Without any configuration: text on the console. */
    LOGBACK_DEFAULT(
            "Logback, its default (console)",
            "LogbackBackend",
            setup -> Configuration.NONE,
            List.of("logback-"),
            EnumSet.of(Role.START_UP)),
    /** With its writing thread. */
    TINYLOG(
            "tinylog",
            "TinylogBackend",
            TinylogConfiguration::of,
            List.of("tinylog-", "slf4j-tinylog-"),
            EnumSet.of(Role.SUSTAINED, Role.RESPONSE, Role.START_UP, Role.ALLOCATION)),
    /** Behind SLF4J, with its own file handler. */
    JUL(
            "java.util.logging",
            "JulBackend",
            setup -> Configuration.NONE,
            List.of("slf4j-jdk14-"),
            EnumSet.of(Role.SUSTAINED, Role.OUTAGE, Role.START_UP)),
    /** Its SDK, by its own API. */
    OPENTELEMETRY(
            "OpenTelemetry SDK",
            "OpenTelemetryBackend",
            setup -> Configuration.NONE,
            List.of("opentelemetry-"),
            EnumSet.of(Role.SUSTAINED, Role.ALLOCATION)),
    /** Nothing. */
    NOP(
            "SLF4J without a backend",
            "NopBackend",
            setup -> Configuration.NONE,
            List.of("slf4j-nop-"),
            EnumSet.of(Role.START_UP, Role.DISABLED, Role.ALLOCATION));

    /** What a peer takes part in. */
    public enum Role {
        /** Records per second. */
        SUSTAINED,
        /** What a caller waits. */
        RESPONSE,
        /** Sinks that hang. */
        OUTAGE,
        /** From the process's start to the first line. */
        START_UP,
        /** A level that is off. */
        DISABLED,
        /** Bytes per call. */
        ALLOCATION
    }

    private final String title;
    private final String backend;
    private final Function<Setup, Configuration> configuration;
    private final List<String> jars;
    private final Set<Role> roles;

    Peer(
            String title,
            String backend,
            Function<Setup, Configuration> configuration,
            List<String> jars,
            Set<Role> roles) {
        this.title = title;
        this.backend = backend;
        this.configuration = configuration;
        this.jars = jars;
        this.roles = roles;
    }

    /** The word for it on the command line: lower-case with dashes. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The peer of a word, if there is one. */
    public static Optional<Peer> of(String word) {
        return Arrays.stream(values()).filter(peer -> peer.word().equals(word)).findFirst();
    }

    /** For tables. */
    public String title() {
        return title;
    }

    /** The class of its backend, for {@link Backend#named}. */
    public String backend() {
        return backend;
    }

    /** How it is set up. */
    public Configuration configuration(Setup setup) {
        return configuration.apply(setup);
    }

    /** Beginnings of the names of the jars it needs. */
    public List<String> jars() {
        return jars;
    }

    /** Whether it takes part in something. */
    public boolean has(Role role) {
        return roles.contains(role);
    }

    /** What it is measured with where the sink does not matter: JSON in a file if it can. */
    public Sink preferredSink() {
        return Stream.of(Sink.JSON, Sink.TEXT, Sink.NULL)
                .filter(sink -> reasonAgainst(sink).isEmpty())
                .findFirst()
                .orElseThrow();
    }

    /**
     * Why it cannot do what is asked of it when its queue is full.
     *
     * @return the reason; empty if it can
     */
    public String reasonAgainst(Policy policy) {
        return switch (this) {
            case LOG4J_SYNC, LOGBACK_SYNC, JUL -> policy == Policy.DROP ? "has no queue" : "";
            default -> "";
        };
    }

    /**
     * Why it cannot write what is asked of it.
     *
     * @return the reason; empty if it can
     */
    public String reasonAgainst(Sink sink, Shape shape) {
        return Stream.of(reasonAgainst(sink), reasonAgainst(shape))
                .filter(reason -> !reason.isEmpty())
                .findFirst()
                .orElse("");
    }

    private String reasonAgainst(Sink sink) {
        return switch (this) {
            case JUL -> sink == Sink.TEXT ? "" : "has no JSON";
            case OPENTELEMETRY -> sink == Sink.NULL ? "" : "has no file";
            case TINYLOG -> sink == Sink.NULL ? "has no writer that discards" : "";
            case LOG4J_ASYNC_PATTERN -> sink == Sink.TEXT ? "is Log4j 2 async there" : "";
            default -> "";
        };
    }

    private String reasonAgainst(Shape shape) {
        if (shape != Shape.KEY_VALUES) {
            return "";
        }
        return switch (this) {
            case TINYLOG -> "writes key-values into the message";
            case JUL -> "drops key-values";
            case LOG4J_ASYNC_PATTERN -> "has to name each key";
            default -> "";
        };
    }
}
