package dev.ringback.cast;

import dev.ringback.voice.Act;
import java.time.Duration;
import java.util.Map;

/**
 * Something that is to happen in a call at a certain time.
 *
 * @param at from the beginning of the call
 * @param maybe whether it is all the same when it is impossible then
 */
public record ScriptStep(Duration at, Move move, boolean maybe) {

  /** One that must be possible. */
  public ScriptStep(Duration at, Move move) {
    this(at, move, false);
  }

  /** What happens. */
  public sealed interface Move {
    /** A clause that says it, such as {@code the customer presses 1}. */
    String text();
  }

  /** A person does something. */
  public record Does(CallParty role, Act act) implements Move {
    @Override
    public String text() {
      return "the %s %s".formatted(role.word(), act.text());
    }
  }

  /**
   * The REST API ends the leg a person is on.
   *
   * @param cancel with {@code Status=canceled} rather than {@code completed}
   */
  public record EndedByApi(CallParty role, boolean cancel) implements Move {
    @Override
    public String text() {
      return "the API ends the %s's leg with Status=%s"
          .formatted(role.word(), cancel ? "canceled" : "completed");
    }
  }

  /**
   * A request to the REST API.
   *
   * @param path with the product before it, such as {@code
   *     /2010-04-01/Accounts/{AccountSid}/Calls/{CallSid}.json}; names in braces are the call's
   * @param status that it must be answered with; 0: 2xx
   */
  public record ApiRequest(String method, String path, Map<String, String> form, int status)
      implements Move {
    @Override
    public String text() {
      return "%s %s%s".formatted(method, path, form.isEmpty() ? "" : " " + form);
    }
  }

  /** A worker is added to the conversation with the customer. */
  public record Joins(String worker) implements Move {
    @Override
    public String text() {
      return worker + " joins the conversation";
    }
  }
}
