package dev.weir.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** One reading of a configuration: its files, what they may refer to, and every problem and warning with its place. */
final class Reading {
    private static final int MOST_REPORTED = 100;
    private static final int COST_OF_A_VALUE = 16;
    private static final long MOST_SPENT = 32L << 20;

    private final Variables variables;
    private final Secrets secrets = new Secrets();
    /** The one that was found, then others in the order in which they were read. */
    private final List<String> files = new ArrayList<>();
    /** A set, since what an alias refers to is read more than once. */
    private final Set<Note> problems = new HashSet<>();

    private final Set<Note> warnings = new HashSet<>();
    private final Set<String> silent = new HashSet<>();
    private final Set<String> missingTypes = new TreeSet<>();
    private int reports;
    private long spent;

    /** What is to be said about a place; in line 0 about none. */
    private record Note(int file, int line, int column, String text) {}

    Reading(String file, Variables variables) {
        files.add(file);
        this.variables = variables;
    }

    Variables variables() {
        return variables;
    }

    Secrets secrets() {
        return secrets;
    }

    void problem(Node node, String text) {
        problem(note(node, text));
    }

    /** Line and column count from 1. */
    void problem(String file, int line, int column, String text) {
        problem(new Note(rank(file), line, column, text));
    }

    /** Of something that does not stand in a file. */
    void problem(String text) {
        problem(new Note(0, 0, 0, text));
    }

    private void problem(Note note) {
        problems.add(note);
        reports++;
    }

    /**
     * Counts what is read, again each time that something refers to it, so that a small file cannot stand for an endless one.
     *
     * @param characters of a text, its variables replaced
     * @return false if it was too much
     */
    boolean spend(int characters) {
        boolean before = isSpent();
        spent += characters + COST_OF_A_VALUE;
        if (isSpent() && !before) {
            problem("the configuration is too large when all that it refers to is in its place (expected: at most "
                    + MOST_SPENT / (1 << 20) + " Mi characters)");
        }
        return !isSpent();
    }

    /** Whether more was read than may be. */
    boolean isSpent() {
        return spent > MOST_SPENT;
    }

    /** Something that is no problem, but that whoever wrote it should know. */
    void warning(Node node, String text) {
        warnings.add(note(node, text));
    }

    /** Warns, once, of a logger whose records go nowhere. */
    void silent(Node node, String logger, String text) {
        if (silent.add(logger)) {
            warning(node, text);
        }
    }

    /** As {@link #warning(Node, String)}, of something that does not stand in a file. */
    void warning(String text) {
        warnings.add(new Note(0, 0, 0, text));
    }

    /** Notes that a type is named that cannot be had. */
    void missingType(String type) {
        missingTypes.add(Text.escaped(Text.shortened(type)));
    }

    Set<String> missingTypes() {
        return missingTypes;
    }

    private Note note(Node node, String text) {
        int column = node.getStartMark().map(Mark::getColumn).orElse(0) + 1;
        int file = node.getStartMark().map(mark -> rank(mark.getName())).orElse(0);
        return new Note(file, lineOf(node), column, text);
    }

    private int rank(String file) {
        int known = files.indexOf(file);
        if (known < 0) {
            files.add(file);
        }
        return known < 0 ? files.size() - 1 : known;
    }

    /** How many problems were reported so far, each again that an alias leads to once more. */
    int reports() {
        return reports;
    }

    /** Whether there are more problems already than will be told. */
    boolean isFull() {
        return problems.size() > MOST_REPORTED;
    }

    static int lineOf(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    /**
     * The text of a scalar, its variables replaced, for whoever only compares it.
     *
     * @return null if it is none, or if a variable is a problem, which is left to those who read the value
     */
    @Nullable
    String text(@Nullable Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            return null;
        }
        boolean[] failed = {false};
        String text = new Substitution(variables, secrets, problem -> failed[0] = true).apply(scalar.getValue());
        return failed[0] ? null : text;
    }

    /** As {@code FILE:LINE:COLUMN: text}, in the order of the files: the first hundred, and how many more there are. */
    List<String> problems() {
        return lines(problems, "problems");
    }

    /** As {@link #problems()}. */
    List<String> warnings() {
        return lines(warnings, "warnings");
    }

    private List<String> lines(Set<Note> notes, String what) {
        List<String> lines = new ArrayList<>();
        notes.stream()
                .sorted(Comparator.comparingInt(Note::file)
                        .thenComparingInt(Note::line)
                        .thenComparingInt(Note::column)
                        .thenComparing(Note::text))
                .limit(MOST_REPORTED)
                .forEach(note -> lines.add(line(note)));
        if (notes.size() > MOST_REPORTED) {
            lines.add(files.get(0) + ": and " + (notes.size() - MOST_REPORTED) + " more " + what);
        }
        return lines;
    }

    private String line(Note note) {
        String text = Text.escaped(secrets.hidden(note.text));
        return note.line == 0 ? text : files.get(note.file) + ":" + note.line + ":" + note.column + ": " + text;
    }
}
