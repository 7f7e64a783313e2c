package dev.weir.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeometryTest {
    @ParameterizedTest
    @CsvSource({
        "524288, 16384, 8",
        "1048575, 16384, 8",
        "1048576, 32768, 8",
        "3000000, 65536, 8",
        "8388608, 262144, 8",
        "67108864, 262144, 64",
        "1099511627776, 262144, 4096"
    })
    void makesAQuarterOfTheCapacityTheRing(long capacity, int segment, int segments) {
        Geometry geometry = Geometry.of(capacity);

        assertThat(geometry.segmentBytes()).isEqualTo(segment);
        assertThat(geometry.segments()).isEqualTo(segments);
        assertThat(geometry.ringBytes()).isLessThanOrEqualTo((int) Math.min(capacity / 4, 1 << 30));
        assertThat(geometry.backlogBytes()).isEqualTo(capacity - geometry.ringBytes());
        assertThat(geometry.largestRecordBytes()).isEqualTo(segment / 4);
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 19, 1L << 20, 3_000_000, 1L << 23, 1L << 24, 1L << 26, 1L << 32, 1L << 40})
    void keepsTheThresholdsInTheirOrder(long capacity) {
        Geometry geometry = Geometry.of(capacity);
        long firstReserve = geometry.ringBytes() - geometry.reserveBytes(0);

        assertThat(geometry.gateWindowBytes()).isLessThan(geometry.reliefShareBytes());
        assertThat(geometry.reliefShareBytes() + geometry.segmentBytes() + geometry.segmentBytes() / 2)
                .isLessThanOrEqualTo(firstReserve);
        assertThat(geometry.gateWindowBytes()).isGreaterThanOrEqualTo(2L * geometry.largestRecordBytes());
    }

    @Test
    void hasAShareOfTwoAndAHalfSegmentsWithEight() {
        Geometry least = Geometry.of(Geometry.LEAST_CAPACITY_BYTES);

        assertThat(least.reliefShareBytes()).isEqualTo(least.segmentBytes() * 5L / 2);
    }

    @Test
    void shrinksToTheLeastAndNoFurther() {
        Geometry geometry = Geometry.of(1L << 22);
        int steps = 0;
        while (!geometry.isLeast()) {
            geometry = geometry.halved();
            steps++;
        }

        assertThat(steps).isEqualTo(3);
        assertThat(geometry).isEqualTo(Geometry.of(Geometry.LEAST_CAPACITY_BYTES));
        assertThat(geometry.halved().isLeast()).isTrue();
    }

    @Test
    void refusesLessThanTheLeastCapacity() {
        assertThatThrownBy(() -> Geometry.of(Geometry.LEAST_CAPACITY_BYTES - 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("queue.capacity");
    }
}
