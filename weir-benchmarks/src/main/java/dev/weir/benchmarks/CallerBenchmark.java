package dev.weir.benchmarks;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.weir.Weir;
import dev.weir.benchmarks.peer.Orders;
import dev.weir.handler.NullHandler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.NullConfiguration;
import org.apache.logging.log4j.core.config.Property;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs the calling thread that a record says where the call was made, by the depth of the stack. Each contender
 * logs by its own API, with and without, and what counts is the difference between the two: what is behind the call is not
 * alike. Weir's handler keeps nothing; the appenders of Logback and Log4j run on the calling thread, ask for the location if it
 * is wanted, as their asynchronous appenders do on that thread, and write nothing.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CallerBenchmark {
    private static final Duration ENOUGH = Duration.ofSeconds(10);
    /** Calls for each time that the stack is made deep. */
    private static final int CALLS = 100;

    /** Who logs. */
    public enum Contender {
        /** Weir. */
        WEIR,
        /** Logback. */
        LOGBACK,
        /** Log4j 2. */
        LOG4J
    }

    /** Who logs. */
    @Param
    public Contender contender = Contender.WEIR;

    /** Frames below the call. */
    @Param({"10", "100"})
    public int depth;

    /** Whether records say where they were logged. */
    @Param({"false", "true"})
    public boolean caller;

    private LongConsumer call = i -> {};
    private Runnable end = () -> {};
    private boolean taken;

    /** Made by JMH. */
    public CallerBenchmark() {}

    /** Sets a contender up, and sees that it logs. */
    @Setup
    public void start() {
        switch (contender) {
            case WEIR -> weir();
            case LOGBACK -> logback();
            case LOG4J -> log4j();
        }
        call.accept(0);
        if (contender != Contender.WEIR && !taken) {
            throw new IllegalStateException(contender + " does not log");
        }
    }

    private void weir() {
        Weir weir = Weir.builder()
                .handler("null", new NullHandler())
                .root(root -> root.caller(caller))
                .start();
        dev.weir.Logger logger = weir.loggerOf(Orders.LOGGER);
        call = i -> logger.info(Orders.TEMPLATE, i, "northwind-traders", 123_456_789L);
        end = () -> weir.close(ENOUGH);
    }

    private void logback() {
        LoggerContext context = new LoggerContext();
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                take(caller && event.getCallerData().length == 0 ? null : event);
            }
        };
        appender.setContext(context);
        appender.start();
        ch.qos.logback.classic.Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        org.slf4j.Logger logger = context.getLogger(Orders.LOGGER);
        call = i -> logger.info(Orders.TEMPLATE, i, "northwind-traders", 123_456_789L);
        end = context::stop;
    }

    private void log4j() {
        org.apache.logging.log4j.core.LoggerContext context =
                new org.apache.logging.log4j.core.LoggerContext("benchmark");
        NullConfiguration configuration = new NullConfiguration();
        AbstractAppender appender = new AbstractAppender("none", null, null, false, Property.EMPTY_ARRAY) {
            /** As with a layout that writes it: then it is looked for early, where the stack is short. */
            @Override
            public boolean requiresLocation() {
                return caller;
            }

            @Override
            public void append(LogEvent event) {
                take(caller ? event.getSource() : event);
            }
        };
        appender.start();
        context.start(configuration);
        LoggerConfig root = configuration.getRootLogger();
        Set.copyOf(root.getAppenders().keySet()).forEach(root::removeAppender);
        root.setLevel(org.apache.logging.log4j.Level.INFO);
        root.addAppender(appender, null, null);
        context.updateLoggers();
        org.apache.logging.log4j.Logger logger = context.getLogger(Orders.LOGGER);
        call = i -> logger.info(Orders.TEMPLATE, i, "northwind-traders", 123_456_789L);
        end = context::stop;
    }

    private void take(@Nullable Object location) {
        if (location == null) {
            throw new IllegalStateException("no location (expected: that of the call)");
        }
        taken = true;
    }

    /** Ends the contender. */
    @TearDown
    public void stop() {
        end.run();
    }

    /** Calls at a depth. */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void calls() {
        callAt(depth);
    }

    private void callAt(int left) {
        if (left > 0) {
            callAt(left - 1);
            return;
        }
        for (int i = 0; i < CALLS; i++) {
            call.accept(i);
        }
    }
}
