package dev.weir.examples;

import dev.weir.DrainResult;
import dev.weir.TraceContext;
import dev.weir.Weir;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A payment that fails, in four records of one trace: DEBUG goes nowhere, INFO to ERROR to stdout as JSON, ERROR to {@code
 * errors.log} too.
 */
final class PaymentScene {
    private PaymentScene() {}

    static void run() {
        Logger logger = LoggerFactory.getLogger("payment.service");
        TraceContext trace = TraceContext.of("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", 1);

        TraceContext.Scope scope = TraceContext.scope(trace);
        try {
            logger.debug("Validating card of order {}", 4711);
            logger.info("Transaction initiated");
            logger.warn("Retry attempt {}", 1);
            logger.error("Payment gateway timeout");
        } finally {
            scope.close();
        }

        DrainResult result = Weir.current().close(Duration.ofSeconds(5));
        if (result.dropped() > 0 || result.left() > 0) {
            System.err.println("payment: not all records could be written: " + result);
            System.exit(1);
        }
    }
}
