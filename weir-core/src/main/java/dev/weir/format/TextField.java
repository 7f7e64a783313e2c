package dev.weir.format;

/** What a text format can name, as Python's {@code LogRecord} calls it. */
enum TextField {
    LITERAL("", false),
    ASCTIME("asctime", false),
    MSECS("msecs", true),
    CREATED("created", true),
    LEVELNAME("levelname", false),
    LEVELNO("levelno", true),
    NAME("name", false),
    MESSAGE("message", false),
    MSG("msg", false),
    THREAD("thread", true),
    THREAD_NAME("threadName", false),
    TRACE_ID("trace_id", false),
    SPAN_ID("span_id", false),
    TRACE_FLAGS("trace_flags", false),
    PROCESS("process", true),
    /** A key-value, or an entry of the context. */
    ATTRIBUTE("", false);

    private final String pythonName;
    private final boolean number;

    TextField(String pythonName, boolean number) {
        this.pythonName = pythonName;
        this.number = number;
    }

    boolean isNumber() {
        return number;
    }

    /** The field of that name, {@link #ATTRIBUTE} if it is none of the others. */
    static TextField of(String name) {
        for (TextField field : values()) {
            if (!name.isEmpty() && field.pythonName.equals(name)) {
                return field;
            }
        }
        return ATTRIBUTE;
    }
}
