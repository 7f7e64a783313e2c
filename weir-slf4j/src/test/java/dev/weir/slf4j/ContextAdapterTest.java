package dev.weir.slf4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Context;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import org.junit.Test;
import org.slf4j.helpers.MDCAdapterTestBase;
import org.slf4j.spi.MDCAdapter;

/** SLF4J's own contract of an MDC adapter, but for inheritance, and what it leaves open. */
public class ContextAdapterTest extends MDCAdapterTestBase {
    @Override
    protected MDCAdapter instantiateMDC() {
        return new ContextAdapter();
    }

    /** Of SLF4J's contract; Weir's context is not inherited, as Logback's is not. */
    @Test
    @Override
    public void testMDCInheritsValuesFromParentThread() {
        mdc.put("parentKey", "parentValue");

        String inherited = inNewThread(() -> mdc.get("parentKey"));

        assertThat(inherited).isNull();
    }

    /** Of SLF4J's contract, without the inherited value that it begins with. */
    @Test
    @Override
    public void testMDCChildThreadCanOverwriteParentThread() {
        mdc.put("sharedKey", "parentValue");

        String childs = inNewThread(() -> {
            mdc.put("sharedKey", "childValue");
            return mdc.get("sharedKey");
        });

        assertThat(childs).isEqualTo("childValue");
        assertThat(mdc.get("sharedKey")).isEqualTo("parentValue");
    }

    @Test
    public void isTheContextOfWeir() {
        mdc.put("tenant", "acme");
        Context.put("region", "eu");

        assertThat(Context.get("tenant")).isEqualTo("acme");
        assertThat(mdc.getCopyOfContextMap())
                .containsExactlyInAnyOrderEntriesOf(Map.of("tenant", "acme", "region", "eu"));
    }

    @Test
    public void hasNoCopyWhenNothingIsInIt() {
        mdc.put("key", "value");
        mdc.remove("key");

        assertThat(mdc.getCopyOfContextMap()).isNull();
    }

    @Test
    public void letsTheCallerChangeTheCopy() {
        mdc.put("key", "value");

        mdc.getCopyOfContextMap().put("other", "value");

        assertThat(mdc.get("other")).isNull();
    }

    @Test
    public void doesNotFollowTheMapItWasSetTo() {
        Map<String, String> map = new HashMap<>(Map.of("key", "value"));
        mdc.setContextMap(map);

        map.put("key", "later");

        assertThat(mdc.get("key")).isEqualTo("value");
    }

    @Test
    public void replacesEverythingByTheMapItIsSetTo() {
        mdc.put("before", "value");

        mdc.setContextMap(Map.of("key", "value"));

        assertThat(mdc.getCopyOfContextMap()).isEqualTo(Map.of("key", "value"));
    }

    @Test
    public void isEmptyAfterItWasSetToNull() {
        mdc.put("key", "value");

        mdc.setContextMap(null);

        assertThat(mdc.get("key")).isNull();
    }

    @Test
    public void leavesOutANullKeyOfTheMapItIsSetTo() {
        Map<String, String> map = new HashMap<>();
        map.put(null, "nobody's");
        map.put("key", null);

        mdc.setContextMap(map);

        assertThat(mdc.getCopyOfContextMap()).containsOnlyKeys("key").containsEntry("key", null);
    }

    @Test
    public void refusesToPutANullKeyAndKnowsNone() {
        assertThatThrownBy(() -> mdc.put(null, "value"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("MDC key: null (expected: a name)");
        assertThat(mdc.get(null)).isNull();
        mdc.remove(null);
    }

    @Test
    public void keepsAStackForEachKey() {
        mdc.pushByKey("call", "outer");
        mdc.pushByKey("call", "inner");

        assertThat(mdc.getCopyOfDequeByKey("call")).containsExactly("inner", "outer");
        assertThat(mdc.popByKey("call")).isEqualTo("inner");
        mdc.clearDequeByKey("call");
        assertThatThrownBy(() -> mdc.popByKey("call")).isInstanceOf(NoSuchElementException.class);
    }

    private static String inNewThread(java.util.function.Supplier<String> task) {
        CompletableFuture<String> result = new CompletableFuture<>();
        new Thread(() -> result.complete(task.get())).start();
        return result.join();
    }
}
