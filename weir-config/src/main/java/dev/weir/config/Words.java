package dev.weir.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Words that a key knows, in their order. */
final class Words {
    private Words() {}

    /** Words that stand for themselves. */
    static Map<String, String> of(String... words) {
        Map<String, String> known = new LinkedHashMap<>();
        for (String word : words) {
            known.put(word, word);
        }
        return known;
    }

    /** What is known by a word each. */
    @SafeVarargs
    static <T> Map<String, T> of(Function<T, String> word, T... meant) {
        Map<String, T> known = new LinkedHashMap<>();
        for (T one : meant) {
            known.put(word.apply(one), one);
        }
        return known;
    }
}
