package dev.weir.cli.convert;

/** Says why a file cannot be converted at all. */
public final class InputException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * With a message for people.
     *
     * @param line where, from 1; 0 if it is about the whole
     */
    InputException(int line, String problem) {
        super(line == 0 ? problem : line + ": " + problem);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
