package dev.ringback.scenario;

import dev.ringback.twiml.Grammar;
import dev.ringback.twiml.TwilioError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The words a scenario can use for answers and alerts; those for parameters are {@link
 * ParameterNames} and {@link ParameterValues}. A word that is not here can never be met, so a file
 * that has one is wrong.
 */
public final class Vocabulary {
  private Vocabulary() {}

  /** The verbs an answer can have, in alphabetical order. */
  public static Set<String> verbs() {
    Set<String> verbs = new TreeSet<>(Grammar.VERBS.keySet());
    verbs.addAll(Grammar.VERBS_NOT_EMULATED);
    return verbs;
  }

  /** The attributes an answer can have, each as {@code Element.attribute}. */
  public static Set<String> attributes() {
    Set<String> attributes = new LinkedHashSet<>();
    for (Grammar.Element element : Grammar.ELEMENTS) {
      element.attributes().forEach(a -> attributes.add(element.name() + "." + a.name()));
    }
    return attributes;
  }

  /** The codes an alert can have: Twilio's, and {@code ringback} for a remark of our own. */
  public static List<String> codes() {
    List<String> codes = new ArrayList<>();
    Arrays.stream(TwilioError.values()).forEach(error -> codes.add(Integer.toString(error.code())));
    codes.add("ringback");
    return codes;
  }
}
