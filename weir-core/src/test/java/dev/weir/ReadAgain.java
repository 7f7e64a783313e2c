package dev.weir;

import dev.weir.spi.ConfigurationSource;
import dev.weir.spi.Reloading;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A source of configurations that says what a test wants, and the watch of it. */
final class ReadAgain implements ConfigurationSource {
    volatile Consumer<PipelineBuilder> says;
    final AtomicInteger read = new AtomicInteger();
    final AtomicInteger inForce = new AtomicInteger();
    final AtomicInteger ended = new AtomicInteger();
    volatile @Nullable Reloading reloading;
    /** Done while the watch begins. */
    volatile Runnable whenWatched = () -> {};

    ReadAgain(Consumer<PipelineBuilder> says) {
        this.says = says;
    }

    @Override
    public String configure(PipelineBuilder builder) {
        read.incrementAndGet();
        says.accept(builder);
        return "test.yaml";
    }

    @Override
    public void inForce() {
        inForce.incrementAndGet();
    }

    @Override
    public Runnable watch(Reloading watching) {
        reloading = watching;
        whenWatched.run();
        return ended::incrementAndGet;
    }

    Weir start() {
        return watched(builder().start());
    }

    Weir install() {
        return watched(builder().install());
    }

    private PipelineBuilder builder() {
        PipelineBuilder builder = Weir.builder();
        says.accept(builder);
        return builder;
    }

    /** As if this had been found at the start of a process. */
    private Weir watched(Weir weir) {
        try {
            Constructor<?> source =
                    Class.forName(Weir.class.getName() + "$Source").getDeclaredConstructors()[0];
            source.setAccessible(true);
            Object found = source.newInstance(this, "test.yaml", "");
            Method follow = Weir.class.getDeclaredMethod("follow", source.getDeclaringClass());
            follow.setAccessible(true);
            Field field = Weir.class.getDeclaredField("LOCK");
            field.setAccessible(true);
            Lock lock = (Lock) field.get(null);
            lock.lock();
            try {
                follow.invoke(weir, found);
            } finally {
                lock.unlock();
            }
            return weir;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
