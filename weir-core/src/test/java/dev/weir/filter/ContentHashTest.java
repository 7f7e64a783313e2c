package dev.weir.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContentHashTest {
    private static final BigInteger PRIME = BigInteger.ONE.shiftLeft(61).subtract(BigInteger.ONE);

    @Test
    void isThePolynomialOverTheField() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long point = ContentHash.of(1, new byte[0], 0, 0); // 1 * point + 0

        for (int i = 0; i < 1000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            long before = random.nextLong() >>> 4;
            assertThat(ContentHash.of(before, bytes, 0, bytes.length))
                    .as("seed " + seed)
                    .isEqualTo(polynomial(before, bytes, BigInteger.valueOf(point)));
        }
    }

    private static long polynomial(long before, byte[] bytes, BigInteger point) {
        BigInteger hash = BigInteger.valueOf(before);
        hash = step(hash, bytes.length, point);
        int at = 0;
        for (; at + 4 <= bytes.length; at += 4) {
            long word = (bytes[at] & 0xFFL)
                    | (bytes[at + 1] & 0xFFL) << 8
                    | (bytes[at + 2] & 0xFFL) << 16
                    | (bytes[at + 3] & 0xFFL) << 24;
            hash = step(hash, word, point);
        }
        for (; at < bytes.length; at++) {
            hash = step(hash, bytes[at] & 0xFF, point);
        }
        return hash.longValueExact();
    }

    private static BigInteger step(BigInteger hash, long word, BigInteger point) {
        return hash.multiply(point).add(BigInteger.valueOf(word)).mod(PRIME);
    }

    @Test
    void tellsApartEvenWhatOtherHashesDoNot() {
        // Thue and Morse: every polynomial modulo 2^64 has the same value for both, whatever its point
        StringBuilder one = new StringBuilder("a");
        StringBuilder other = new StringBuilder("b");
        for (int i = 0; i < 11; i++) {
            String before = one.toString();
            one.append(other);
            other.append(before);
        }
        Set<Long> hashes = new HashSet<>();

        for (String text :
                new String[] {one.toString(), other.toString(), "", "\0", "\0\0", "\0\0\0\0", "\0\0\0\0\0"}) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            hashes.add(ContentHash.of(0, bytes, 0, bytes.length));
        }

        assertThat(hashes).hasSize(7);
    }
}
