package dev.ringback.engine;

import dev.ringback.call.ApiOrder;
import dev.ringback.call.CallFacts.Line;
import dev.ringback.cast.Troupe;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call to be placed. */
public sealed interface Placement {
  Troupe troupe();

  /**
   * A customer calls one of the account's numbers.
   *
   * @param from E.164, {@code sip:…} or {@code anonymous}
   * @param to E.164
   */
  record ByCustomer(String from, String to, Troupe troupe) implements Placement {}

  /**
   * The REST API calls somebody.
   *
   * @param from a number of the account's, a client or a SIP address
   * @param to whoever is called
   * @param line the URLs of the call; those of its application, if it names one
   * @param parameters sent with each of its voice requests
   */
  record ByApi(
      String from,
      String to,
      Line line,
      ApiOrder order,
      Map<String, String> parameters,
      Troupe troupe)
      implements Placement {}

  /**
   * A worker calls from the Frontline app. One of the two is given.
   *
   * @param conversationSid sent as the app sends it, right or wrong
   * @param customer the number of a customer the worker has a conversation with, or begins one with
   *     by the outgoing conversation callback
   */
  record ByWorker(
      String worker, @Nullable String conversationSid, @Nullable String customer, Troupe troupe)
      implements Placement {}
}
