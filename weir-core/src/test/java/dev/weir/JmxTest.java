package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.handler.Handler;
import dev.weir.handler.NullHandler;
import dev.weir.record.LogRecord;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What JMX shows of pipelines that ask for it. */
@Timeout(60)
class JmxTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    private static PipelineBuilder managed() {
        return Weir.builder().jmx(true).handler("null", new NullHandler());
    }

    private Set<String> names() throws Exception {
        return server.queryNames(new ObjectName("dev.weir:*"), null).stream()
                .map(ObjectName::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static ObjectName name(int number) throws Exception {
        return new ObjectName("dev.weir:type=Weir,name=" + number);
    }

    @Test
    void nothingIsThereUnlessItIsAskedFor() throws Exception {
        Weir weir = Weir.builder().handler("null", new NullHandler()).start();

        assertThat(names()).isEmpty();

        weir.close(SOON);
    }

    @Test
    void theBeanHasTheAccountUntilTheEnd() throws Exception {
        Handler picky = new Handler() {
            @Override
            public boolean emit(LogRecord record) {
                return record.level() != Level.WARN;
            }

            @Override
            public void flush() {}
        };
        Weir weir = managed().handler("picky", picky).start();
        weir.loggerOf("any").info("one");
        weir.loggerOf("any").warn("two");
        weir.flush(SOON);

        WeirMXBean bean = JMX.newMXBeanProxy(server, name(1), WeirMXBean.class);

        assertThat(bean.getEmitted())
                .isEqualTo(Map.of("TRACE", 0L, "DEBUG", 0L, "INFO", 1L, "WARN", 1L, "ERROR", 0L, "CRITICAL", 0L));
        assertThat(bean.getRefused()).containsEntry("INFO", 0L);
        assertThat(bean.getWritten()).isEqualTo(Map.of("null", 2L, "picky", 1L));
        assertThat(bean.getDropped()).isEqualTo(Map.of("null", 0L, "picky", 1L));
        assertThat(bean.getPassedOn()).isEqualTo(Map.of("null", 0L, "picky", 0L));
        assertThat(bean.getFiltered()).isEqualTo(Map.of("null", 0L, "picky", 0L));
        assertThat(bean.getPending()).isEqualTo(Map.of("null", 0L, "picky", 0L));
        assertThat(bean.getBreakers()).isEqualTo(Map.of("null", "CLOSED", "picky", "CLOSED"));
        assertThat(bean.getJournalCapacityBytes()).isEqualTo(weir.stats().capacityBytes());
        assertThat(bean.getJournalUsedBytes()).isPositive();
        assertThat(bean.statsJson()).contains("\"written\": {\"INFO\": 1}");
        weir.close(SOON);
        assertThat(names()).isEmpty();
    }

    @Test
    void itsAttributesAreOpenTypesThatAnyConsoleCanRead() throws Exception {
        Weir weir = managed().start();

        TabularData emitted = (TabularData) server.getAttribute(name(1), "Emitted");

        CompositeData row = emitted.get(new Object[] {"INFO"});
        assertThat(row.get("value")).isEqualTo(0L);
        assertThat(server.invoke(name(1), "statsJson", new Object[0], new String[0]))
                .asString()
                .startsWith("{\"emitted\": {}");
        weir.close(SOON);
    }

    @Test
    void levelsAreSetAndListed() throws Exception {
        Weir weir = managed().start();
        Logger logger = weir.loggerOf("any");
        WeirMXBean bean = JMX.newMXBeanProxy(server, name(1), WeirMXBean.class);

        bean.setLevel("any", "debug");
        assertThat(logger.isEnabled(Level.DEBUG)).isTrue();
        bean.setLevelFor("any", "WARNING", 600);
        assertThat(logger.isEnabled(Level.INFO)).isFalse();
        bean.setLevelFor("other", "Off", 600);

        assertThat(bean.getLevels()).containsOnlyKeys("ROOT", "any", "other", "weir.loss", "weir.stats");
        assertThat(bean.getLevels().get("ROOT")).isEqualTo("INFO, configured INFO");
        assertThat(bean.getLevels().get("any")).matches("WARN, set to WARN until \\S+Z, inherited");
        assertThat(bean.getLevels().get("other")).matches("OFF, set to OFF until \\S+Z, inherited");
        assertThat(bean.resetLevel("any")).isTrue();
        assertThat(bean.resetLevel("any")).isFalse();
        bean.setLevel("other", "OFF");
        assertThat(bean.getLevels().get("other")).isEqualTo("OFF, set to OFF until it is reset, inherited");
        bean.resetLevels();
        assertThat(bean.getLevels().get("other")).isNull();
        assertThat(bean.getLevels().get("any")).isEqualTo("INFO, inherited");
        weir.close(SOON);
    }

    @Test
    @SuppressWarnings("try") // the scope is closed, and not used
    void lensesAreOpenedListedAndClosed() throws Exception {
        Weir weir = managed().start();
        Logger logger = weir.loggerOf("any");
        WeirMXBean bean = JMX.newMXBeanProxy(server, name(1), WeirMXBean.class);
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        int context = bean.openLensForContext("any", "DEBUG", "customer", "42", 600);
        int traced = bean.openLensForTrace("ROOT", "TRACE", trace, 600);

        try (TraceContext.Scope scope = Context.scope("customer", "42")) {
            assertThat(logger.isEnabled(Level.DEBUG)).isTrue();
        }
        assertThat(bean.getLenses().get(context)).startsWith("DEBUG of any for context customer=42 until ");
        assertThat(bean.getLenses().get(traced)).startsWith("TRACE of ROOT for trace " + trace + " until ");
        assertThat(bean.closeLens(context)).isTrue();
        assertThat(bean.closeLens(context)).isFalse();
        assertThat(bean.getLenses()).containsOnlyKeys(traced);
        weir.close(SOON);
    }

    @Test
    void aLevelThatIsNoneIsRefusedWithTheNearestWord() throws Exception {
        Weir weir = managed().start();
        WeirMXBean bean = JMX.newMXBeanProxy(server, name(1), WeirMXBean.class);

        assertThatThrownBy(() -> bean.setLevel("any", "DEBIG"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("level: DEBIG (expected: one of TRACE, DEBUG, INFO, WARN, ERROR, CRITICAL, OFF;"
                        + " did you mean DEBUG?)");
        assertThatThrownBy(() -> bean.setLevelFor("any", "loud", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("level: loud (expected: one of TRACE, DEBUG, INFO, WARN, ERROR, CRITICAL, OFF)");
        assertThatThrownBy(() -> bean.openLensForContext("any", "OFF", "k", "v", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("level: OFF (expected: one of TRACE, DEBUG, INFO, WARN, ERROR, CRITICAL)");
        assertThatThrownBy(() -> bean.setLevelFor("any", "DEBUG", Long.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("time: ");
        assertThat(bean.getLevels()).doesNotContainKey("any");
        weir.close(SOON);
    }

    @Test
    void anotherConfigurationPutsItThereAndTakesItOff() throws Exception {
        NullHandler handler = new NullHandler();
        Weir weir = Weir.builder().handler("null", handler).start();

        PipelineSettingsForTest.install(weir, Weir.builder().jmx(true).handler("null", handler));
        assertThat(names()).containsExactly(name(1).toString());
        PipelineSettingsForTest.install(
                weir, Weir.builder().jmx(true).handler("null", handler).handler("b", new NullHandler()));
        assertThat(server.getAttribute(name(1), "Written")).isInstanceOfSatisfying(TabularData.class, written -> {
            assertThat(written.size()).isEqualTo(2);
        });
        PipelineSettingsForTest.install(weir, Weir.builder().handler("null", handler));
        assertThat(names()).isEmpty();

        weir.close(SOON);
    }

    @Test
    void aTemporaryPipelineTakesItAlongWhateverWasThereBefore() throws Exception {
        Weir.builder().handler("before", new NullHandler()).install();
        Weir.Interim overAnother = managed().installTemporarily();
        assertThat(names()).containsExactly(name(1).toString());
        overAnother.close();
        assertThat(names()).isEmpty();
        Weir.current().close(SOON);

        Weir.Interim overNone = managed().installTemporarily();
        assertThat(names()).containsExactly(name(1).toString());
        overNone.close();

        assertThat(names()).isEmpty();
    }

    @Test
    void weirsOfOtherClassLoadersHaveOtherNumbersAndAreNotKeptAlive() throws Exception {
        Weir first = managed().start();
        Apart second = new Apart();
        Apart third = new Apart();
        assertThat(names()).containsExactly(name(1).toString(), name(2).toString(), name(3).toString());
        WeakReference<ClassLoader> loader = second.loader();

        second.close();
        assertThat(names()).containsExactly(name(1).toString(), name(3).toString());
        Apart fourth = new Apart();
        assertThat(names()).hasSize(3);
        fourth.close();
        third.close();
        first.close(SOON);

        assertThat(names()).isEmpty();
        second = null;
        await().until(() -> {
            System.gc();
            return loader.get() == null;
        });
    }

    /** A pipeline of a Weir that a class loader of its own has loaded. */
    private static final class Apart {
        private final URLClassLoader loader;
        private final Object weir;

        Apart() throws Exception {
            URL classes = Path.of("target", "classes").toUri().toURL();
            loader = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader());
            Object builder = type("dev.weir.Weir").getMethod("builder").invoke(null);
            Object handler =
                    type("dev.weir.handler.NullHandler").getConstructor().newInstance();
            Class<?> type = builder.getClass();
            type.getMethod("handler", String.class, this.type("dev.weir.handler.Handler"))
                    .invoke(builder, "null", handler);
            type.getMethod("jmx", boolean.class).invoke(builder, true);
            weir = type.getMethod("start").invoke(builder);
        }

        private Class<?> type(String name) throws ClassNotFoundException {
            return Class.forName(name, true, loader);
        }

        WeakReference<ClassLoader> loader() {
            return new WeakReference<>(loader);
        }

        void close() throws Exception {
            weir.getClass().getMethod("close", Duration.class).invoke(weir, SOON);
            loader.close();
        }
    }

    @Test
    void somebodyElseMayTakeItOff() throws Exception {
        Weir weir = managed().start();

        server.unregisterMBean(name(1));

        assertThat(weir.close(SOON).complete()).isTrue();
        assertThat(weir.diagnostics()).isEmpty();
    }
}
