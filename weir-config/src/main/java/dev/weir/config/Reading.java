package dev.weir.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** One reading of a file: its name, what it may refer to, and every problem with its place. */
final class Reading {
    private final String file;
    private final Variables variables;
    private final List<Problem> problems = new ArrayList<>();

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
        Problem problem = new Problem(line, column, text);
        if (!problems.contains(problem)) { // what an alias refers to is read more than once
            problems.add(problem);
        }
    }

    static int lineOf(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    /** As {@code FILE:LINE:COLUMN: text}, in the order of the file. */
    List<String> problems() {
        return problems.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .map(problem -> file + ":" + problem.line + ":" + problem.column + ": " + problem.text)
                .toList();
    }
}
