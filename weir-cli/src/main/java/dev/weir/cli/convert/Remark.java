package dev.weir.cli.convert;

import java.util.List;

/**
 * A comment beside an entry of the result.
 *
 * @param kind what has become of it
 * @param line where it stands in the file that was converted
 * @param texts the first one behind the line's number, others below
 */
record Remark(Kind kind, int line, List<String> texts) {
    /** What has become of something. */
    enum Kind {
        /** It meant something that the result does not have. */
        NOT_CONVERTED("not converted"),
        /** It is there, but works in another way. */
        DIFFERS("differs"),
        /** It has no use here. */
        NOT_NEEDED("not needed");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    String firstLine() {
        return kind.words + ": " + line + ": " + texts.get(0);
    }
}
