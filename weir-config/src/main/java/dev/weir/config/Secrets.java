package dev.weir.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is in the files that a configuration refers to. Each is read once, so that the whole configuration sees the same. What
 * was read is kept out of messages.
 */
final class Secrets {
    static final int MAX_BYTES = 64 * 1024;
    /** Shorter texts are words that stand everywhere. Where one is a value, {@link Value} does not show it either. */
    private static final int LEAST_HIDDEN = 6;

    private final Map<String, Secret> read = new HashMap<>();

    /**
     * What is known of a file.
     *
     * @param text null if it is not there or not usable
     * @param problem why it is not usable; null if it is, or if it is not there
     */
    record Secret(@Nullable String text, @Nullable String problem) {}

    /** What a file holds, less one line end at its end. */
    Secret of(String path) {
        return read.computeIfAbsent(path, Secrets::read);
    }

    private static Secret read(String name) {
        try {
            Path path = Path.of(name);
            if (!path.isAbsolute()) {
                return unusable("its path is not absolute");
            }
            byte[] content = BoundedFile.read(path, MAX_BYTES);
            if (content.length > MAX_BYTES) {
                return unusable("it is longer than " + MAX_BYTES + " bytes");
            }
            return new Secret(withoutLineEnd(decoded(content)), null);
        } catch (NoSuchFileException e) {
            return new Secret(null, null);
        } catch (CharacterCodingException e) {
            return unusable("it is not UTF-8");
        } catch (InvalidPathException e) {
            return unusable("its path is none");
        } catch (IOException e) {
            return unusable(BoundedFile.reason(e));
        }
    }

    private static Secret unusable(String problem) {
        return new Secret(null, problem);
    }

    private static String decoded(byte[] content) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(content))
                .toString();
    }

    private static String withoutLineEnd(String text) {
        int end = text.length();
        if (text.endsWith("\n")) {
            end -= text.endsWith("\r\n") ? 2 : 1;
        }
        return text.substring(0, end);
    }

    /** A message with references where it would show what was read, or a line of it, or its beginning. */
    String hidden(String message) {
        String hidden = message;
        for (Map.Entry<String, String> part : parts().entrySet()) {
            hidden = hidden.replace(part.getKey(), part.getValue());
        }
        return hidden;
    }

    /** References by what must not be shown, the longest first. */
    private Map<String, String> parts() {
        Map<String, String> parts =
                new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(part -> part));
        read.forEach((path, secret) -> {
            if (secret.text != null) {
                String reference = "${file:" + path + "}";
                hide(secret.text, reference, parts);
                secret.text.lines().forEach(line -> hide(line, reference, parts));
            }
        });
        return new LinkedHashMap<>(parts);
    }

    private static void hide(String part, String reference, Map<String, String> parts) {
        if (part.length() >= LEAST_HIDDEN) {
            parts.put(part, reference);
            parts.put(Text.head(part), reference);
        }
    }
}
