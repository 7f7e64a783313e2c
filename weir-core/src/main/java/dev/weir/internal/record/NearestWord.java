package dev.weir.internal.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody may have meant who wrote a word that is not known. */
public final class NearestWord {
    private NearestWord() {}

    /** The known word that differs from this one in the fewest letters, if these are at most a third of it. */
    public static @Nullable String of(String word, List<String> known) {
        String nearest = null;
        int least = word.length() / 3 + 1;
        for (String candidate : known) {
            int distance = Math.abs(candidate.length() - word.length()) < least ? distance(word, candidate) : least;
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** Letters to insert, remove, replace or exchange with the next one (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] distances = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                distances[i][j] = i == 0 || j == 0 ? i + j : distance(a, i, b, j, distances);
            }
        }
        return distances[a.length()][b.length()];
    }

    private static int distance(String a, int i, String b, int j, int[][] distances) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int least = Math.min(
                distances[i - 1][j - 1] + (same ? 0 : 1), Math.min(distances[i - 1][j], distances[i][j - 1]) + 1);
        boolean exchanged = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return exchanged ? Math.min(least, distances[i - 2][j - 2] + 1) : least;
    }
}
