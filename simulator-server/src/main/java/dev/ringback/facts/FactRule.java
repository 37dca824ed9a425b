package dev.ringback.facts;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A fact that a single request can confirm or contradict.
 *
 * @param fact its identifier
 * @param concerns which requests can tell
 * @param holds of such a one
 * @param shown the parameters and headers that it is about
 */
record FactRule(
    String fact, Predicate<Observed> concerns, Predicate<Observed> holds, List<String> shown) {

  static final Pattern RFC_2822 =
      Pattern.compile("[A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2} \\+0000");

  static void matching(List<FactRule> rules, String fact, String name, String regex) {
    Pattern form = Pattern.compile(regex);
    add(rules, fact, one -> one.has(name), one -> form.matcher(one.value(name)).matches(), name);
  }

  static void header(List<FactRule> rules, String fact, String name, String regex) {
    Pattern form = Pattern.compile(regex);
    add(
        rules,
        fact,
        one -> one.header(name).isPresent(),
        one -> form.matcher(one.header(name).orElse("")).matches(),
        name);
  }

  static void add(
      List<FactRule> rules,
      String fact,
      Predicate<Observed> concerns,
      Predicate<Observed> holds,
      String... shown) {
    rules.add(new FactRule(fact, concerns, holds, List.of(shown)));
  }
}
