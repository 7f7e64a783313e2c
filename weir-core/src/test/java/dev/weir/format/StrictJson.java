package dev.weir.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of JSON as two independent strict parsers read it: they must agree, and no name may come twice. */
final class StrictJson {
    private static final JsonFactory JACKSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private StrictJson() {}

    static Map<String, @Nullable Object> format(Formatter formatter, LogRecord record) {
        ByteOutput out = new ByteOutput(16);
        out.put("before\n");
        int from = out.size();
        formatter.format(record, out);
        return line(Arrays.copyOfRange(out.array(), from, out.size()));
    }

    static Map<String, @Nullable Object> line(byte[] utf8) {
        String text = decoded(utf8);
        assertThat(text).endsWith("}\n");
        assertThat(text.chars().limit(text.length() - 1L))
                .as("one physical line without control characters")
                .noneMatch(c -> c < ' ' || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029);
        Map<String, @Nullable Object> read = byJackson(text);
        assertThat(byGson(text)).isEqualTo(read);
        return read;
    }

    private static String decoded(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new AssertionError("not UTF-8", e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> byJackson(String text) {
        try (JsonParser parser = JACKSON.createParser(text)) {
            parser.nextToken();
            Object read = value(parser);
            assertThat(parser.nextToken()).isNull();
            return (Map<String, @Nullable Object>) read;
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    members.put(name, value(parser));
                }
                yield members;
            }
            case START_ARRAY -> {
                List<@Nullable Object> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser));
                }
                yield elements;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new BigDecimal(parser.getText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> byGson(String text) {
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            return (Map<String, @Nullable Object>) value(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    private static @Nullable Object value(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                reader.beginObject();
                while (reader.hasNext()) {
                    members.put(reader.nextName(), value(reader));
                }
                reader.endObject();
                yield members;
            }
            case BEGIN_ARRAY -> {
                List<@Nullable Object> elements = new ArrayList<>();
                reader.beginArray();
                while (reader.hasNext()) {
                    elements.add(value(reader));
                }
                reader.endArray();
                yield elements;
            }
            case NUMBER -> new BigDecimal(reader.nextString());
            case BOOLEAN -> reader.nextBoolean();
            case NULL -> {
                reader.nextNull();
                yield null;
            }
            default -> reader.nextString();
        };
    }
}
