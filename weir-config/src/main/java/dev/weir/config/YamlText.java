package dev.weir.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * YAML 1.2, of which JSON is a part, as a graph of nodes that know their places. Nothing is constructed from it. Whatever
 * the bytes are, it takes little time and memory: size, depth and aliases are limited.
 */
final class YamlText {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_ALIASES = 64;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private YamlText() {}

    /**
     * Reads one document.
     *
     * @param reading gets the problem if it is not one
     * @return null if it has nothing in it, or if there was a problem
     */
    static @Nullable Node compose(ConfigurationFile file, Reading reading) {
        if (file.bytes().length > ConfigurationFile.MAX_BYTES) {
            reading.problem(1, 1, "the file is too long (expected: at most " + ConfigurationFile.MAX_BYTES + " bytes)");
            return null;
        }
        String text = decode(file.bytes());
        if (text == null) {
            reading.problem(1, 1, "the file is not text (expected: UTF-8)");
            return null;
        }
        try {
            return composer(text).getSingleNode().orElse(null);
        } catch (ReaderException e) {
            String found = String.format("the character U+%04X", e.getCodePoint());
            report(text, e.getPosition(), found + " (expected: printable characters)", reading);
        } catch (MarkedYamlEngineException e) {
            report(e, reading);
        } catch (YamlEngineException e) {
            reading.problem(1, 1, "not usable as YAML: " + e.getMessage());
        }
        return null;
    }

    private static @Nullable String decode(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.isEmpty() || text.charAt(0) != BYTE_ORDER_MARK ? text : text.substring(1);
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static Composer composer(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setMaxAliasesForCollections(MAX_ALIASES)
                .setCodePointLimit(ConfigurationFile.MAX_BYTES)
                .setUseMarks(true)
                .setAllowNonScalarKeys(true) // refused later, with their places
                .build();
        return new Composer(settings, new ShallowParser(new ParserImpl(settings, new StreamReader(settings, text))));
    }

    private static void report(MarkedYamlEngineException e, Reading reading) {
        Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
        String context = e.getContext() == null ? "" : e.getContext() + ", ";
        reading.problem(
                mark.map(Mark::getLine).orElse(0) + 1,
                mark.map(Mark::getColumn).orElse(0) + 1,
                "not YAML: " + context + e.getProblem());
    }

    /** Of a character by its position, which is all that is known of it. */
    private static void report(String text, int position, String problem, Reading reading) {
        int[] before = text.codePoints().limit(position).toArray();
        int line = 1;
        int column = 1;
        for (int character : before) {
            column = character == '\n' ? 1 : column + 1;
            line += character == '\n' ? 1 : 0;
        }
        reading.problem(line, column, problem);
    }

    /** Ends the parsing of what is nested too deeply, before the composer, which recurs, can exhaust the stack. */
    private static final class ShallowParser implements Parser {
        private final Parser parser;
        private int depth;

        ShallowParser(Parser parser) {
            this.parser = parser;
        }

        @Override
        public boolean checkEvent(Event.ID choice) {
            return parser.checkEvent(choice);
        }

        @Override
        public Event peekEvent() {
            return parser.peekEvent();
        }

        @Override
        public Event next() {
            Event event = parser.next();
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                default -> {}
            }
            if (depth > MAX_DEPTH) {
                throw new ParserException("nested deeper than " + MAX_DEPTH + " levels", event.getStartMark());
            }
            return event;
        }

        @Override
        public boolean hasNext() {
            return parser.hasNext();
        }
    }
}
