package dev.weir.slf4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Level;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.helpers.BasicMarkerFactory;

@SuppressWarnings("deprecation") // references between markers are deprecated and in use all the same
class MarkersTest {
    private final BasicMarkerFactory markers = new BasicMarkerFactory();
    private CapturingHandler captured;
    private Logger logger;

    @BeforeEach
    void installsAPipelineThatTakesAll() {
        captured = CapturingHandler.install(Level.TRACE);
        logger = LoggerFactory.getLogger("payment.service");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CRITICAL", "FATAL"})
    void makesAnErrorCritical(String name) {
        logger.error(markers.getMarker(name), "out of disk");

        assertThat(captured.only().level()).isEqualTo(Level.CRITICAL);
        assertThat(captured.only().markers()).containsExactly(name);
    }

    @Test
    void makesAnErrorCriticalByAReferencedMarker() {
        logger.error(referring("AUDIT", "PAGE", "CRITICAL"), "out of disk");

        assertThat(captured.only().level()).isEqualTo(Level.CRITICAL);
    }

    @Test
    void makesAnErrorCriticalInTheFluentApi() {
        logger.atError()
                .addMarker(markers.getMarker("AUDIT"))
                .addMarker(markers.getMarker("FATAL"))
                .log("out of disk");

        assertThat(captured.only().level()).isEqualTo(Level.CRITICAL);
        assertThat(captured.only().markers()).containsExactly("AUDIT", "FATAL");
    }

    @Test
    void leavesOtherLevelsAsTheyAre() {
        logger.warn(markers.getMarker("CRITICAL"), "disk is filling");
        logger.error(markers.getMarker("critical"), "not that name");

        assertThat(captured.records().stream().map(CapturingHandler.Captured::level))
                .containsExactly(Level.WARN, Level.ERROR);
    }

    @Test
    void areEnabledByThemselvesWhereOnlyCriticalIs() {
        captured = CapturingHandler.install(Level.CRITICAL);
        Marker critical = markers.getMarker("CRITICAL");

        logger.error(critical, "first");
        logger.atError().addMarker(critical).log("second");
        logger.error("lost");
        logger.atError().log("lost");

        assertThat(logger.isErrorEnabled()).isFalse();
        assertThat(logger.isErrorEnabled(critical)).isTrue();
        assertThat(captured.records().stream().map(CapturingHandler.Captured::message))
                .containsExactly("first", "second");
    }

    @Test
    void goIntoTheRecordWithAllTheyReferTo() {
        logger.info(referring("AUDIT", "PAGE", "MONEY"), "charged");

        assertThat(captured.only().markers()).containsExactly("AUDIT", "PAGE", "MONEY");
    }

    @Test
    void mayReferToThemselves() {
        Hostile marker = new Hostile("LOOP");

        logger.error(marker, "charged");

        assertThat(captured.only().markers()).containsExactly("LOOP");
    }

    @Test
    void thatThrowShowInTheRecord() {
        logger.error(new Hostile(null), "charged");

        assertThat(captured.only().markers()).containsExactly(Markers.FAILED);
        assertThat(captured.only().message()).isEqualTo("charged");
    }

    private Marker referring(String name, String... others) {
        Marker marker = markers.getDetachedMarker(name);
        for (String other : others) {
            marker.add(markers.getDetachedMarker(other));
        }
        return marker;
    }

    /** Refers to itself; without a name it throws whatever it is asked. */
    private static final class Hostile implements Marker {
        private static final long serialVersionUID = 1;

        private final String name;

        Hostile(String name) {
            this.name = name;
        }

        private void fail() {
            if (name == null) {
                throw new IllegalStateException("hostile");
            }
        }

        @Override
        public String getName() {
            fail();
            return name;
        }

        @Override
        public void add(Marker reference) {}

        @Override
        public boolean remove(Marker reference) {
            return false;
        }

        @Override
        public boolean hasChildren() {
            return hasReferences();
        }

        @Override
        public boolean hasReferences() {
            fail();
            return true;
        }

        @Override
        public Iterator<Marker> iterator() {
            fail();
            return List.<Marker>of(this).iterator();
        }

        @Override
        public boolean contains(Marker other) {
            fail();
            return other == this;
        }

        @Override
        public boolean contains(String other) {
            fail();
            return name.equals(other);
        }
    }
}
