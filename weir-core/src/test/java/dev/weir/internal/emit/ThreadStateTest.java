package dev.weir.internal.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What threads have of their own: virtual ones where the JDK has them. */
class ThreadStateTest {
    private final List<Map<String, @Nullable String>> seen = new CopyOnWriteArrayList<>();

    @Test
    void aVirtualThreadThatSetNothingHasNoContextWhateverOthersHave() throws InterruptedException {
        start(this::look).join();
        start(() -> ThreadState.put("tenant", "northwind")).join();
        start(this::look).join();

        assertThat(seen).containsExactly(Map.of(), Map.of());
    }

    @Test
    void aVirtualThreadSeesItsOwnContextAtOnce() throws InterruptedException {
        start(() -> {
                    look();
                    ThreadState.put("tenant", "northwind");
                    look();
                    ThreadState.remove("tenant");
                    look();
                })
                .join();

        assertThat(seen).containsExactly(Map.of(), Map.of("tenant", "northwind"), Map.of());
    }

    private void look() {
        seen.add(ThreadState.context());
    }

    /** {@code Thread.startVirtualThread}, from JDK 21 on. */
    private static Thread start(Runnable body) {
        try {
            return (Thread)
                    Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, body);
        } catch (NoSuchMethodException none) {
            Thread thread = new Thread(body, "platform");
            thread.start();
            return thread;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Thread.startVirtualThread", e);
        }
    }
}
