package dev.ringback.callback;

import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.AppRequest;
import dev.ringback.voice.Landing;
import dev.ringback.voice.Landing.Answered;
import dev.ringback.voice.Landing.Failed;
import dev.ringback.voice.Target;
import java.time.Duration;
import java.util.Set;

/**
 * One callback on its way, over all its tries: redirects are followed, challenges answered, what
 * failed is tried again as the connection overrides say, with the same idempotency token
 * (docs/usage/webhooks, docs/usage/webhooks/webhooks-connection-overrides).
 *
 * @param target where this try goes
 * @param tries how many were made, and what they took
 */
public record Delivery(
    AppRequest callback, Target target, ConnectionOverrides overrides, Tries tries) {

  /**
   * The tries of a delivery.
   *
   * @param attempt from 1
   * @param redirects followed so far
   * @param retries made so far
   * @param spent the world's time that the tries before this one took
   * @param authorized whether this try answers a challenge
   * @param again how many more times it is sent whatever comes of it: a fault
   */
  record Tries(
      int attempt, int redirects, int retries, Duration spent, boolean authorized, int again) {
    static final Tries FIRST = new Tries(1, 0, 0, Duration.ZERO, false, 0);

    private Tries next(int redirects, int retries, Duration took, boolean authorized, int again) {
      return new Tries(attempt + 1, redirects, retries, spent.plus(took), authorized, again);
    }

    /** The same, sent so many times more. */
    private Tries repeated(int times) {
      return new Tries(attempt, redirects, retries, spent, authorized, times);
    }
  }

  /** Dictionary, 11215. */
  static final int MAX_REDIRECTS = 10;

  /** Statuses that lead elsewhere. */
  public static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  /**
   * Those after which a POST stays one; the others make a GET of it, its parameters in the query.
   */
  public static final Set<Integer> KEEP_METHOD = Set.of(307, 308);

  public static Delivery first(AppRequest callback, ConnectionOverrides overrides) {
    return new Delivery(callback, callback.target(), overrides, Tries.FIRST);
  }

  /** What comes after a try. */
  public sealed interface Next {

    /** The landing of that try stands. */
    record Done(Landing landing) implements Next {}

    /**
     * Another try.
     *
     * @param session what the call remembers from now on
     * @param why a clause, for the timeline
     */
    record Again(Delivery delivery, WebClientState session, String why) implements Next {}
  }

  /** How long this try may take: what the tries before it took is gone. */
  public ConnectionOverrides limits() {
    return new ConnectionOverrides(
        overrides.connect(),
        overrides.read(),
        overrides.total().minus(spent()),
        overrides.retries(),
        overrides.policy());
  }

  /**
   * What comes after this try ended like that.
   *
   * @param elapsed the world's time until an answer came; a failure tells by itself
   */
  public Next after(Landing landing, Duration elapsed, WebClientState session) {
    if (tries.again() > 0) {
      return new Next.Again(
          next(
              target,
              tries.next(
                  tries.redirects(),
                  tries.retries(),
                  Duration.ZERO,
                  tries.authorized(),
                  tries.again() - 1)),
          session,
          "sent twice: a fault");
    }
    return switch (landing) {
      case Failed failed -> after(failed, session);
      case Answered answered -> {
        Next next = after(answered, elapsed, session);
        boolean late =
            next instanceof Next.Again again
                && again.delivery().spent().compareTo(overrides.total()) >= 0;
        yield late ? new Next.Done(tooLate(overrides.total().minus(spent()))) : next;
      }
    };
  }

  private Failed tooLate(Duration took) {
    return new Failed(
        TwilioError.HTTP_TOTAL_TIMEOUT,
        "all tries together took longer than %d ms".formatted(overrides.total().toMillis()),
        false,
        took);
  }

  private Next after(Failed failed, WebClientState session) {
    Duration left = overrides.total().minus(spent());
    boolean timeIsOver = failed.took().compareTo(left) >= 0;
    RetryPolicy policy = failed.retryable() ? RetryPolicy.CT : RetryPolicy.RT;
    boolean timedOut = failed.retryable() || failed.error() == TwilioError.HTTP_RETRIEVAL_FAILURE;
    if (!timeIsOver && timedOut && overrides.policy().contains(policy) && mayTryAgain()) {
      return retry(failed.took(), session, failed.error().title());
    }
    return new Next.Done(timeIsOver && spent().isPositive() ? tooLate(left) : failed);
  }

  private Next after(Answered answered, Duration elapsed, WebClientState session) {
    int status = answered.status();
    String location = answered.header("location");
    if (REDIRECTS.contains(status) && location != null) {
      return redirected(answered, elapsed, session, location);
    }
    var met = session.challenged(target.url(), answered, tries.authorized());
    if (met.isPresent()) {
      return new Next.Again(
          next(target, tries.next(tries.redirects(), tries.retries(), elapsed, true, 0)),
          met.get(),
          "401, the user of the URL is told");
    }
    RetryPolicy policy =
        status >= 500
            ? RetryPolicy.STATUS_5XX
            : status >= 400 ? RetryPolicy.STATUS_4XX : RetryPolicy.CT;
    if (status >= 400 && overrides.policy().contains(policy) && mayTryAgain()) {
      return retry(elapsed, session, Integer.toString(status));
    }
    return new Next.Done(answered);
  }

  private boolean mayTryAgain() {
    return tries.retries() < overrides.retries();
  }

  private Next retry(Duration took, WebClientState session, String why) {
    return new Next.Again(
        next(
            target,
            tries.next(tries.redirects(), tries.retries() + 1, took, tries.authorized(), 0)),
        session,
        why + ", tried again");
  }

  private Next redirected(
      Answered answered, Duration elapsed, WebClientState session, String location) {
    if (tries.redirects() >= MAX_REDIRECTS) {
      return new Next.Done(
          new Failed(
              TwilioError.HTTP_TOO_MANY_REDIRECTS,
              "redirected more than %d times, at last from %s to %s; does it go in a circle?"
                  .formatted(MAX_REDIRECTS, target.shown(), location),
              false,
              Duration.ZERO));
    }
    HttpMethod method = KEEP_METHOD.contains(answered.status()) ? target.method() : HttpMethod.GET;
    Target to = target.resolve(location, method);
    return new Next.Again(
        next(to, tries.next(tries.redirects() + 1, tries.retries(), elapsed, false, 0)),
        session,
        answered.status() + " to " + location);
  }

  private Delivery next(Target to, Tries tries) {
    return new Delivery(callback, to, overrides, tries);
  }

  /** The same, sent so many times more. */
  public Delivery repeated(int times) {
    return new Delivery(callback, target, overrides, tries.repeated(times));
  }

  /** From 1. */
  public int attempt() {
    return tries.attempt();
  }

  /** Followed so far. */
  public int redirects() {
    return tries.redirects();
  }

  /** The world's time that the tries before this one took. */
  public Duration spent() {
    return tries.spent();
  }
}
