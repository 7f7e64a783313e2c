package dev.weir.cli;

import dev.weir.Level;
import dev.weir.Routes;
import dev.weir.Routes.Route;
import dev.weir.cli.Main.Command;
import dev.weir.cli.Main.Streams;
import dev.weir.cli.Main.UsageException;
import dev.weir.config.ConfigurationCheck;
import dev.weir.spi.ConfigurationException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code weir check FILE}: says what is wrong with a configuration, what is in force of it, and where records go. */
final class CheckCommand implements Command {
    @Override
    public String name() {
        return "check";
    }

    @Override
    public String usage() {
        return "check [FILE] [--profiles A,B] [--strict] [--explain LOGGER LEVEL]";
    }

    @Override
    public String summary() {
        return "validates a weir.yaml, and shows what is in force and where records go; check --schema: its JSON Schema";
    }

    @Override
    public String help() {
        return """
                usage: weir check [FILE] [--profiles A,B] [--strict] [--explain LOGGER LEVEL]
                       weir check --schema

                  FILE                    a weir.yaml; without it the one that a process would use, by -Dweir.config,
                                          WEIR_CONFIG or the class path
                  --profiles A,B          the profiles that are active; without it those of WEIR_PROFILES
                  --strict                warnings count as problems
                  --explain LOGGER LEVEL  says step by step where a record goes, and why; ROOT is the root of all loggers
                  --schema                prints the JSON Schema for editors, with all types on the class path

                On standard output: the configuration with profiles and variables applied and secrets masked, and the routes
                as comments in it. On standard error: problems, warnings, and a summary. No handler is opened.
                Ends with 0; with 1 if there are problems; with 2 if the file cannot be read.
                """;
    }

    /** What was asked for. */
    private static final class Request {
        private @Nullable String file;
        private @Nullable String profiles;
        private boolean strict;
        private boolean schema;
        private @Nullable String logger;
        private @Nullable Level level;
    }

    @Override
    public int run(List<String> arguments, Streams streams) throws UsageException {
        Request request = request(arguments);
        if (request.schema) {
            streams.out().print(ConfigurationCheck.schema());
            return Main.DONE;
        }
        try {
            return check(request, ConfigurationCheck.of(request.file, request.profiles), streams);
        } catch (ConfigurationException e) {
            e.problems().forEach(problem -> streams.err().println("weir check: " + problem));
            return Main.UNUSABLE;
        }
    }

    private static Request request(List<String> arguments) throws UsageException {
        Request request = new Request();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int left = arguments.size() - i - 1;
            if (argument.equals("--profiles") && request.profiles == null && left >= 1) {
                request.profiles = arguments.get(++i);
            } else if (argument.equals("--explain") && request.logger == null && left >= 2) {
                request.logger = arguments.get(++i);
                request.level = level(arguments.get(++i));
            } else if (argument.equals("--strict")) {
                request.strict = true;
            } else if (argument.equals("--schema")) {
                request.schema = true;
            } else if (argument.startsWith("-")) {
                throw new UsageException("what is " + argument + " here?");
            } else if (request.file == null) {
                request.file = argument;
            } else {
                throw new UsageException("one file at a time");
            }
        }
        if (request.schema && arguments.size() > 1) {
            throw new UsageException("--schema stands alone");
        }
        return request;
    }

    private static Level level(String name) throws UsageException {
        Level level = Level.ofName(name);
        if (level == null) {
            throw new UsageException(
                    "which level is " + name + "? (expected: TRACE, DEBUG, INFO, WARN, ERROR or CRITICAL)");
        }
        return level;
    }

    private static int check(Request request, ConfigurationCheck check, Streams streams) {
        List<String> problems = check.problems();
        if (problems.isEmpty()) {
            String shown = request.logger == null || request.level == null
                    ? check.effective() + routes(check.routes())
                    : steps(check.routes().explain(request.logger, request.level));
            streams.out().print(shown);
            streams.out().flush(); // before what is said on the other stream
        }
        tell(check, streams.err());
        boolean isBad =
                !problems.isEmpty() || (request.strict && !check.warnings().isEmpty());
        return isBad ? Main.PROBLEMS : Main.DONE;
    }

    private static void tell(ConfigurationCheck check, PrintStream err) {
        check.problems().forEach(err::println);
        check.warnings().forEach(warning -> err.println("warning: " + warning));
        for (String type : check.missingTypes()) {
            err.println("weir check: the type " + type
                    + " is not on this class path; if it is in a jar of yours: java -cp weir-cli-all.jar:yours.jar "
                    + Main.class.getName() + " check …");
        }
        err.println(
                "weir check: " + check.name() + ": " + count(check.problems().size(), "problem")
                        + (check.warnings().isEmpty()
                                ? ""
                                : ", " + count(check.warnings().size(), "warning")));
    }

    private static String count(int count, String what) {
        return count == 0 ? "no " + what + "s" : count == 1 ? "1 " + what : count + " " + what + "s";
    }

    private static String steps(List<String> steps) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            text.append(i + 1).append(". ").append(printable(steps.get(i))).append('\n');
        }
        return text.toString();
    }

    /** A line for each logger that is configured, as comments of YAML. */
    private static String routes(Routes routes) {
        List<String> names = routes.loggers();
        int width = names.stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text =
                new StringBuilder("\n# Routes: what each logger logs, and which of it each handler gets.\n");
        for (String name : names) {
            Route route = routes.of(name);
            String line = name + " ".repeat(width - name.length()) + "  " + route(route);
            text.append("#   ").append(printable(line)).append('\n');
        }
        return text.toString();
    }

    /** On one line, and no more than text on a terminal. */
    private static String printable(String line) {
        return line.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    }

    private static String route(Route route) {
        List<String> parts = new ArrayList<>();
        route.handlers().forEach((handler, levels) -> {
            if (!levels.isEmpty()) {
                parts.add(handler + (levels.equals(route.logged()) ? "" : " (" + Routes.inWords(levels) + ")"));
            }
        });
        boolean filtered = route.way().stream().anyMatch(stop -> stop.filters() > 0);
        String to = route.logged().isEmpty()
                ? ""
                : parts.isEmpty() ? " -> nowhere" : " -> " + parts.stream().collect(Collectors.joining(", "));
        return Routes.inWords(route.logged()) + (filtered ? ", by filters" : "") + to;
    }
}
