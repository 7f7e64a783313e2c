package dev.weir.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** One reading of a file: its name, what it may refer to, and every problem with its place. */
final class Reading {
    private static final int MOST_REPORTED = 100;

    private final String file;
    private final Variables variables;
    /** A set, since what an alias refers to is read more than once. */
    private final Set<Problem> problems = new HashSet<>();

    private int reports;

    private record Problem(int line, int column, String text) {}

    Reading(String file, Variables variables) {
        this.file = file;
        this.variables = variables;
    }

    Variables variables() {
        return variables;
    }

    void problem(Node node, String text) {
        problem(lineOf(node), node.getStartMark().map(Mark::getColumn).orElse(0) + 1, text);
    }

    /** Line and column count from 1. */
    void problem(int line, int column, String text) {
        problems.add(new Problem(line, column, Text.escaped(text)));
        reports++;
    }

    /** How many were reported so far, each again that an alias leads to once more. */
    int reports() {
        return reports;
    }

    static int lineOf(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    /** As {@code FILE:LINE:COLUMN: text}, in the order of the file: the first hundred, and how many more there are. */
    List<String> problems() {
        List<String> lines = new ArrayList<>();
        problems.stream()
                .sorted(Comparator.comparingInt(Problem::line)
                        .thenComparingInt(Problem::column)
                        .thenComparing(Problem::text))
                .limit(MOST_REPORTED)
                .forEach(problem -> lines.add(file + ":" + problem.line + ":" + problem.column + ": " + problem.text));
        if (problems.size() > MOST_REPORTED) {
            lines.add(file + ": and " + (problems.size() - MOST_REPORTED) + " more problems");
        }
        return lines;
    }
}
