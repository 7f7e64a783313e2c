package dev.weir.benchmarks;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The call through SLF4J, as an application makes it: an array for three arguments, and their boxes. */
final class Slf4jCall implements Backend.Call {
    static final String LOGGER = "shop.orders.Settlement";
    static final String TEMPLATE = "Order {} of customer {} settled in {} us";

    private final Logger logger = LoggerFactory.getLogger(LOGGER);

    @Override
    public void log(int order, String customer, long micros) {
        logger.info(TEMPLATE, order, customer, micros);
    }
}
