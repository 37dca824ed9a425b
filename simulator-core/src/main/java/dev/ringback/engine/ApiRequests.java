package dev.ringback.engine;

import dev.ringback.call.Call;
import dev.ringback.call.CallEvent;
import dev.ringback.cast.ScriptStep;
import dev.ringback.id.Sid;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.voice.Leg;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * REST requests that scripts have for a time. Virtual time is held until each is answered, so that
 * what it changes is changed at that time.
 */
final class ApiRequests {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");

  private final Inbox inbox;
  private volatile @Nullable ApiClient client;
  private long sent;

  /** Owned by the loop. */
  private int open;

  ApiRequests(Inbox inbox) {
    this.inbox = inbox;
  }

  void by(ApiClient client) {
    this.client = client;
  }

  /** Whether a script waits for an answer. */
  boolean anyOpen() {
    return open > 0;
  }

  /**
   * Sends a request.
   *
   * @param refused hears later that it was not answered as it should be
   * @return why it cannot be sent; empty: it was
   */
  Optional<String> send(
      LiveCall call, ScriptStep.ApiRequest request, Holds holds, Consumer<String> refused) {
    ApiClient by = client;
    if (by == null) {
      return Optional.of("nobody serves the REST API here");
    }
    Map<String, String> known = known(call);
    for (String text : texts(request)) {
      Matcher placeholders = PLACEHOLDER.matcher(text);
      while (placeholders.find()) {
        if (!known.containsKey(placeholders.group(1))) {
          return Optional.of("there is no {%s} yet".formatted(placeholders.group(1)));
        }
      }
    }
    String hold = "REST request " + ++sent;
    holds.take(hold, LONGEST);
    open++;
    var unused =
        by.send(filled(request, known))
            .handle((refusal, failure) -> {
              String why = failure == null ? refusal.orElse(null) : String.valueOf(failure);
              return inbox.change(() -> {
                open--;
                if (why != null) {
                  refused.accept(why);
                }
                return holds.release(hold);
              });
            });
    return Optional.empty();
  }

  private static List<String> texts(ScriptStep.ApiRequest request) {
    List<String> texts = new java.util.ArrayList<>(request.form().values());
    texts.add(request.path());
    return texts;
  }

  private static ScriptStep.ApiRequest filled(
      ScriptStep.ApiRequest request, Map<String, String> known) {
    Map<String, String> form = new LinkedHashMap<>();
    request.form().forEach((name, value) -> form.put(name, filled(value, known)));
    return new ScriptStep.ApiRequest(
        request.method(), filled(request.path(), known), form, request.status());
  }

  private static String filled(String text, Map<String, String> known) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(m -> Matcher.quoteReplacement(known.getOrDefault(m.group(1), m.group())));
  }

  /** What a path can name, as far as the call has it. */
  private static Map<String, String> known(LiveCall live) {
    Call call = live.call;
    Map<String, String> known = new LinkedHashMap<>();
    known.put("AccountSid", call.facts().account().value());
    known.put("CallSid", call.sid().value());
    for (Leg child : call.facts().children()) {
      known.put("ChildCallSid", child.sid().value());
    }
    call.facts()
        .recordings()
        .forEach(recording -> known.put("RecordingSid", recording.sid().value()));
    for (JournalEntry entry : live.record().entries()) {
      Sid conversation =
          entry.fact() instanceof Fact.Happened(CallEvent.ConversationChosen chosen)
              ? chosen.conversation()
              : null;
      if (conversation != null) {
        known.put("ConversationSid", conversation.value());
      }
      if (entry.fact() instanceof Fact.Happened(CallEvent.MeetingChanged changed)) {
        known.put(
            changed.room().value().startsWith("CF") ? "ConferenceSid" : "QueueSid",
            changed.room().value());
      }
    }
    return known;
  }
}
