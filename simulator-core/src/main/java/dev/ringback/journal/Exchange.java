package dev.ringback.journal;

import dev.ringback.id.Sid;
import dev.ringback.twiml.Finding;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.Landing;
import dev.ringback.voice.RequestKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to the app with its answer, all tries of it: retries, redirects and repeats. What was
 * answered from Twilio's cache at once never left, and is no exchange.
 *
 * @param call whose request it is, as the journal names the call; null: the account's
 * @param attempts in order, at least one
 * @param answer how the request ended; null: not yet
 * @param document that was in the answer; null: there was none, or Twilio could not read it
 * @param fromCache whether the last try needed no request: what it asked for was in Twilio's cache
 */
public record Exchange(
    ExchangeId id,
    @Nullable Sid call,
    List<Attempt> attempts,
    @Nullable Answer answer,
    @Nullable Document document,
    boolean fromCache) {

  /**
   * One try.
   *
   * @param again why another try follows, a clause; null: none does, or not yet
   */
  public record Attempt(Instant at, Fact.Requested request, @Nullable String again) {}

  /**
   * @param landing the answer, or why there is none
   */
  public record Answer(Landing landing, Instant at) {}

  /**
   * A document that was read.
   *
   * @param verbs in order
   * @param findings what the reader remarked
   */
  public record Document(List<String> verbs, List<Finding> findings) {}

  /** The request as it first left. */
  public Fact.Requested request() {
    return attempts.getFirst().request();
  }

  public RequestKind kind() {
    return request().kind();
  }

  /** When the request first left. */
  public Instant leftAt() {
    return attempts.getFirst().at();
  }

  /** The answer, or why there is none; null: the request is still on its way. */
  public @Nullable Landing landing() {
    return answer == null ? null : answer.landing();
  }

  /** The verbs of the document in the answer; null: there was none. */
  public @Nullable List<String> verbs() {
    return document == null ? null : document.verbs();
  }

  // How it goes on

  static Exchange begun(@Nullable Sid call, Instant at, Fact.Requested request) {
    return new Exchange(
        request.exchange(), call, List.of(new Attempt(at, request, null)), null, null, false);
  }

  /** Another try leaves. */
  Exchange repeated(Instant at, Fact.Requested request) {
    List<Attempt> more = new ArrayList<>(attempts);
    more.add(new Attempt(at, request, null));
    return new Exchange(id, call, List.copyOf(more), null, null, false);
  }

  /** The last try did not end the request. */
  Exchange triedAgain(String why) {
    List<Attempt> told = new ArrayList<>(attempts);
    Attempt last = told.removeLast();
    told.add(new Attempt(last.at(), last.request(), why));
    return new Exchange(id, call, List.copyOf(told), null, null, fromCache);
  }

  Exchange foundInCache() {
    return new Exchange(id, call, attempts, answer, document, true);
  }

  Exchange answered(Landing landing, Instant at) {
    return new Exchange(id, call, attempts, new Answer(landing, at), null, fromCache);
  }

  Exchange read(Document document) {
    return new Exchange(id, call, attempts, answer, document, fromCache);
  }
}
