package dev.weir.benchmarks.peer;

import java.util.Arrays;
import java.util.List;

/** What the application that is measured logs: the same for all contenders. */
public final class Orders {
    /** The logger's name. */
    public static final String LOGGER = "shop.orders.Settlement";

    /** A template for three arguments. */
    public static final String TEMPLATE = "Order {} of customer {} settled in {} us";

    /** A text without arguments. */
    public static final String CONSTANT = "Settlement of all open orders has begun";

    /** A text beside key-values. */
    public static final String SETTLED = "Order settled";

    /** A text beside an exception. */
    public static final String REFUSED = "Order refused";

    /** What the thread carries. */
    public static final String TENANT_KEY = "tenant";

    static final String TENANT = "northwind";
    static final String REQUEST_KEY = "request";
    static final String REQUEST = "8c1f03d27ab4";

    private static final String[] CUSTOMERS = {"c-48213", "c-7", "acme-gmbh", "northwind-traders", "c-900142", "initech"
    };
    private static final int FRAMES = 40;
    private static final int OWN_FRAMES = 10;

    private static final int RECORDS_PER_REQUEST = 10;

    /** So many templates there are. */
    static final int STEPS = 64;

    private static final String[] TEMPLATES = templates();
    private static final String[] REQUESTS = requests(1_024);

    /** Made in advance: what it costs to make one is not the backend's. */
    @SuppressWarnings("StaticAssignmentOfThrowable") // nobody throws them
    private static final Exception[] FAILURES = failures(32);

    private Orders() {}

    static int order(long i) {
        return (int) i;
    }

    static String customer(long i) {
        return CUSTOMERS[(int) (i % CUSTOMERS.length)];
    }

    static long micros(long i) {
        return i * 37 % 1_000_003;
    }

    static String template(long i) {
        return TEMPLATES[(int) (i % STEPS)];
    }

    static boolean beginsRequest(long i) {
        return i % RECORDS_PER_REQUEST == 0;
    }

    /** Of the request that a record belongs to. */
    static String request(long i) {
        return REQUESTS[(int) (i / RECORDS_PER_REQUEST % REQUESTS.length)];
    }

    static Exception failure(long i) {
        return FAILURES[(int) (i % FAILURES.length)];
    }

    /**
     * What stands in every line of a shape.
     *
     * @return texts to be found in the file, of whatever format
     */
    public static List<String> evidence(Shape shape) {
        return switch (shape) {
            case CONSTANT -> List.of(LOGGER, CONSTANT);
            case ARGUMENTS -> List.of(LOGGER, " of customer ", " settled in ");
            case MDC -> List.of(LOGGER, " of customer ", " settled in ", TENANT, REQUEST);
            case REQUESTS -> List.of(LOGGER, " of customer ", " settled in ", TENANT, "8c1f03d20001");
            case KEY_VALUES ->
                List.of(LOGGER, SETTLED, TENANT, REQUEST, "\"warehouse\":\"hh-02\"", "\"express\":", "12.5");
            case EXCEPTION -> List.of(LOGGER, REFUSED, "no such order", "Orders.java");
        };
    }

    private static String[] templates() {
        String[] templates = new String[STEPS];
        for (int i = 0; i < STEPS; i++) {
            templates[i] = "Step " + i + ": order {} of customer {} settled in {} us";
        }
        return templates;
    }

    private static String[] requests(int count) {
        String[] requests = new String[count];
        for (int i = 0; i < count; i++) {
            requests[i] = Long.toHexString(0x8c1f_03d2_0000L + i);
        }
        return requests;
    }

    private static Exception[] failures(int count) {
        Exception[] failures = new Exception[count];
        for (int i = 0; i < count; i++) {
            failures[i] = failure(FRAMES, i);
        }
        return failures;
    }

    /** One whose frames are those of the others, but for the lines of the innermost ones. */
    private static Exception failure(int frames, int number) {
        if (frames > 0) {
            return failure(frames - 1, number);
        }
        Exception thrown = new IllegalStateException("no such order");
        StackTraceElement[] trace = Arrays.copyOf(thrown.getStackTrace(), FRAMES);
        for (int i = 0; i < OWN_FRAMES; i++) {
            StackTraceElement frame = trace[i];
            trace[i] = new StackTraceElement(
                    frame.getClassName(), frame.getMethodName(), frame.getFileName(), OWN_FRAMES * number + i);
        }
        thrown.setStackTrace(trace);
        return thrown;
    }
}
