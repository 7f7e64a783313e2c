package dev.weir.slf4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Level;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.SLF4JServiceProvider;

class WeirServiceProviderTest {
    @Test
    void isFoundBySlf4j() {
        CapturingHandler.install(Level.INFO);

        assertThat(LoggerFactory.getILoggerFactory()).isInstanceOf(Slf4jLoggerFactory.class);
        assertThat(MDC.getMDCAdapter()).isInstanceOf(ContextAdapter.class);
        assertThat(MarkerFactory.getIMarkerFactory()).isInstanceOf(BasicMarkerFactory.class);
        assertThat(ServiceLoader.load(SLF4JServiceProvider.class)).hasOnlyElementsOfType(WeirServiceProvider.class);
    }

    @Test
    void hasAllPartsBeforeItIsInitialized() {
        WeirServiceProvider provider = new WeirServiceProvider();

        assertThat(provider.getLoggerFactory()).isNotNull();
        assertThat(provider.getMarkerFactory()).isNotNull();
        assertThat(provider.getMDCAdapter()).isNotNull();
        assertThat(provider.getRequestedApiVersion()).isEqualTo("2.0.99");
    }

    @Test
    void printsWarningsToStandardErrorWhenWeirCannotBeStarted() {
        Slf4jLoggerFactory loggers = new Slf4jLoggerFactory();
        loggers.useLastResort();

        String printed = printedBy(loggers, logger -> {
            logger.info("not seen");
            logger.warn("disk\n{}", "full");
            logger.error("charge failed", new IllegalStateException("boom"));
        });

        assertThat(printed.lines())
                .startsWith("WARN a.b: disk?full", "ERROR a.b: charge failed", "java.lang.IllegalStateException: boom");
    }

    private static String printedBy(ILoggerFactory loggers, java.util.function.Consumer<Logger> calls) {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            calls.accept(loggers.getLogger("a.b"));
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
