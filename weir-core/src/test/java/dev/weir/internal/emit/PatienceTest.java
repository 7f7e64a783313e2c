package dev.weir.internal.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.OverflowPolicy;
import dev.weir.internal.journal.Cursor;
import dev.weir.internal.journal.Journal;
import dev.weir.internal.journal.Routing;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1000 * MILLI;
    private static final long BEGIN = -3 * SECOND; // a clock may be anywhere

    private final Journal journal = Journal.allocate(1 << 20, () -> 1);
    private final long[] log = WaitLog.create();

    private Cursor[] gates = {};

    private Routing routing(OverflowPolicy... policies) {
        gates = new Cursor[policies.length];
        Routing.Entry[] entries = new Routing.Entry[policies.length];
        for (int i = 0; i < policies.length; i++) {
            gates[i] = journal.newCursor("handler" + i);
            entries[i] = new Routing.Entry(gates[i], id -> -1, policies[i], 1 << 16);
        }
        return new Routing(1, List.of(entries));
    }

    private static OverflowPolicy blockFor(long millis, long perSecond) {
        return OverflowPolicy.blockFor(Duration.ofMillis(millis), Duration.ofMillis(perSecond));
    }

    @Test
    void givesUpAHandlerWhenItsTimeIsOverAndWaitsOnForTheOthers() {
        Routing routing = routing(blockFor(50, 1000), OverflowPolicy.BLOCK, blockFor(20, 1000));
        Patience patience = new Patience(log, BEGIN);

        assertThat(patience.keep(gates, routing, BEGIN)).isSameAs(gates);
        assertThat(patience.leftNanos(gates, routing, BEGIN)).isEqualTo(20 * MILLI);
        assertThat(patience.keep(gates, routing, BEGIN + 20 * MILLI)).containsExactly(gates[0], gates[1]);
        assertThat(patience.keep(gates, routing, BEGIN + 50 * MILLI)).containsExactly(gates[1]);
        assertThat(patience.keep(gates, routing, BEGIN + 3600 * SECOND)).containsExactly(gates[1]);
    }

    @Test
    void waitsNoLongerThanTheThreadHasLeftOfItsTimeInASecond() {
        Routing routing = routing(blockFor(50, 80));
        new Patience(log, BEGIN).end(BEGIN + 50 * MILLI);

        Patience second = new Patience(log, BEGIN + 60 * MILLI);
        assertThat(second.leftNanos(gates, routing, BEGIN + 60 * MILLI)).isEqualTo(30 * MILLI);
        second.end(BEGIN + 90 * MILLI);

        Patience third = new Patience(log, BEGIN + 100 * MILLI);
        assertThat(third.keep(gates, routing, BEGIN + 100 * MILLI)).isEmpty();
        third.end(BEGIN + 100 * MILLI);

        Patience later = new Patience(log, BEGIN + 2 * SECOND);
        assertThat(later.leftNanos(gates, routing, BEGIN + 2 * SECOND)).isEqualTo(50 * MILLI);
    }

    @Test
    void aHandlerThatTheNewestRoutingDoesNotNameIsNotGivenUp() {
        Routing old = routing(blockFor(1, 1));
        Cursor[] gone = gates;
        Routing routing = routing(OverflowPolicy.BLOCK);

        assertThat(new Patience(log, BEGIN).keep(gone, routing, BEGIN + SECOND)).isSameAs(gone);
        assertThat(old.generation()).isOne();
    }

    @Test
    void noThreadWaitsLongerThanAllowedInAnySecond() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Routing routing = routing(blockFor(7, 20));
        long[] begins = new long[2_000];
        long[] ends = new long[begins.length];
        long now = BEGIN;
        for (int i = 0; i < begins.length; i++) {
            Patience patience = new Patience(log, now);
            long left = Math.max(0, patience.leftNanos(gates, routing, now));
            begins[i] = now;
            now += (long) (left * random.nextDouble());
            ends[i] = now;
            patience.end(now);
            now += (long) (random.nextInt(30) * MILLI * random.nextDouble());
        }
        for (int i = 0; i < begins.length; i++) {
            long waited = 0;
            for (int j = i; j < begins.length && begins[j] - (begins[i] + SECOND) < 0; j++) {
                waited += Math.min(ends[j] - begins[j], begins[i] + SECOND - begins[j]);
            }
            assertThat(waited).as("seed %d, from wait %d", seed, i).isLessThanOrEqualTo(20 * MILLI);
        }
    }
}
