package dev.weir.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The command {@code weir COMMAND …}.
 *
 * <p>What it was asked for goes to standard output, everything else to standard error. It ends with 0 if all is well, 1 if
 * there are problems in what it was given, and 2 if that could not be read or the command line is wrong.
 */
public final class Main {
    /** All is well. */
    static final int DONE = 0;

    /** There are problems in what was given. */
    static final int PROBLEMS = 1;

    /** What was given cannot be read, or the command line is wrong. */
    static final int UNUSABLE = 2;

    private static final List<Command> COMMANDS = List.of(new CheckCommand(), new ConvertCommand());

    private Main() {}

    /**
     * Runs a command and ends the process.
     *
     * @param arguments the command and what it is about
     */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        int status = run(List.of(arguments), new Streams(System.in, out, err));
        out.flush();
        System.exit(out.checkError() ? UNUSABLE : status);
    }

    /**
     * Runs a command.
     *
     * @return what the process ends with
     */
    static int run(List<String> arguments, Streams streams) {
        String first = arguments.isEmpty() ? "" : arguments.get(0);
        switch (first) {
            case "--help", "-h", "help" -> {
                streams.out().print(help());
                return DONE;
            }
            case "--version" -> {
                streams.out().println("weir " + version());
                return DONE;
            }
            default -> {
                for (Command command : COMMANDS) {
                    if (command.name().equals(first)) {
                        return run(command, arguments.subList(1, arguments.size()), streams);
                    }
                }
            }
        }
        streams.err().println(first.isEmpty() ? "weir: which command?" : "weir: there is no command " + first);
        streams.err().print(help());
        return UNUSABLE;
    }

    private static int run(Command command, List<String> arguments, Streams streams) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            streams.out().print(command.help());
            return DONE;
        }
        try {
            return command.run(arguments, streams);
        } catch (UsageException e) {
            streams.err().println("weir " + command.name() + ": " + e.getMessage());
            streams.err().print(command.help());
            return UNUSABLE;
        }
    }

    private static String help() {
        StringBuilder help = new StringBuilder("usage: weir COMMAND …\n\n");
        for (Command command : COMMANDS) {
            help.append("  ")
                    .append(command.usage())
                    .append("\n      ")
                    .append(command.summary())
                    .append('\n');
        }
        return help.append("  --help, COMMAND --help, --version\n").toString();
    }

    /** Of the jar; what is not in a jar has none. */
    private static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "(not in a jar)" : version;
    }

    /**
     * Where a command reads and writes.
     *
     * @param in standard input
     * @param out standard output
     * @param err standard error
     */
    record Streams(InputStream in, PrintStream out, PrintStream err) {}

    /** A command line that a command cannot make sense of. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1;

        UsageException(String problem) {
            super(problem);
        }
    }

    /** A command. */
    interface Command {
        /** The word it is called by. */
        String name();

        /** How it is called, on a line. */
        String usage();

        /** What it does, in a sentence. */
        String summary();

        /** All that is to be said of it. */
        String help();

        /**
         * Runs it.
         *
         * @return what the process ends with: {@link #DONE}, {@link #PROBLEMS} or {@link #UNUSABLE}
         * @throws UsageException if it can make no sense of the arguments
         */
        int run(List<String> arguments, Streams streams) throws UsageException;
    }
}
