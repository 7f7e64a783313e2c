package com.example;

import dev.weir.filter.Filter;
import dev.weir.format.Formatter;
import dev.weir.handler.Handler;
import dev.weir.handler.NullHandler;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import dev.weir.spi.FilterFactory;
import dev.weir.spi.FormatterFactory;
import dev.weir.spi.HandlerFactory;
import dev.weir.spi.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Types of handlers, filters and formatters as others might write them, well and badly. */
public final class Types {
    private Types() {}

    /** Writes what was read instead of records. */
    private record Sheet(Path path, List<Object> read) implements Handler {
        @Override
        public boolean emit(LogRecord record) {
            return true;
        }

        @Override
        public void flush() throws IOException {
            Files.write(path, read.stream().map(String::valueOf).toList());
        }
    }

    /** Reads keys of every kind, required ones and others. */
    public static final class EveryKind implements HandlerFactory {
        @Override
        public String type() {
            return "every-kind";
        }

        @Override
        public Handler create(Settings settings) {
            Map<String, Integer> choices = new LinkedHashMap<>();
            choices.put("low", 1);
            choices.put("high", 2);
            Path path = settings.path("path");
            List<Object> read = new ArrayList<>();
            read.add(settings.path("other-path", Path.of("other")));
            read.add(settings.text("text"));
            read.add(settings.text("other-text", "other"));
            read.add(settings.number("number"));
            read.add(settings.number("other-number", -1));
            read.add(settings.bytes("bytes"));
            read.add(settings.bytes("other-bytes", -1));
            read.add(settings.duration("duration"));
            read.add(settings.duration("other-duration", Duration.ZERO));
            read.add(settings.bool("bool", true));
            read.add(settings.oneOf("one-of", choices));
            read.add(settings.oneOf("other-one-of", choices, 0));
            read.add(settings.texts("texts"));
            read.add(settings.texts("other-texts", List.of("other")));
            read.add(settings.namedTexts("named-texts"));
            read.add(settings.namedTexts("other-named-texts", Map.of("other", "named")));
            read.add(settings.has("section"));
            Settings section = settings.section("section");
            read.add(section.number("port"));
            read.add(section.section("deeper").bool("deep", false));
            read.add(settings.formatter().getClass().getSimpleName());
            return new Sheet(path, read);
        }
    }

    /** Has a name that is taken. */
    public static final class EveryKindAgain implements HandlerFactory {
        @Override
        public String type() {
            return "every-kind";
        }

        @Override
        public Handler create(Settings settings) {
            return new NullHandler();
        }
    }

    /** Has a name that is built in. */
    public static final class Console implements HandlerFactory {
        @Override
        public String type() {
            return "console";
        }

        @Override
        public Handler create(Settings settings) {
            return new NullHandler();
        }
    }

    /** Reads the same keys again and again. */
    public static final class Forgetful implements HandlerFactory {
        @Override
        public String type() {
            return "forgetful";
        }

        @Override
        public Handler create(Settings settings) {
            List<Object> read = List.of(
                    settings.text("text"),
                    settings.text("text"),
                    settings.section("section").number("port"),
                    settings.section("section").number("port"));
            return new Sheet(settings.path("path"), read);
        }
    }

    /** Refuses whatever it gets, in the words of the file. */
    public static final class Picky implements HandlerFactory {
        @Override
        public String type() {
            return "picky";
        }

        @Override
        public Handler create(Settings settings) {
            settings.number("size", 0);
            settings.section("section").number("port", 0);
            throw new IllegalArgumentException(settings.text("refusal"));
        }
    }

    /** Reads a key that is not its own. */
    public static final class Greedy implements HandlerFactory {
        @Override
        public String type() {
            return "greedy";
        }

        @Override
        public Handler create(Settings settings) {
            settings.text("flush-on", "");
            return new NullHandler();
        }
    }

    /** Has a mistake in it. */
    public static final class Faulty implements HandlerFactory {
        @Override
        public String type() {
            return "faulty";
        }

        @Override
        public Handler create(Settings settings) {
            throw new IllegalStateException(settings.text("reason"));
        }
    }

    /** Makes nothing. */
    public static final class Idle implements HandlerFactory {
        @Override
        public String type() {
            return "idle";
        }

        @Override
        public Handler create(Settings settings) {
            return null;
        }
    }

    /** Cannot be had. */
    public static final class Unloadable implements HandlerFactory {
        /** Fails. */
        public Unloadable() {
            throw new IllegalStateException("no library");
        }

        @Override
        public String type() {
            return "unloadable";
        }

        @Override
        public Handler create(Settings settings) {
            return new NullHandler();
        }
    }

    /** Does not say what it is. */
    public static final class Nameless implements HandlerFactory {
        @Override
        public String type() {
            throw new IllegalStateException("no name");
        }

        @Override
        public Handler create(Settings settings) {
            return new NullHandler();
        }
    }

    /** Writes a text around what another formatter writes. */
    public static final class Framing implements FormatterFactory {
        @Override
        public String type() {
            return "framing";
        }

        @Override
        public Formatter create(Settings settings) {
            String frame = settings.text("frame");
            Formatter framed = settings.formatter();
            if (frame.isEmpty()) {
                throw new IllegalArgumentException("frame: \"\" (expected: a text)");
            }
            return (record, out) -> {
                out.put(frame);
                framed.format(record, out);
            };
        }
    }

    /** Needs no keys. */
    public static final class Terse implements FormatterFactory {
        @Override
        public String type() {
            return "terse";
        }

        @Override
        public Formatter create(Settings settings) {
            return (record, out) -> {
                record.appendMessage(out, ByteOutput.Escape.TEXT);
                out.put('\n');
            };
        }
    }

    /** Accepts messages of so many characters at most. */
    public static final class ShortOnes implements FilterFactory {
        @Override
        public String type() {
            return "short-ones";
        }

        @Override
        public Filter create(Settings settings) {
            int longest = settings.number("longest");
            if (longest == 0) {
                throw new IllegalArgumentException("longest: 0 (expected: more than 0)");
            }
            return record -> record.message().length() <= longest;
        }
    }
}
