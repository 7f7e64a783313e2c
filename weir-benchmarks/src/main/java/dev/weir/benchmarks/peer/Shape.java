package dev.weir.benchmarks.peer;

/** What a record is made of. */
public enum Shape {
    /** A text. */
    CONSTANT("constant message", false),
    /** A template with an int, a text and a long. */
    ARGUMENTS("3 arguments", false),
    /** The same, on a thread with two entries of MDC. */
    MDC("3 arguments, MDC", true),
    /** The same, with one of 64 templates, and with the MDC of a request that has ten records. */
    REQUESTS("64 templates, changing MDC", true),
    /** A text and ten key-values of five types, on a thread with MDC. */
    KEY_VALUES("10 key-values, MDC", true),
    /** A text and one of 32 exceptions of 40 frames. */
    EXCEPTION("exception, 40 frames", false);

    private final String title;
    private final boolean context;

    Shape(String title, boolean context) {
        this.title = title;
        this.context = context;
    }

    /** For tables. */
    public String title() {
        return title;
    }

    /** Whether the thread has entries of MDC. */
    public boolean hasContext() {
        return context;
    }
}
