package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Weir;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(CapturedRecords.class)
class CapturedParameterTest {
    @BeforeAll
    static void installAPipelineThatWritesNothing() {
        Weir.builder().install();
    }

    @AfterAll
    static void close() {
        Weir.current().close(Duration.ofSeconds(10));
    }

    @Test
    void capturesAllLevels(CapturedRecords records) {
        Weir.logger("any").trace("fine");

        assertThat(records.messages()).containsExactly("fine");
    }

    @Test
    void beginsAnewInEachTest(CapturedRecords records) {
        Weir.logger("any").info("other");

        assertThat(records.messages()).containsExactly("other");
    }
}
