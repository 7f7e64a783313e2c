package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.weir.Level;
import dev.weir.testkit.CapturedRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The testkit's extension, where an application logs by SLF4J. */
class CaptureTest {
    private static final Logger LOGGER = LoggerFactory.getLogger("shop.orders");

    @RegisterExtension
    final CapturedRecords records = CapturedRecords.of(Level.DEBUG);

    @Test
    void capturesWhatIsLoggedBySlf4j() {
        MDC.put("user", "u1");
        LOGGER.atDebug().addKeyValue("order", 4711).log("received by {}", "us");
        MDC.remove("user");

        assertThat(records.from("shop.orders")).singleElement().satisfies(record -> {
            assertThat(record.level()).isEqualTo(Level.DEBUG);
            assertThat(record.message()).isEqualTo("received by us");
            assertThat(record.keyValues()).containsExactly(entry("order", 4711L));
            assertThat(record.context()).containsExactly(entry("user", "u1"));
        });
    }
}
