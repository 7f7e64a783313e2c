package dev.weir.testkit;

import dev.weir.Level;
import dev.weir.OverflowPolicy;
import dev.weir.Weir;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Captures, for JUnit 5, what a test logs to the current pipeline, by whatever API.
 *
 * <pre>
 * class PaymentTest {
 *     &#64;RegisterExtension
 *     final CapturedRecords records = CapturedRecords.of(Level.DEBUG);
 *
 *     &#64;Test
 *     void tellsOfATimeout() {
 *         payment.charge();
 *
 *         assertThat(records.messages()).contains("gateway timeout");
 *     }
 * }
 * </pre>
 *
 * <p>or, capturing all levels, with {@code @ExtendWith(CapturedRecords.class)} and a parameter of this type.
 *
 * <p><b>Before and after.</b> From before the first {@code @BeforeEach} method to after the last {@code @AfterEach} method,
 * a pipeline runs that has every logger at the given level and captures everything; the handlers of the one before stay open
 * and get nothing. Then that one goes on exactly as it was, by {@link dev.weir.PipelineBuilder#installTemporarily}. A
 * test that installs a pipeline itself, or closes the current one, ends the capture; what it did stays. Pipelines that
 * {@link dev.weir.PipelineBuilder#start} has made are not captured.
 *
 * <p><b>Threads.</b> Whatever thread logs is captured. What is returned holds all that was logged before the call. A process
 * has one current pipeline, so tests that capture must not run at the same time as each other, or as others whose records
 * would get in between: JUnit's {@code @ResourceLock} or {@code @Isolated} sees to that where tests run in parallel.
 */
public final class CapturedRecords implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Level level;
    private volatile Capture capture = Capture.NONE;

    /**
     * What one test has captured.
     *
     * @param name of the handler
     * @param interim ends it
     */
    private record Capture(String name, CapturingHandler handler, Weir.Interim interim) {
        static final Capture NONE = new Capture("", new CapturingHandler(), () -> {});
    }

    /** Captures all levels; called by JUnit for {@code @ExtendWith}. */
    public CapturedRecords() {
        this(Level.TRACE);
    }

    private CapturedRecords(Level level) {
        this.level = Objects.requireNonNull(level, "level");
    }

    /**
     * An extension to register.
     *
     * @param level the least severe level that is on while a test runs
     * @return the extension
     */
    public static CapturedRecords of(Level level) {
        return new CapturedRecords(level);
    }

    /**
     * What has been logged since the test began, or {@link #clear}.
     *
     * @return in the order of the journal, which for each thread is the order of its calls; after the test, what it was
     *     at its end
     * @throws IllegalStateException if what was logged has not arrived within 30 seconds
     */
    public List<CapturedRecord> all() {
        Capture current = capture;
        await(current.name());
        return current.handler().records().stream().map(CapturedRecord::of).toList();
    }

    /**
     * Those of {@link #all()} that a logger or one below it has logged.
     *
     * @param logger its name, dotted
     * @return may be empty
     */
    public List<CapturedRecord> from(String logger) {
        return all().stream()
                .filter(record ->
                        record.logger().equals(logger) || record.logger().startsWith(logger + '.'))
                .toList();
    }

    /**
     * The messages of {@link #all()}.
     *
     * @return with their arguments put in
     */
    public List<String> messages() {
        return all().stream().map(CapturedRecord::message).toList();
    }

    /** Forgets what has been logged until now. */
    public void clear() {
        Capture current = capture;
        await(current.name());
        current.handler().clear();
    }

    /** Not longer than for this handler: one of the pipeline before may hang. */
    private static void await(String name) {
        Weir weir = Weir.current();
        long begun = System.nanoTime();
        while (!weir.flush(LOOK).complete() && pending(weir, name) > 0) {
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new IllegalStateException(pending(weir, name) + " records have not arrived within " + PATIENCE);
            }
        }
    }

    private static long pending(Weir weir, String name) {
        long pending = 0;
        for (Level level : Level.values()) {
            pending += weir.stats().pending(name, level);
        }
        return pending;
    }

    // JUnit's side

    @Override
    public void beforeEach(ExtensionContext context) {
        String name = freeName(Weir.current().stats().handlerNames());
        CapturingHandler handler = new CapturingHandler();
        Weir.Interim interim = Weir.builder()
                .handler(name, handler, options -> options.overflow(OverflowPolicy.BLOCK))
                .root(options -> options.level(level))
                .installTemporarily();
        capture = new Capture(name, handler, interim);
    }

    /** Captures nest, and each has a handler of its own. */
    private static String freeName(Set<String> taken) {
        String name = "captured";
        for (int next = 2; taken.contains(name); next++) {
            name = "captured-" + next;
        }
        return name;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Capture ended = capture;
        try {
            await(ended.name());
        } finally {
            ended.interim().close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == CapturedRecords.class;
    }

    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return this;
    }
}
