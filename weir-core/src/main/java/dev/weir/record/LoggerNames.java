package dev.weir.record;

/** The names of loggers by the ids that records carry. Any thread; a name once given stays. */
public interface LoggerNames {
    /**
     * The name of a logger.
     *
     * @param loggerId an id that a record has shown
     * @return the name
     */
    String name(int loggerId);

    /**
     * The name of a logger as well-formed UTF-8.
     *
     * @param loggerId an id that a record has shown
     * @return lent, not to be changed; always the same array for the same logger
     */
    byte[] nameUtf8(int loggerId);
}
