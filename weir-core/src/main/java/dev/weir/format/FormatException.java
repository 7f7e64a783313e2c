package dev.weir.format;

/** A formatter failed on one record, which costs that record and no other. */
public final class FormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Wraps what the formatter threw.
     *
     * @param cause what it threw
     */
    public FormatException(Throwable cause) {
        super("the formatter failed on a record: " + cause, cause);
    }
}
