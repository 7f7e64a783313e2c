package dev.weir.cli;

import dev.weir.cli.Main.Command;
import dev.weir.cli.Main.Streams;
import dev.weir.cli.Main.UsageException;
import dev.weir.cli.convert.Conversion;
import dev.weir.cli.convert.Converter;
import dev.weir.cli.convert.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code weir convert FILE}: makes a {@code weir.yaml} of a configuration of another system. */
final class ConvertCommand implements Command {
    private static final String STDIN = "-";

    /** More than a configuration has, and enough to say that it is too long. */
    private static final int MAX_BYTES = 2 * 1024 * 1024;

    @Override
    public String name() {
        return "convert";
    }

    @Override
    public String usage() {
        return "convert FILE [-o OUT]";
    }

    @Override
    public String summary() {
        return "makes a weir.yaml of a logback.xml, a log4j2.xml or a dictConfig of Python's (YAML or JSON)";
    }

    @Override
    public String help() {
        return """
                usage: weir convert FILE [-o OUT]

                  FILE     logback.xml, log4j2.xml, or a dictConfig of Python's as YAML or JSON; - for standard input.
                           What it is, is told by what it holds.
                  -o OUT   where the weir.yaml goes, which must not exist; standard output without it

                Whatever has no counterpart stands in the result as a comment, with its line:
                  # not converted: …   it meant something that is missing now
                  # differs: …         it is there, and works in another way
                  # not needed: …      it has no use here
                Ends with 0; with 1 if something was not converted; with 2 if there is no result.
                """;
    }

    @Override
    public int run(List<String> arguments, Streams streams) throws UsageException {
        String file = null;
        String out = null;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("-o") && out == null && i + 1 < arguments.size()) {
                out = arguments.get(++i);
            } else if (argument.startsWith("-") && !argument.equals(STDIN)) {
                throw new UsageException("what is " + argument + " here?");
            } else if (file == null) {
                file = argument;
            } else {
                throw new UsageException("one file at a time");
            }
        }
        if (file == null) {
            throw new UsageException("which file?");
        }
        return convert(file, out, streams);
    }

    private static int convert(String file, @Nullable String out, Streams streams) {
        Conversion conversion;
        try {
            conversion = Converter.convert(file, read(file, streams.in()));
        } catch (InputException e) {
            return unusable(streams, file + ": " + e.getMessage());
        } catch (IOException | InvalidPathException e) {
            return unusable(streams, file + ": " + reason(e));
        }
        if (out == null) {
            streams.out().print(conversion.yaml());
        } else {
            try {
                Files.writeString(
                        Path.of(out), conversion.yaml(), StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
            } catch (IOException | InvalidPathException e) {
                return unusable(streams, out + ": " + reason(e));
            }
        }
        if (conversion.missing() == 0) {
            return Main.DONE;
        }
        streams.err()
                .println("weir convert: " + file + ": " + conversion.missing()
                        + (conversion.missing() == 1 ? " thing was" : " things were")
                        + " not converted; look for \"not converted\" in the result");
        return Main.PROBLEMS;
    }

    private static byte[] read(String file, InputStream in) throws IOException {
        if (file.equals(STDIN)) {
            return in.readNBytes(MAX_BYTES);
        }
        try (InputStream content = Files.newInputStream(Path.of(file))) {
            return content.readNBytes(MAX_BYTES);
        }
    }

    private static int unusable(Streams streams, String problem) {
        streams.err().println("weir convert: " + problem);
        return Main.UNUSABLE;
    }

    private static String reason(Exception e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file or directory";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "there is such a file already (expected: a new one)";
        }
        return String.valueOf(e.getMessage());
    }
}
