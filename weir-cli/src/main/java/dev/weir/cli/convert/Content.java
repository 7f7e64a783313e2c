package dev.weir.cli.convert;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a configuration of Weir is made of. */
sealed interface Content {
    /** A value as it is written: with quotation marks if it needs them. */
    record Scalar(String yaml) implements Content {
        /** A word of Weir's, a number, a size or a time. */
        static Scalar word(String word) {
            return new Scalar(word);
        }

        /** A text, in which a dollar sign stands for itself. */
        static Scalar literal(String text) {
            return new Scalar(YamlText.quoted(text.replace("$", "$$")));
        }

        /** A text with references to variables. */
        static Scalar of(Resolved text) {
            return new Scalar(YamlText.quoted(text.weir()));
        }
    }

    /** A list. */
    record Items(List<Content> items) implements Content {
        static Items literals(Collection<String> texts) {
            return new Items(texts.stream().<Content>map(Scalar::literal).toList());
        }
    }

    /** Keys with values. */
    record Keys(Map<String, Entry> entries) implements Content {
        Keys() {
            this(new LinkedHashMap<>());
        }

        boolean isEmpty() {
            return entries.isEmpty();
        }

        boolean has(String key) {
            return entries.containsKey(key);
        }

        /** Sets a key, which it returns. */
        Keys put(String key, Content content) {
            entries.put(key, new Entry(content));
            return this;
        }

        /** Sets a key to a word. */
        Keys put(String key, String word) {
            return put(key, Scalar.word(word));
        }

        /** Brings keys into this order; others follow. */
        void sort(List<String> order) {
            Map<String, Entry> sorted = new LinkedHashMap<>();
            for (String key : order) {
                Entry entry = entries.get(key);
                if (entry != null) {
                    sorted.put(key, entry);
                }
            }
            entries.forEach(sorted::putIfAbsent);
            entries.clear();
            entries.putAll(sorted);
        }

        /** All that is told of anywhere in it. */
        List<Remark> allRemarks() {
            List<Remark> all = new ArrayList<>();
            entries.values().forEach(entry -> {
                all.addAll(entry.remarks());
                if (entry.content() instanceof Keys keys) {
                    all.addAll(keys.allRemarks());
                }
            });
            return all;
        }
    }
}
