package dev.ringback.replay;

import dev.ringback.callback.Param;
import dev.ringback.journal.Exchange;
import dev.ringback.runner.Wildcards;
import dev.ringback.scenario.ParameterNames;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a recorded scenario expects of the parameters of a request. Identifiers become variables,
 * captured where they come first; times, tokens and addresses of files need only be there.
 */
final class RecordedValues {
  /** They repeat others, or say where a number is. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "AccountSid",
          "ApiVersion",
          "Called",
          "Caller",
          "ConversationServiceSid",
          "ChatServiceSid");

  private final boolean realClock;
  private final Wildcards wildcards;

  /** By value: the variable that has it. */
  private final Map<String, String> variables = new LinkedHashMap<>();

  private final Set<String> names = new LinkedHashSet<>();

  /**
   * @param realClock whether a second more or less is no difference
   * @param wildcards words in whose place anything may stand
   */
  RecordedValues(boolean realClock, Wildcards wildcards) {
    this.wildcards = wildcards;
    this.realClock = realClock;
  }

  /**
   * @param form what each parameter must be, as a scenario says it
   * @param captures by variable: the parameter that it is of
   */
  record Expected(Map<String, Object> form, Map<String, Object> captures) {}

  Expected of(Exchange exchange) {
    Map<String, Object> form = new LinkedHashMap<>();
    Map<String, Object> captures = new LinkedHashMap<>();
    for (Param param : exchange.request().form().params()) {
      String name = param.name();
      if (isLeftOut(name) || !ParameterNames.carries(exchange.kind(), name)) {
        continue;
      }
      String value = param.value();
      if (value.matches("[A-Z]{2}[0-9a-f]{32}")) {
        String variable = variables.get(value);
        if (variable == null) {
          captures.put(named(name, value), name);
        } else {
          form.put(name, "${" + variable + "}");
        }
      } else if (isOfItsRun(name, value)) {
        form.put(name, "present");
      } else if (name.endsWith("Duration") && realClock && value.matches("\\d{1,9}")) {
        long seconds = Long.parseLong(value);
        form.put(name, Map.of("between", List.of(Math.max(0, seconds - 1), seconds + 1)));
      } else {
        form.put(
            name, wildcards.standIn(value) ? "/" + wildcards.regex(value) + "/" : equal(value));
      }
    }
    return new Expected(form, captures);
  }

  private static boolean isLeftOut(String name) {
    return LEFT_OUT.contains(name)
        || (name.matches(".*(City|State|Zip|Country)") && !name.equals("State"));
  }

  /** Whether another run has another value all the same. */
  private static boolean isOfItsRun(String name, String value) {
    return name.equals("CallToken")
        || name.equals("Timestamp")
        || (name.endsWith("Time") && value.matches(".*\\d\\d:\\d\\d.*"))
        || name.startsWith("Date")
        || value.matches("https?://.*")
        || value.startsWith("{");
  }

  /** Words that mean something to a scenario are said to be values. */
  static Object equal(String value) {
    boolean special =
        value.equals("absent")
            || value.equals("present")
            || (value.length() > 1 && value.startsWith("/") && value.endsWith("/"))
            || value.contains("${");
    return special ? Map.of("equals", value) : value;
  }

  private String named(String parameter, String value) {
    String base =
        parameter.endsWith("Sid") ? parameter.substring(0, parameter.length() - 3) : parameter;
    String plain =
        base.isEmpty() ? "sid" : Character.toLowerCase(base.charAt(0)) + base.substring(1);
    String name = plain;
    for (int i = 2; !names.add(name); i++) {
      name = plain + i;
    }
    variables.put(value, name);
    return name;
  }
}
