package dev.weir.internal.diagnostics;

import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * A bean that stands on the platform's MBean server while it is wanted, as {@code dev.weir:type=Weir,name=N}, N being the
 * first number from 1 that is free there: several class loaders may have a Weir each.
 *
 * <p>Nothing of JMX is loaded before it is wanted, since that alone takes longer than all else at the start. Any thread.
 */
public final class ManagedBean {
    private static final String NAME = "dev.weir:type=Weir,name=";
    /** The module is not in every run-time image. */
    private static final boolean PRESENT =
            ModuleLayer.boot().findModule("java.management").isPresent();

    private final Supplier<Object> bean;
    private final BooleanSupplier wanted;
    private final Consumer<String> troubles;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Registration registration;

    /**
     * A bean that is not registered yet.
     *
     * @param bean makes it, each time it is registered
     * @param wanted whether it is to be registered; asked under a lock, so it takes none itself
     * @param troubles gets to know what goes wrong, which changes nothing else
     */
    public ManagedBean(Supplier<Object> bean, BooleanSupplier wanted, Consumer<String> troubles) {
        this.bean = bean;
        this.wanted = wanted;
        this.troubles = troubles;
    }

    /** Registers it or takes it off, as is wanted; to be called after each change of that. */
    public void update() {
        lock.lock();
        try {
            if (!wanted.getAsBoolean()) {
                unregister();
            } else if (!PRESENT) {
                troubles.accept("jmx: the module java.management is not there (expected: in the run-time image, and"
                        + " resolved)");
            } else if (registration == null) {
                registration = Registration.of(bean.get());
            }
        } catch (Exception | LinkageError e) {
            troubles.accept("jmx: the MBean server failed: " + e);
        } finally {
            lock.unlock();
        }
    }

    private void unregister() throws Exception {
        Registration ending = registration;
        registration = null;
        if (ending != null) {
            ending.end();
        }
    }

    /** A bean on the server; loaded only if there are the classes that it refers to. */
    private static final class Registration {
        private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        private final ObjectName name;

        private Registration(ObjectName name) {
            this.name = name;
        }

        static Registration of(Object bean) throws JMException {
            for (int number = 1; ; number++) {
                Registration registration = new Registration(new ObjectName(NAME + number));
                if (registration.begin(bean)) {
                    return registration;
                }
            }
        }

        /** False if the name is another one's. */
        private boolean begin(Object bean) throws JMException {
            try {
                server.registerMBean(bean, name);
                return true;
            } catch (InstanceAlreadyExistsException e) {
                return false;
            }
        }

        void end() throws JMException {
            try {
                server.unregisterMBean(name);
            } catch (InstanceNotFoundException e) {
                // somebody else has taken it off
            }
        }
    }
}
