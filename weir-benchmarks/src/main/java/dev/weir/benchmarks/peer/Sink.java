package dev.weir.benchmarks.peer;

/** What becomes of a record. */
public enum Sink {
    /** One JSON object a line, in a file. */
    JSON("JSON file"),
    /** One line of text, in a file. */
    TEXT("text file"),
    /** JSON that is written nowhere: formatted, counted, discarded inside the process. */
    NULL("JSON, discarded");

    private final String title;

    Sink(String title) {
        this.title = title;
    }

    /** For tables. */
    public String title() {
        return title;
    }
}
