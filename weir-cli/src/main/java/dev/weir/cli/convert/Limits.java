package dev.weir.cli.convert;

/** What a configuration written by people does not reach; counted while it is read. */
final class Limits {
    /** Of a file. */
    static final int MAX_BYTES = 1024 * 1024;

    static final int MAX_DEPTH = 64;
    static final String TOO_DEEP = "nested too deeply (expected: at most " + MAX_DEPTH + " levels)";

    private static final int MAX_PARTS = 50_000;

    private int parts;

    /**
     * Counts a part.
     *
     * @param depth how many it stands within
     * @throws InputException if it is too deep, or one too many
     */
    Part count(Part part, int depth) throws InputException {
        if (depth > MAX_DEPTH) {
            throw new InputException(part.line(), TOO_DEEP);
        }
        if (++parts > MAX_PARTS) {
            throw new InputException(part.line(), "too much in it (expected: at most " + MAX_PARTS + " parts)");
        }
        return part;
    }
}
