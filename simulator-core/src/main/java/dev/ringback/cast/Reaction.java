package dev.ringback.cast;

import dev.ringback.voice.Act;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a person does on hearing something; once. Of several that fit, the first one that was not
 * followed yet is.
 *
 * @param on a regular expression that is found in the words
 * @param after the beginning of the prompt; null: at its end
 * @param maybe whether it is all the same when nothing of the kind is ever heard
 */
public record Reaction(
    CallParty role, String on, @Nullable Duration after, Act act, boolean maybe) {
  /** One that must come to be. */
  public Reaction(CallParty role, String on, @Nullable Duration after, Act act) {
    this(role, on, after, act, false);
  }

  /** A clause that says it. */
  public String text() {
    boolean plain = on.startsWith("\\Q") && on.endsWith("\\E");
    String words = plain ? "'" + on.substring(2, on.length() - 2) + "'" : "/" + on + "/";
    return "on hearing %s the %s %s".formatted(words, role.word(), act.text());
  }

  boolean fits(CallParty who, String words) {
    return role == who && Pattern.compile(on).matcher(words).find();
  }
}
