package dev.weir.filter;

import dev.weir.internal.record.Utf8;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import dev.weir.record.RecordRewriter;
import dev.weir.record.RecordValues;
import dev.weir.record.ValueKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Accepts every record, and puts a mask in the place of secrets, for its handler alone: what stands behind a key that is named,
 * whatever it is, and what looks like a secret wherever it stands in a text.
 *
 * <p>Looked at are the message with its arguments put in, arguments, key-values, context, what is in their arrays and maps, and
 * what throwables say. Within texts a key is what stands before {@code =} or {@code :}, as in {@code password=…} or {@code
 * "password": "…"}, and an argument has the key that stands before its {@code {}}. Names are not looked at: of keys, loggers,
 * threads, markers, events and classes. Neither are bytes, and numbers with a fraction.
 *
 * <p>It finds what has the form of a secret. A secret that has none, in a text without its key, is written; what must never be
 * written must not be logged.
 *
 * <p><b>Bounds.</b> The time it takes grows with the length of the record alone. An expression has so many steps for each
 * record; a text in which it could not be looked for to the end is masked as a whole.
 *
 * <p>Belongs to one handler.
 */
public final class MaskFilter implements Filter {
    /** What stands for a secret, unless it is said otherwise. */
    public static final String DEFAULT_MASK = "***";

    /** The keys that are named in any case, unless {@link Builder#defaultKeys} says otherwise. */
    public static final List<String> DEFAULT_KEYS = List.of(
            "*password*",
            "*passwd*",
            "pwd",
            "*passphrase*",
            "*secret*",
            "*authorization",
            "*cookie",
            "*token",
            "*api-key",
            "*api_key",
            "*apikey",
            "*access-key",
            "*access_key",
            "*accesskey",
            "*private-key",
            "*private_key",
            "*privatekey",
            "*credential*");

    private static final long LEAST_CARD = 1_000_000_000_000L;
    private static final int MOST_MASK_BYTES = 64;

    private final KeyNames keys;
    private final boolean cards;
    private final byte[] mask;
    private final SecretText secrets;
    private final List<BoundedExpression> expressions = new ArrayList<>();
    private final RecordRewriter rewriter = new RecordRewriter(new Masks());
    private final ByteOutput digits = new ByteOutput(24);
    /** By turns: what one expression has left is what the next one looks at. */
    private ByteOutput masked = new ByteOutput(256);

    private ByteOutput maskedBefore = new ByteOutput(256);

    /** What has a form by which it is known. */
    public enum Form {
        /** Numbers of payment cards, of 13 to 19 digits, with the check digit by Luhn's formula. */
        CARD,
        /** What stands behind the word {@code Bearer}, as in HTTP's {@code Authorization}. */
        BEARER
    }

    private MaskFilter(Builder builder) {
        List<String> all = new ArrayList<>(builder.defaultKeys ? DEFAULT_KEYS : List.of());
        all.addAll(builder.keys);
        keys = new KeyNames(all);
        cards = builder.forms.contains(Form.CARD);
        mask = Utf8.of(builder.mask);
        secrets = new SecretText(keys, cards, builder.forms.contains(Form.BEARER), mask);
        builder.expressions.forEach(expression -> expressions.add(new BoundedExpression(expression)));
    }

    /**
     * A filter to be set up.
     *
     * @return one that masks {@link #DEFAULT_KEYS} and every {@link Form}
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public boolean accepts(LogRecord record) {
        return true;
    }

    @Override
    public LogRecord rewrite(LogRecord record) {
        for (int i = 0; i < expressions.size(); i++) {
            expressions.get(i).begin(record.length());
        }
        return rewriter.rewrite(record);
    }

    private boolean maskText(byte[] utf8, int from, int length, ByteOutput out) {
        if (expressions.isEmpty()) {
            return secrets.mask(utf8, from, length, out);
        }
        masked.truncate(0);
        boolean found = secrets.mask(utf8, from, length, masked);
        for (int i = 0; i < expressions.size(); i++) {
            byte[] last = found ? masked.array() : utf8;
            int lastFrom = found ? 0 : from;
            int lastLength = found ? masked.size() : length;
            maskedBefore.truncate(0);
            if (expressions.get(i).mask(last, lastFrom, lastLength, mask, maskedBefore)) {
                ByteOutput next = maskedBefore;
                maskedBefore = masked;
                masked = next;
                found = true;
            }
        }
        if (found) {
            out.put(masked.array(), 0, masked.size());
        }
        return found;
    }

    private boolean maskNumber(long number, ByteOutput out) {
        if (!cards || number < LEAST_CARD) {
            return false;
        }
        digits.truncate(0);
        digits.putDecimal(number);
        return CardNumbers.end(digits.array(), 0, 0, digits.size()) == digits.size() && maskWhole(out);
    }

    private boolean maskWhole(ByteOutput out) {
        out.put(mask);
        return true;
    }

    private final class Masks implements RecordRewriter.Replacements {
        @Override
        public boolean replaceValue(LogRecord record, int key, int value, ByteOutput out) {
            RecordValues values = record.values();
            boolean named = key != 0 && keys.matches(record.bytes(), values.textFrom(key), values.textLength(key));
            return switch (values.kind(value)) {
                case NULL -> false;
                case STRING, NUMBER ->
                    named
                            ? maskWhole(out)
                            : maskText(
                                    record.bytes(),
                                    values.textFrom(values.textOf(value)),
                                    values.textLength(values.textOf(value)),
                                    out);
                case LONG -> named ? maskWhole(out) : maskNumber(values.longAt(value), out);
                default -> named && maskWhole(out);
            };
        }

        @Override
        public boolean replaceArgument(LogRecord record, int before, int value, ByteOutput out) {
            RecordValues values = record.values();
            int template = values.textFrom(values.textOf(record.templateAt()));
            if (before != 0
                    && values.kind(value) != ValueKind.NULL
                    && secrets.endsWithKey(record.bytes(), template, before)) {
                return maskWhole(out);
            }
            return replaceValue(record, 0, value, out);
        }

        @Override
        public boolean replaceText(byte[] utf8, int from, int length, ByteOutput out) {
            return maskText(utf8, from, length, out);
        }
    }

    /** Sets up a {@link MaskFilter}. Used by one thread. */
    public static final class Builder {
        private List<String> keys = List.of();
        private boolean defaultKeys = true;
        private Set<Form> forms = EnumSet.allOf(Form.class);
        private List<String> expressions = List.of();
        private String mask = DEFAULT_MASK;

        private Builder() {}

        /**
         * The keys behind which everything is masked, beside {@link #DEFAULT_KEYS}.
         *
         * @param patterns of whole keys: {@code *} stands for any characters, {@code ?} for one; ASCII letters count the same in
         *     upper and lower case
         * @return this
         */
        public Builder keys(List<String> patterns) {
            keys = List.copyOf(patterns);
            return this;
        }

        /**
         * Whether everything behind {@link #DEFAULT_KEYS} is masked, too.
         *
         * @param masked true, unless it is set
         * @return this
         */
        public Builder defaultKeys(boolean masked) {
            defaultKeys = masked;
            return this;
        }

        /**
         * What is masked wherever it stands in a text; everything that can be by default.
         *
         * @param known by their form
         * @return this
         */
        public Builder forms(Set<Form> known) {
            forms = Set.copyOf(known);
            return this;
        }

        /**
         * What else is masked wherever it stands in a text; nothing by default.
         *
         * @param regular expressions as {@link java.util.regex.Pattern} has them, without repetitions of groups or boundaries beyond 100
         * @return this
         */
        public Builder expressions(List<String> regular) {
            expressions = List.copyOf(regular);
            return this;
        }

        /**
         * What stands for a secret; {@link #DEFAULT_MASK} by default.
         *
         * @param text 1 to 64 bytes of UTF-8
         * @return this
         */
        public Builder mask(String text) {
            int bytes = Utf8.of(text).length;
            if (bytes == 0 || bytes > MOST_MASK_BYTES) {
                throw new IllegalArgumentException(
                        "mask: \"" + text + "\" (expected: from 1 to " + MOST_MASK_BYTES + " bytes)");
            }
            mask = text;
            return this;
        }

        /**
         * The filter.
         *
         * @return a new one, for one handler
         * @throws IllegalArgumentException if an expression is none
         */
        public MaskFilter build() {
            return new MaskFilter(this);
        }
    }
}
