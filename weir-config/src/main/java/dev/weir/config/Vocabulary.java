package dev.weir.config;

import dev.weir.BreakerPolicy;
import dev.weir.Level;
import dev.weir.LoggerOptions;
import dev.weir.OverflowPolicy;
import dev.weir.QueueWait;
import dev.weir.filter.Filter;
import dev.weir.filter.LoggerFilter;
import dev.weir.format.Formatter;
import dev.weir.handler.Handler;
import dev.weir.spi.Key;
import dev.weir.spi.Kind;
import dev.weir.spi.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The keys of the document, in the words of Python's {@code logging.config.dictConfig}; those of types are said by their
 * factories. The document is read by them, and the schema for editors is made of them.
 */
final class Vocabulary {
    private static final Duration MORE_THAN_NOTHING = Duration.ofNanos(1);
    private static final Duration DAY = Duration.ofDays(1);
    /** What is more than the JVM can live. */
    private static final Duration NO_DEADLINE = Duration.ofDays(365_000);

    static final Key<Integer> VERSION =
            Key.oneOf("version", Map.of("1", 1)).otherwise(1).says("Of this vocabulary.");

    // queue

    private static final Key<Duration> BLOCK_FOR = Key.duration("block-for")
            .from(MORE_THAN_NOTHING)
            .upTo(DAY)
            .required()
            .says("The longest wait of one call.");
    private static final Key<Duration> PER_SECOND = Key.duration("per-second")
            .from(MORE_THAN_NOTHING)
            .upTo(DAY)
            .says(
                    "How long one thread waits in all within any second; by default 100ms, or block-for if that is longer.");
    private static final Kind<OverflowPolicy> OVERFLOW_KIND = Kind.words(Words.of(
                    policy -> policy.kind().key(),
                    OverflowPolicy.DROP_BY_SEVERITY,
                    OverflowPolicy.DROP_OLDEST,
                    OverflowPolicy.DROP_NEWEST,
                    OverflowPolicy.BLOCK))
            .or(Kind.section(BLOCK_FOR, PER_SECOND).as(Vocabulary::blockFor));

    static final Key<Long> CAPACITY = Key.bytes("capacity")
            .from(512L << 10)
            .says(
                    "Memory for the queued records of all handlers together, beside the heap; by default a sixteenth of the heap, "
                            + "within 16MiB and 64MiB.");
    static final Key<Long> MAX_RECORD = Key.bytes("max-record")
            .from(1L << 10)
            .upTo(1L << 30)
            .says("What is longer is shortened, with a mark; by default 64KiB, less in a small queue.");
    static final Key<QueueWait> WAIT = Key.oneOf("wait", Words.of(QueueWait::key, QueueWait.values()))
            .otherwise(QueueWait.ADAPTIVE)
            .says("How workers wait while nothing is logged.");
    static final Key<OverflowPolicy> QUEUE_OVERFLOW = Key.of("overflow", OVERFLOW_KIND)
            .otherwise(OverflowPolicy.DROP_BY_SEVERITY)
            .says("What happens when the backlog of a handler is full that does not say it itself.");
    static final Key<Settings> QUEUE = Key.section("queue", CAPACITY, MAX_RECORD, WAIT, QUEUE_OVERFLOW)
            .says("The queue between callers and handlers.");

    private static OverflowPolicy blockFor(Settings settings) {
        Duration longest = settings.get(BLOCK_FOR);
        Optional<Duration> perSecond = settings.find(PER_SECOND);
        return perSecond.isPresent()
                ? OverflowPolicy.blockFor(longest, perSecond.get())
                : OverflowPolicy.blockFor(longest);
    }

    // stats, jmx, shutdown

    private static final Duration LEAST_STATS_PERIOD = Duration.ofMillis(100);
    static final Key<Duration> STATS_EVERY = Key.duration("every")
            .upTo(DAY)
            .as(Vocabulary::statsPeriod)
            .otherwise(Duration.ZERO)
            .says("How often the logger weir.stats says how the pipeline is doing: from 100ms, or 0 for never.");
    static final Key<Settings> STATS = Key.section("stats", STATS_EVERY).says("The account in the log.");
    static final Key<Boolean> JMX =
            Key.bool("jmx").otherwise(false).says("Whether monitoring can read the account by JMX, and set levels.");
    static final Key<Duration> DEADLINE = Key.of(
                    "deadline", Kind.duration().or(Kind.words(Map.of("none", NO_DEADLINE))))
            .otherwise(Duration.ofSeconds(5))
            .says(
                    "How long the end of the pipeline, or of a handler that is replaced, may take. What is not written then is "
                            + "counted. With none a handler that hangs keeps the process from ending.");
    static final Key<Settings> SHUTDOWN = Key.section("shutdown", DEADLINE).says("The end.");

    private static Duration statsPeriod(Duration period) {
        if (!period.isZero() && period.compareTo(LEAST_STATS_PERIOD) < 0) {
            throw new IllegalArgumentException(
                    TimeSpan.text(period) + " (expected: from 100ms to a day, or 0 for never)");
        }
        return period;
    }

    // reload

    static final Key<Set<Trigger>> RELOAD_ON = Key.of(
                    "reload-on",
                    Kind.listOf(Kind.words(
                                    Words.of(trigger -> trigger.name().toLowerCase(Locale.ROOT), Trigger.values())))
                            .as(Set::copyOf))
            .otherwise(Set.of(Trigger.FILE))
            .says(
                    "What leads to a reload: a change of the file, SIGHUP (which then does not end the process any more), "
                            + "both, or nothing: [].");

    // handlers

    static final Key<Level> LEVEL = Key.level("level").otherwise(Level.TRACE).says("The least severe level it takes.");
    static final Key<Level> MAX_LEVEL =
            Key.level("max-level").otherwise(Level.CRITICAL).says("The most severe level it takes.");
    static final Key<Long> BACKLOG = Key.bytes("backlog")
            .from(1L)
            .says("What may wait for it beside the queue's ring; by default an equal share of what the others leave.");
    static final Key<OverflowPolicy> OVERFLOW = Key.of("overflow", OVERFLOW_KIND)
            .says("What happens when its backlog is full; by default what queue.overflow says.");
    private static final Key<Integer> FAILURES = Key.number("failures")
            .from(1)
            .otherwise(BreakerPolicy.DEFAULT.failures())
            .says("So many failures in a row open it.");
    private static final Key<Duration> SLOW =
            time("slow", BreakerPolicy.DEFAULT.slow()).says("A call that takes longer counts as a failure.");
    private static final Key<Duration> DELAY =
            time("delay", BreakerPolicy.DEFAULT.delay()).says("How long the sink is left alone at first.");
    private static final Key<Duration> MAX_DELAY = time("max-delay", BreakerPolicy.DEFAULT.maxDelay())
            .says("How long at most, if it goes on failing; delay, if that is longer.");
    static final Key<BreakerPolicy> BREAKER = Key.of(
                    "breaker", Kind.section(FAILURES, SLOW, DELAY, MAX_DELAY).as(Vocabulary::breaker))
            .says("When the sink is left alone after failures.");
    static final Key<FlushOn> FLUSH_ON = Key.of("flush-on", FlushOn.KIND)
            .says(
                    "What does not let a batch wait for more: a level, the end of a trace (trace-end), or both as a list.");
    static final Key<List<Filter>> HANDLER_FILTERS = Key.of("filters", Kind.listOf(Filters.KIND))
            .says("What decides about its records, one after the other: names of filters, or filters.");
    static final Key<String> FALLBACK = Key.of("fallback", Kind.handlerName())
            .says("The handler that takes its records while its breaker is open.");

    private static Key<Duration> time(String name, Duration otherwise) {
        return Key.duration(name).from(MORE_THAN_NOTHING).upTo(DAY).otherwise(otherwise);
    }

    /** What is not said is as by default; but a delay above the default's longest is the longest itself. */
    private static BreakerPolicy breaker(Settings settings) {
        Duration delay = settings.get(DELAY);
        Duration longest = settings.get(MAX_DELAY);
        boolean less = longest.compareTo(delay) < 0;
        if (less && settings.has(MAX_DELAY)) {
            throw new IllegalArgumentException("max-delay: " + TimeSpan.text(longest) + " (expected: "
                    + TimeSpan.text(delay) + ", the delay, or more)");
        }
        return new BreakerPolicy(settings.get(FAILURES), settings.get(SLOW), delay, less ? delay : longest);
    }

    /** What a handler has, whatever its type. */
    static final List<Key<?>> HANDLER =
            List.of(LEVEL, MAX_LEVEL, BACKLOG, OVERFLOW, BREAKER, FLUSH_ON, HANDLER_FILTERS, FALLBACK);
    /** A memory handler has a target instead of a fallback. */
    static final List<Key<?>> MEMORY_HANDLER = HANDLER.subList(0, HANDLER.indexOf(FALLBACK));

    // loggers

    static final Key<Boolean> PROPAGATE =
            Key.bool("propagate").otherwise(true).says("Whether records go to the handlers of the loggers above, too.");
    static final Key<Consumer<LoggerOptions>> LOGGER_LEVEL = Key.of("level", levelOr("OFF", LoggerOptions::off))
            .says("The least severe level that is logged here and below; inherited by default, and INFO at the root.");
    static final Key<Consumer<LoggerOptions>> CALLER = Key.of(
                    "caller",
                    Kind.words(Words.<Boolean>of(String::valueOf, true, false))
                            .<Consumer<LoggerOptions>>as(yes -> options -> options.caller(yes))
                            .or(Kind.level().as(level -> options -> options.caller(level))))
            .says("Whether records say where the call was made, here and below, or from which level on.");
    static final Key<List<String>> LOGGER_HANDLERS = Key.of("handlers", Kind.listOf(Kind.handlerName()))
            .says(
                    "Names of the handlers attached here; at the root by default all that are no other's fallback or target.");
    static final Key<List<LoggerFilter>> LOGGER_FILTERS = Key.of("filters", Kind.listOf(Filters.OF_CALLS))
            .says("What decides about the calls here and below: names of filters, or filters, of calls.");
    static final List<Key<?>> LOGGER = List.of(PROPAGATE, LOGGER_LEVEL, CALLER, LOGGER_HANDLERS, LOGGER_FILTERS);
    static final List<Key<?>> ROOT_LOGGER = List.of(LOGGER_LEVEL, CALLER, LOGGER_HANDLERS, LOGGER_FILTERS);

    private static Kind<Consumer<LoggerOptions>> levelOr(String word, Consumer<LoggerOptions> meant) {
        return Kind.level()
                .<Consumer<LoggerOptions>>as(level -> options -> options.level(level))
                .or(Kind.words(Map.of(word, meant)));
    }

    // the document

    static final Key<Map<String, Settings>> PROFILES = Key.of("profiles", Kind.named(Kind.section()))
            .says("What is laid over the rest when WEIR_PROFILES names it: maps merge, lists replace, null removes.");
    static final Key<Map<String, Formatter>> FORMATTERS =
            Key.of("formatters", Kind.named(Kind.formatter())).says("Formatters to refer to by their names.");
    static final Key<Map<String, Filter>> FILTERS =
            Key.of("filters", Kind.named(Filters.KIND)).says("Filters to refer to by their names.");
    static final Key<Map<String, Handler>> HANDLERS = Key.of("handlers", Kind.named(new Kind.Made<>(Handler.class)))
            .says("Where records go, by name; without this key there is a console named stdout.");
    static final Key<Map<String, Settings>> LOGGERS =
            Key.of("loggers", Kind.named(new Kind.Section(LOGGER))).says("What differs at a logger and below.");
    static final Key<Settings> ROOT =
            Key.of("root", new Kind.Section(ROOT_LOGGER)).says("The root of all loggers.");

    /** Keys that nothing else refers to. */
    static final List<Key<?>> OWN = List.of(VERSION, QUEUE, STATS, JMX, SHUTDOWN, RELOAD_ON);
    /** Every key of the document, in the order in which messages name them. */
    static final List<Key<?>> DOCUMENT = List.of(
            VERSION, QUEUE, STATS, JMX, SHUTDOWN, RELOAD_ON, PROFILES, FORMATTERS, FILTERS, HANDLERS, LOGGERS, ROOT);

    private Vocabulary() {}
}
