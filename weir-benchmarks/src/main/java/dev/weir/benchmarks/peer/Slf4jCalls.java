package dev.weir.benchmarks.peer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The calls through SLF4J, as an application makes them: with an array for three arguments, and their boxes. */
final class Slf4jCalls {
    private Slf4jCalls() {}

    static Calls of(Shape shape) {
        Logger logger = LoggerFactory.getLogger(Orders.LOGGER);
        return switch (shape) {
            case CONSTANT -> new WithoutContext(i -> logger.info(Orders.CONSTANT));
            case ARGUMENTS ->
                new WithoutContext(
                        i -> logger.info(Orders.TEMPLATE, Orders.order(i), Orders.customer(i), Orders.micros(i)));
            case MDC ->
                new WithContext(
                        i -> logger.info(Orders.TEMPLATE, Orders.order(i), Orders.customer(i), Orders.micros(i)));
            case REQUESTS -> new WithContext(i -> ofRequest(logger, i));
            case KEY_VALUES -> new WithContext(i -> keyValues(logger, i));
            case EXCEPTION -> new WithoutContext(i -> logger.info(Orders.REFUSED, Orders.failure(i)));
        };
    }

    private static void ofRequest(Logger logger, long i) {
        if (Orders.beginsRequest(i)) {
            MDC.put(Orders.REQUEST_KEY, Orders.request(i));
        }
        logger.info(Orders.template(i), Orders.order(i), Orders.customer(i), Orders.micros(i));
    }

    private static void keyValues(Logger logger, long i) {
        logger.atInfo()
                .addKeyValue("order", Orders.order(i))
                .addKeyValue("customer", Orders.customer(i))
                .addKeyValue("micros", Orders.micros(i))
                .addKeyValue("amount", 12.5)
                .addKeyValue("currency", "EUR")
                .addKeyValue("items", 3)
                .addKeyValue("express", true)
                .addKeyValue("warehouse", "hh-02")
                .addKeyValue("attempt", 1)
                .addKeyValue("channel", "web")
                .log(Orders.SETTLED);
    }

    /** One call. */
    @FunctionalInterface
    private interface Call {
        void log(long i);
    }

    private record WithoutContext(Call call) implements Calls {
        @Override
        public void enter() {}

        @Override
        public void log(long i) {
            call.log(i);
        }
    }

    private record WithContext(Call call) implements Calls {
        @Override
        public void enter() {
            MDC.put(Orders.TENANT_KEY, Orders.TENANT);
            MDC.put(Orders.REQUEST_KEY, Orders.REQUEST);
        }

        @Override
        public void log(long i) {
            call.log(i);
        }
    }
}
