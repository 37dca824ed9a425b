package dev.ringback.words;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known word that was probably meant. */
public final class DidYouMean {
  private DidYouMean() {}

  /** The word with the smallest edit distance, if that is small enough to be a slip. */
  public static Optional<String> to(String word, Collection<String> known) {
    return known.stream()
        .min(Comparator.<String>comparingInt(k -> distance(word, k)).thenComparing(k -> k))
        .filter(k -> distance(word, k) <= (word.length() < 3 ? 1 : Math.max(2, word.length() / 2)));
  }

  /** The word that differs by a slip of the finger or two, which short words have no room for. */
  public static Optional<String> slip(String word, Collection<String> known) {
    return to(word, known).filter(near -> isSlip(word, near));
  }

  private static boolean isSlip(String word, String known) {
    return distance(word, known) <= Math.min(2, Math.max(1, word.length() / 4));
  }

  /** Levenshtein's, where two letters that changed places are one slip. */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] before = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] last = row;
      row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(substituted, Math.min(last[j], row[j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      before = last;
    }
    return row[b.length()];
  }
}
