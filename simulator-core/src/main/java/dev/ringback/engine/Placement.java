package dev.ringback.engine;

import dev.ringback.call.ApiCallOptions;
import dev.ringback.cast.Script;
import dev.ringback.voice.VoiceUrls;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call to be placed. */
public sealed interface Placement {
  Script script();

  /**
   * A customer calls one of the account's numbers.
   *
   * @param from E.164, {@code sip:…} or {@code anonymous}
   * @param to E.164
   */
  record ByCustomer(String from, String to, Carrier carrier, Script script) implements Placement {
    /** Of the caller nothing but the number is known. */
    public ByCustomer(String from, String to, Script script) {
      this(from, to, Carrier.SILENT, script);
    }
  }

  /**
   * The REST API places a call.
   *
   * @param from a number of the account's, a client or a SIP address
   * @param to the called party
   * @param urls the URLs of the call; those of its application, if it names one
   * @param parameters sent with each of its voice requests
   */
  record ByApi(
      String from,
      String to,
      VoiceUrls urls,
      ApiCallOptions options,
      Map<String, String> parameters,
      Script script)
      implements Placement {}

  /**
   * A worker calls from the Frontline app. One of the two is given.
   *
   * @param conversationSid sent as the app sends it, right or wrong
   * @param customer the number of a customer the worker has a conversation with, or begins one with
   *     by the outgoing conversation callback
   */
  record ByWorker(
      String worker, @Nullable String conversationSid, @Nullable String customer, Script script)
      implements Placement {}
}
