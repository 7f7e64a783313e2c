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
import dev.weir.spi.Key;
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
        private static final Key<Path> PATH = Key.path("path").required();
        private static final Key<Path> OTHER_PATH = Key.path("other-path").otherwise(Path.of("other"));
        private static final Key<String> TEXT = Key.text("text").required();
        private static final Key<String> OTHER_TEXT = Key.text("other-text").otherwise("other");
        private static final Key<Integer> NUMBER = Key.number("number").required();
        private static final Key<Integer> OTHER_NUMBER =
                Key.number("other-number").from(2).upTo(9).otherwise(-1);
        private static final Key<Long> BYTES = Key.bytes("bytes").required();
        private static final Key<Long> OTHER_BYTES =
                Key.bytes("other-bytes").from(1024L).otherwise(-1L);
        private static final Key<Duration> DURATION = Key.duration("duration").required();
        private static final Key<Duration> OTHER_DURATION = Key.duration("other-duration")
                .from(Duration.ofNanos(1))
                .upTo(Duration.ofHours(1))
                .otherwise(Duration.ZERO);
        private static final Key<Boolean> BOOL = Key.bool("bool").otherwise(true);
        private static final Key<Integer> ONE_OF =
                Key.oneOf("one-of", choices()).required();
        private static final Key<Integer> OTHER_ONE_OF =
                Key.oneOf("other-one-of", choices()).otherwise(0);
        private static final Key<List<String>> TEXTS = Key.texts("texts").required();
        private static final Key<List<String>> OTHER_TEXTS =
                Key.texts("other-texts").otherwise(List.of("other"));
        private static final Key<Map<String, String>> NAMED_TEXTS =
                Key.namedTexts("named-texts").required();
        private static final Key<Map<String, String>> OTHER_NAMED_TEXTS =
                Key.namedTexts("other-named-texts").otherwise(Map.of("other", "named"));
        private static final Key<Integer> PORT = Key.number("port").required();
        private static final Key<Boolean> DEEP = Key.bool("deep").otherwise(false);
        private static final Key<Settings> DEEPER = Key.section("deeper", DEEP);
        private static final Key<Settings> SECTION =
                Key.section("section", PORT, DEEPER).required();
        private static final Key<String> TOKEN = Key.text("token")
                .secret()
                .as(token -> {
                    if (token.length() > 3) {
                        throw new IllegalArgumentException(token + " is too long");
                    }
                    return token;
                })
                .otherwise("none");

        private static Map<String, Integer> choices() {
            Map<String, Integer> choices = new LinkedHashMap<>();
            choices.put("low", 1);
            choices.put("high", 2);
            return choices;
        }

        @Override
        public String type() {
            return "every-kind";
        }

        @Override
        public List<Key<?>> keys() {
            return List.of(
                    PATH,
                    OTHER_PATH,
                    TEXT,
                    OTHER_TEXT,
                    NUMBER,
                    OTHER_NUMBER,
                    BYTES,
                    OTHER_BYTES,
                    DURATION,
                    OTHER_DURATION,
                    BOOL,
                    ONE_OF,
                    OTHER_ONE_OF,
                    TEXTS,
                    OTHER_TEXTS,
                    NAMED_TEXTS,
                    OTHER_NAMED_TEXTS,
                    SECTION,
                    TOKEN,
                    Key.formatter());
        }

        @Override
        public Handler create(Settings settings) {
            List<Object> read = new ArrayList<>();
            for (Key<?> key : List.of(
                    OTHER_PATH,
                    TEXT,
                    OTHER_TEXT,
                    NUMBER,
                    OTHER_NUMBER,
                    BYTES,
                    OTHER_BYTES,
                    DURATION,
                    OTHER_DURATION,
                    BOOL,
                    ONE_OF,
                    OTHER_ONE_OF,
                    TEXTS,
                    OTHER_TEXTS,
                    NAMED_TEXTS,
                    OTHER_NAMED_TEXTS)) {
                read.add(settings.get(key));
            }
            Settings section = settings.get(SECTION);
            read.add(section.get(PORT));
            read.add(section.get(DEEPER).get(DEEP));
            read.add(settings.get(TOKEN).length());
            read.add(settings.get(Key.formatter()).getClass().getSimpleName());
            return new Sheet(settings.get(PATH), read);
        }
    }

    /** Has a name that is taken. */
    public static final class EveryKindAgain implements HandlerFactory {
        @Override
        public String type() {
            return "every-kind";
        }

        @Override
        public List<Key<?>> keys() {
            return List.of();
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
        public List<Key<?>> keys() {
            return List.of();
        }

        @Override
        public Handler create(Settings settings) {
            return new NullHandler();
        }
    }

    /** Reads the same keys again and again, and what may be left out. */
    public static final class Forgetful implements HandlerFactory {
        private static final Key<Path> PATH = Key.path("path").required();
        private static final Key<String> TEXT = Key.text("text");
        private static final Key<Integer> PORT = Key.number("port").required();
        private static final Key<Settings> SECTION = Key.section("section", PORT);

        @Override
        public String type() {
            return "forgetful";
        }

        @Override
        public List<Key<?>> keys() {
            return List.of(PATH, TEXT, SECTION);
        }

        @Override
        public Handler create(Settings settings) {
            List<Object> read = List.of(
                    settings.has(TEXT),
                    settings.find(TEXT),
                    settings.find(TEXT),
                    settings.find(SECTION).map(section -> section.get(PORT)));
            return new Sheet(settings.get(PATH), read);
        }
    }

    /** Reads a key that it has not declared. */
    public static final class Secretive implements HandlerFactory {
        @Override
        public String type() {
            return "secretive";
        }

        @Override
        public List<Key<?>> keys() {
            return List.of();
        }

        @Override
        public Handler create(Settings settings) {
            settings.get(Key.text("hidden").otherwise(""));
            return new NullHandler();
        }
    }

    /** Says what it should not. */
    public static final class Talkative implements HandlerFactory {
        private static final Key<String> TOKEN = Key.text("token").secret();
        private static final Key<Boolean> WRONG = Key.bool("wrong").otherwise(false);

        @Override
        public String type() {
            return "talkative";
        }

        @Override
        public List<Key<?>> keys() {
            return List.of(TOKEN, WRONG);
        }

        @Override
        public Handler create(Settings settings) {
            String problem = "cannot parse " + settings.get(TOKEN);
            throw settings.get(WRONG) ? new IllegalArgumentException(problem) : new IllegalStateException(problem);
        }
    }

    /** Declares a key twice. */
    public static final class Twofold implements HandlerFactory {
        @Override
        public String type() {
            return "twofold";
        }

        @Override
        public List<Key<?>> keys() {
            return List.of(Key.text("text"), Key.number("text"));
        }

        @Override
        public Handler create(Settings settings) {
            return new NullHandler();
        }
    }

    /** Refuses what stands behind several keys. */
    public static final class Choosy implements HandlerFactory {
        private static final Key<Integer> FIRST = Key.number("first");
        private static final Key<Integer> SECOND = Key.number("second");

        @Override
        public String type() {
            return "choosy";
        }

        @Override
        public List<Key<?>> keys() {
            return List.of(FIRST, SECOND);
        }

        @Override
        public Handler create(Settings settings) {
            settings.give(FIRST, Choosy::refuse);
            settings.give(SECOND, Choosy::refuse);
            throw new IllegalArgumentException("nothing is left");
        }

        private static void refuse(int number) {
            throw new IllegalArgumentException(number + " (expected: another)");
        }
    }

    /** Refuses whatever it gets, in the words of the file. */
    public static final class Picky implements HandlerFactory {
        private static final Key<Integer> SIZE = Key.number("size").otherwise(0);
        private static final Key<Integer> PORT = Key.number("port").otherwise(0);
        private static final Key<Settings> SECTION = Key.section("section", PORT);
        private static final Key<String> REFUSAL = Key.text("refusal").required();

        @Override
        public String type() {
            return "picky";
        }

        @Override
        public List<Key<?>> keys() {
            return List.of(SIZE, SECTION, REFUSAL);
        }

        @Override
        public Handler create(Settings settings) {
            throw new IllegalArgumentException(settings.get(REFUSAL));
        }
    }

    /** Reads a key that is not its own. */
    public static final class Greedy implements HandlerFactory {
        @Override
        public String type() {
            return "greedy";
        }

        @Override
        public List<Key<?>> keys() {
            return List.of(Key.text("flush-on"));
        }

        @Override
        public Handler create(Settings settings) {
            return new NullHandler();
        }
    }

    /** Has a mistake in it. */
    public static final class Faulty implements HandlerFactory {
        private static final Key<String> REASON = Key.text("reason").required();

        @Override
        public String type() {
            return "faulty";
        }

        @Override
        public List<Key<?>> keys() {
            return List.of(REASON);
        }

        @Override
        public Handler create(Settings settings) {
            throw new IllegalStateException(settings.get(REASON));
        }
    }

    /** Makes nothing. */
    public static final class Idle implements HandlerFactory {
        @Override
        public String type() {
            return "idle";
        }

        @Override
        public List<Key<?>> keys() {
            return List.of();
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
        public List<Key<?>> keys() {
            return List.of();
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
        public List<Key<?>> keys() {
            return List.of();
        }

        @Override
        public Handler create(Settings settings) {
            return new NullHandler();
        }
    }

    /** Writes a text around what another formatter writes. */
    public static final class Framing implements FormatterFactory {
        private static final Key<String> FRAME = Key.text("frame").required();

        @Override
        public String type() {
            return "framing";
        }

        @Override
        public List<Key<?>> keys() {
            return List.of(FRAME, Key.formatter());
        }

        @Override
        public Formatter create(Settings settings) {
            String frame = settings.get(FRAME);
            Formatter framed = settings.get(Key.formatter());
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
        public List<Key<?>> keys() {
            return List.of();
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
        private static final Key<Integer> LONGEST = Key.number("longest").required();

        @Override
        public String type() {
            return "short-ones";
        }

        @Override
        public List<Key<?>> keys() {
            return List.of(LONGEST);
        }

        @Override
        public Filter create(Settings settings) {
            int longest = settings.get(LONGEST);
            if (longest == 0) {
                throw new IllegalArgumentException("longest: 0 (expected: more than 0)");
            }
            return record -> record.message().length() <= longest;
        }
    }
}
