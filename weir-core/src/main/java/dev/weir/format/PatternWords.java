package dev.weir.format;

import dev.weir.format.EntriesPiece.Layout;
import dev.weir.format.PatternFormat.Options;
import dev.weir.format.TextPiece.Coloured;
import dev.weir.format.TextPiece.Field;
import dev.weir.format.TextPiece.Given;
import dev.weir.format.TextPiece.Highlighted;
import dev.weir.format.TextPiece.Literal;
import dev.weir.format.TextPiece.Thrown;
import dev.weir.format.TextPiece.Time;
import dev.weir.internal.record.NearestWord;
import dev.weir.internal.record.Utf8;
import dev.weir.record.ByteOutput.Escape;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** What the words of a pattern stand for. */
final class PatternWords {
    /** What ends a line where the pattern says so. */
    static final TextPiece LINE_END = new Literal(new Fragment("\n"));

    private static final String REPLACE = "replace";
    private static final String HIGHLIGHT = "highlight";
    private static final String UNKNOWN_PLACE = "?";
    private static final int MAX_LENGTH = 1000;

    private static final Map<String, String> TIMES = Map.of(
            "ISO8601", "yyyy-MM-dd HH:mm:ss,SSS",
            "DEFAULT", "yyyy-MM-dd HH:mm:ss,SSS",
            "STRICT", "yyyy-MM-dd'T'HH:mm:ss,SSS",
            "ABSOLUTE", "HH:mm:ss,SSS",
            "COMPACT", "yyyyMMddHHmmssSSS",
            "DATE", "dd MMM yyyy HH:mm:ss,SSS");

    private static final Map<String, Layout> QUOTES =
            Map.of("NONE", Layout.BARE, "SINGLE", Layout.SINGLE_QUOTES, "DOUBLE", Layout.DOUBLE_QUOTES);

    private static final Map<String, TextField> TRACE = Map.of(
            "trace_id", TextField.TRACE_ID,
            "traceId", TextField.TRACE_ID,
            "span_id", TextField.SPAN_ID,
            "spanId", TextField.SPAN_ID,
            "trace_flags", TextField.TRACE_FLAGS);

    private static final Map<String, Colour> COLOURS = Colour.byWord();
    private static final Map<String, Maker> WORDS = words();

    private final TextSetting setting;
    private boolean hasThrown;

    /** Makes the piece for a word. */
    private interface Maker {
        TextPiece piece(PatternWords words, Options options) throws WrongException;
    }

    /** What a word expects instead of what it has. */
    static final class WrongException extends Exception {
        private static final long serialVersionUID = 1;

        WrongException(String expected) {
            super(expected);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    PatternWords(TextSetting setting) {
        this.setting = setting;
    }

    private static Map<String, Maker> words() {
        Map<String, Maker> words = new LinkedHashMap<>();
        add(words, PatternWords::time, "d", "date");
        add(words, field(TextField.LEVEL, ""), "level", "p", "le");
        add(words, name(TextField.NAME), "logger", "c", "lo");
        add(words, field(TextField.THREAD_NAME, ""), "thread", "t", "tn", "threadName");
        add(words, field(TextField.THREAD, ""), "tid", "T", "threadId");
        add(words, field(TextField.PROCESS, ""), "pid", "processId");
        add(words, field(TextField.RELATIVE, ""), "relative", "r");
        add(words, field(TextField.MESSAGE, ""), "msg", "m", "message");
        add(words, (made, options) -> without(options, LINE_END), "n");
        add(words, PatternWords::context, "mdc", "X", "MDC");
        add(words, PatternWords::keyValues, "kvp");
        add(words, (made, options) -> without(options, new EntriesPiece(Layout.ATTRIBUTES)), "attributes");
        add(words, field(TextField.MARKERS, ""), "marker");
        add(words, name(TextField.CLASS), "class", "C");
        add(words, field(TextField.METHOD, UNKNOWN_PLACE), "method", "M");
        add(words, field(TextField.FILE, UNKNOWN_PLACE), "file", "F");
        add(words, field(TextField.LINE, UNKNOWN_PLACE), "line", "L");
        add(words, thrown(false), "throwable", "ex", "exception", "xThrowable", "xEx", "xException");
        add(words, thrown(true), "rootException", "rEx", "rException", "rThrowable");
        add(words, PatternWords::nothingThrown, "nopexception", "nopex");
        return words;
    }

    private static void add(Map<String, Maker> words, Maker maker, String... names) {
        for (String name : names) {
            words.put(name, maker);
        }
    }

    /** Whether what was thrown has a place in the pattern, or is not to be shown. */
    boolean hasThrown() {
        return hasThrown;
    }

    static boolean isReplace(String word) {
        return word.equals(REPLACE);
    }

    /** Whether a word stands before parentheses. */
    static boolean isGroup(String word) {
        return isReplace(word) || word.equals(HIGHLIGHT) || COLOURS.containsKey(word);
    }

    /** What a word that is no group's shows. */
    TextPiece piece(String word, Options options) throws WrongException {
        Maker maker = WORDS.get(word);
        if (maker == null) {
            throw unknown(word);
        }
        return maker.piece(this, options);
    }

    private static WrongException unknown(String word) {
        List<String> known = new ArrayList<>(WORDS.keySet());
        known.addAll(List.of(REPLACE, HIGHLIGHT));
        known.addAll(COLOURS.keySet());
        String nearest = NearestWord.of(word, known);
        return new WrongException(
                nearest == null
                        ? "one of the words " + String.join(", ", known) + "; found \"" + word + '"'
                        : "a word of a pattern; found \"" + word + "\"; did you mean " + nearest + "?");
    }

    /** What a word shows that stands before parentheses. */
    TextPiece group(String word, TextPiece inner, Options options) throws WrongException {
        if (isReplace(word)) {
            return replaced(inner, options.texts());
        }
        if (!setting.coloured() || options.content()) {
            return without(options, inner);
        }
        Colour colour = COLOURS.get(word);
        return without(options, colour == null ? new Highlighted(inner) : new Coloured(colour.start(), inner));
    }

    // fields

    private static TextPiece without(Options options, TextPiece piece) throws WrongException {
        if (!options.texts().isEmpty()) {
            throw new WrongException("nothing in braces behind this word");
        }
        return piece;
    }

    private static TextPiece given(String text) {
        return new Given(Utf8.of(text));
    }

    private static Maker field(TextField field, String absent) {
        return (words, options) -> without(options, new Field(field, given(absent)));
    }

    private static Maker name(TextField field) {
        return (words, options) -> {
            int most = number(options, "the most characters of the name, as 36");
            TextPiece name = new Field(field, given(UNKNOWN_PLACE));
            return most < 0 ? name : new AbbreviatedPiece(name, most);
        };
    }

    /** The one number in braces; -1 if there are no braces. */
    private static int number(Options options, String expected) throws WrongException {
        if (options.texts().isEmpty()) {
            return -1;
        }
        String text = options.texts().get(0).trim();
        if (options.texts().size() > 1 || !text.matches("[0-9]{1,4}") || Integer.parseInt(text) > MAX_LENGTH) {
            throw new WrongException(expected + ", at most " + MAX_LENGTH);
        }
        return Integer.parseInt(text);
    }

    private TextPiece context(Options options) throws WrongException {
        if (options.texts().isEmpty()) {
            return new EntriesPiece(Layout.CONTEXT);
        }
        String text = unescaped(options.texts().get(0));
        int mark = text.indexOf(":-");
        String key = (mark < 0 ? text : text.substring(0, mark)).trim();
        if (options.texts().size() > 1
                || key.isEmpty()
                || key.indexOf(',') >= 0) { // Log4j's lists of keys are not known
            throw new WrongException("one key, as {user} or {user:-nobody}");
        }
        String absent = mark < 0 ? setting.defaults().getOrDefault(key, "") : text.substring(mark + 2);
        TextPiece entry = AttributePiece.ofContext(key, given(absent));
        TextField trace = TRACE.get(key); // valid ids do not stay in the context
        return trace == null ? entry : new Field(trace, entry);
    }

    /** Without the backslashes that keep braces, quotation marks and backslashes from meaning something within braces. */
    private static String unescaped(String option) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < option.length(); i++) {
            boolean escapes =
                    option.charAt(i) == '\\' && i + 1 < option.length() && "{}\"'\\".indexOf(option.charAt(i + 1)) >= 0;
            text.append(option.charAt(escapes ? ++i : i));
        }
        return text.toString();
    }

    private TextPiece keyValues(Options options) throws WrongException {
        if (options.texts().isEmpty()) {
            return new EntriesPiece(Layout.DOUBLE_QUOTES);
        }
        Layout layout = QUOTES.get(options.texts().get(0).trim().toUpperCase(Locale.ROOT));
        if (options.texts().size() > 1 || layout == null) {
            throw new WrongException("DOUBLE, SINGLE or NONE");
        }
        return new EntriesPiece(layout);
    }

    // time

    private TextPiece time(Options options) throws WrongException {
        if (options.texts().size() > 2) {
            throw new WrongException("a time pattern and a zone");
        }
        String time =
                options.texts().isEmpty() ? "ISO8601" : options.texts().get(0).trim();
        String zone = options.texts().size() < 2 ? "" : options.texts().get(1).trim();
        int comma = time.lastIndexOf(',');
        if (zone.isEmpty() && comma >= 0 && zone(time.substring(comma + 1)) != null) {
            zone = time.substring(comma + 1).trim();
            time = time.substring(0, comma).trim();
        }
        ZoneId in = zone.isEmpty() ? setting.zone() : zone(zone);
        if (in == null) {
            throw new WrongException("a zone, as UTC or Europe/Berlin; found \"" + zone + '"');
        }
        String pattern = unquoted(time);
        try {
            return new Time(TimeText.pattern(TIMES.getOrDefault(pattern, pattern), in));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new WrongException(
                    "a time pattern of java.time, without optional sections, or one of ISO8601, STRICT, "
                            + "ABSOLUTE, COMPACT, DATE, DEFAULT; found \"" + pattern + "\": " + e.getMessage());
        }
    }

    private static @Nullable ZoneId zone(String id) {
        try {
            return ZoneId.of(id.trim());
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Without the quotation marks around all of it. */
    private static String unquoted(String text) {
        int last = text.length() - 1;
        boolean quoted = last > 0
                && (text.charAt(0) == '"' || text.charAt(0) == '\'')
                && text.indexOf(text.charAt(0), 1) == last;
        return quoted ? text.substring(1, last) : text;
    }

    // what was thrown

    /** That of a pattern that has no word for it. */
    TextPiece thrown() {
        return new Thrown(StackTraces.builder().coloured(setting.coloured()).build());
    }

    private static Maker thrown(boolean rootFirst) {
        return (words, options) -> words.thrown(rootFirst, options);
    }

    private TextPiece thrown(boolean rootFirst, Options options) throws WrongException {
        hasThrown = true;
        String text =
                options.texts().isEmpty() ? "full" : options.texts().get(0).trim();
        if (text.equals("none")) {
            return given("");
        }
        int frames = text.equals("full")
                ? Integer.MAX_VALUE
                : text.equals("short") ? 1 : number(options, "full, short, none, or how many frames of each throwable");
        if (options.texts().size() > 1) {
            throw new WrongException("no second braces behind this word");
        }
        return new Thrown(StackTraces.builder()
                .rootFirst(rootFirst)
                .maxFrames(frames)
                .escape(options.content() ? Escape.NONE : Escape.TEXT)
                .coloured(setting.coloured() && !options.content())
                .build());
    }

    private TextPiece nothingThrown(Options options) throws WrongException {
        hasThrown = true;
        return without(options, given(""));
    }

    // replacement

    /** As Log4j and Logback write them: {@code {regex}{replacement}} or {@code {'regex', 'replacement'}}. */
    private static TextPiece replaced(TextPiece inner, List<String> options) throws WrongException {
        List<String> both = options.size() == 1 ? atComma(options.get(0)) : options;
        if (both.size() != 2) {
            throw new WrongException("{regular expression}{replacement} behind the parenthesis");
        }
        String regex = unquoted(both.get(0));
        String replacement = unquoted(both.get(1));
        try {
            // an alternative that is always found tells whether the groups are there that the replacement names; not
            // behind the expression, whose end may be quoted or a comment
            Matcher empty = Pattern.compile("|" + regex).matcher("");
            if (empty.find()) {
                empty.appendReplacement(new StringBuilder(), replacement);
            }
            return new ReplacedPiece(inner, Pattern.compile(regex), replacement);
        } catch (PatternSyntaxException e) {
            throw new WrongException("a regular expression; found \"" + regex + "\": " + e.getDescription());
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new WrongException("a replacement that names groups there are; found \"" + replacement + '"');
        }
    }

    /** Divides at the first comma that is not within quotation marks. */
    private static List<String> atComma(String option) {
        char quote = 0;
        for (int i = 0; i < option.length(); i++) {
            char c = option.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == ',') {
                return List.of(
                        option.substring(0, i).trim(), option.substring(i + 1).trim());
            }
        }
        return List.of(option);
    }
}
