package dev.ringback.facts;

import dev.ringback.callback.Param;
import dev.ringback.scenario.ParameterNames;
import dev.ringback.voice.RequestKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a call says of the facts.
 *
 * @param confirmed by how many of its requests
 * @param added what no fact tells of, a clause each
 */
public record FactCheck(
    List<Confirmed> confirmed, List<Contradicted> contradicted, List<String> added) {

  /** A fact that all requests that could tell agree with. */
  public record Confirmed(String id, String line, int requests) {}

  /**
   * A fact that a request contradicts.
   *
   * @param request its number in the call, from 1
   * @param at its method and path
   * @param found the values that are otherwise
   */
  public record Contradicted(String id, String line, int request, String at, String found) {}

  /** Parameters that a webhook of Twilio's is known to have. */
  private static final Set<String> KNOWN =
      Stream.of(RequestKind.values())
          .flatMap(kind -> ParameterNames.of(kind).stream())
          .collect(Collectors.toSet());

  /** Holds the requests of a call against the table. */
  public static FactCheck of(List<Observed> requests) {
    TreeMap<String, Integer> agreed = new TreeMap<>();
    List<Contradicted> contradicted = new ArrayList<>();
    for (FactRule rule : FactRules.ALL) {
      for (Observed request : requests) {
        if (!rule.concerns().test(request)) {
          continue;
        }
        if (rule.holds().test(request)) {
          agreed.merge(rule.fact(), 1, Integer::sum);
        } else {
          contradicted.add(
              new Contradicted(
                  rule.fact(),
                  line(rule.fact()),
                  request.number(),
                  request.line(),
                  found(rule, request)));
        }
      }
    }
    contradicted.forEach(one -> agreed.remove(one.id()));
    List<Confirmed> confirmed = new ArrayList<>();
    agreed.forEach((id, count) -> confirmed.add(new Confirmed(id, line(id), count)));
    return new FactCheck(confirmed, contradicted, added(requests));
  }

  private static String line(String id) {
    return Facts.find(id).map(ServiceFact::line).orElseThrow();
  }

  private static String found(FactRule rule, Observed request) {
    if (rule.shown().isEmpty()) {
      return request.form().params().stream().map(Param::name).collect(Collectors.joining(" "));
    }
    return rule.shown().stream()
        .map(name ->
            request
                .header(name)
                .or(() -> request.form().value(name))
                .map(value -> name + "=" + value)
                .orElse("no " + name))
        .collect(Collectors.joining(", "));
  }

  private static List<String> added(List<Observed> requests) {
    Set<String> added = new LinkedHashSet<>();
    for (Observed request : requests) {
      for (Param param : request.form().params()) {
        if (!KNOWN.contains(param.name())) {
          added.add(
              "the parameter %s of request %d (%s)"
                  .formatted(param.name(), request.number(), request.line()));
        }
      }
    }
    return List.copyOf(added);
  }
}
