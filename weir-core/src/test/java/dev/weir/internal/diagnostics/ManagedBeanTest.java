package dev.weir.internal.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManagedBeanTest {
    private final List<String> troubles = new ArrayList<>();

    @Test
    void whatTheServerRefusesIsToldAndNothingElse() {
        ManagedBean bean = new ManagedBean(Object::new, () -> true, troubles::add);

        bean.update();

        assertThat(troubles)
                .singleElement()
                .asString()
                .startsWith("jmx: the MBean server failed: javax.management.NotCompliantMBeanException: ");
    }

    @Test
    void whatWasNeverThereIsNotTakenOff() {
        ManagedBean bean = new ManagedBean(Object::new, () -> false, troubles::add);

        bean.update();

        assertThat(troubles).isEmpty();
    }
}
