package dev.weir.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The place in a document that a report goes to. */
final class Marks {
    static final String BEGIN = "<!-- begin: written by weir bench -->";
    static final String END = "<!-- end: written by weir bench -->";

    private Marks() {}

    /** Replaces what stands between the marks. */
    static void replaceIn(Path document, String report) throws IOException {
        String text = Files.readString(document);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(document + " (expected: the lines " + BEGIN + " and " + END + ')');
        }
        Files.writeString(
                document, text.substring(0, begin + BEGIN.length()) + "\n\n" + report + '\n' + text.substring(end));
    }
}
