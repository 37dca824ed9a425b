package dev.ringback.capture;

import dev.ringback.callback.Param;
import dev.ringback.capture.CapturedWire.Sent;
import dev.ringback.capture.Difference.Value;
import dev.ringback.journal.Exchange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds a request of Twilio's against the one that Ringback sends in its place: method, own query,
 * headers, which parameters in which order, and their values. Identifiers must stand for the same
 * things; times, tokens and places need only be there.
 */
final class Comparison {
  /** What a proxy or the machine decides, or what is another in every run. */
  private static final Set<String> HEADERS_OF_THE_WAY =
      Set.of(
          "host",
          "x-forwarded-proto",
          "x-forwarded-host",
          "content-length",
          "authorization",
          "cookie",
          "if-none-match",
          "if-modified-since");

  /** What tunnels and load balancers add. */
  private static final Pattern HEADERS_OF_PROXIES =
      Pattern.compile(
          "(x-forwarded|forwarded|x-real-ip|x-client|x-original|via|cf-|cdn-|x-amzn|x-amz|x-azure"
              + "|x-cloud|ngrok|x-ngrok|x-request-id|x-correlation|traceparent|tracestate|b3|x-b3"
              + "|fly-|x-vercel|x-envoy|true-client-ip|accept-encoding|connection|keep-alive"
              + "|transfer-encoding|te|upgrade|http2-settings|priority).*");

  private static final Set<String> HEADERS_OF_THE_RUN =
      Set.of("x-twilio-signature", "i-twilio-idempotency-token");

  private final Map<String, String> identifiers;

  /**
   * @param identifiers by Twilio's: Ringback's
   */
  Comparison(Map<String, String> identifiers) {
    this.identifiers = identifiers;
  }

  /** What differs. */
  List<Value> fields(Exchange exchange, List<Sent> sent) {
    List<Value> fields = new ArrayList<>();
    Sent first = sent.getFirst();
    Captured captured = first.captured();
    compare(fields, "method", captured.request().method(), first.request().method().name());
    parameters(fields, captured, first);
    headers(fields, captured, first);
    compare(
        fields,
        "attempts",
        Integer.toString(sent.size()),
        Integer.toString(exchange.attempts().size()));
    return fields;
  }

  private void parameters(List<Value> fields, Captured captured, Sent sent) {
    Map<String, String> twilio = byName(captured.form().params());
    Map<String, String> ringback = byName(sent.request().form().params());
    Set<String> names = new LinkedHashSet<>(twilio.keySet());
    names.addAll(ringback.keySet());
    for (String name : names) {
      String value = twilio.get(name);
      String own = ringback.get(name);
      if (value == null || own == null || !isSame(name, value, own)) {
        fields.add(new Value(name, value, own));
      }
    }
    if (fields.isEmpty()) {
      compare(
          fields,
          "order of the parameters",
          String.join(" ", twilio.keySet()),
          String.join(" ", ringback.keySet()));
    }
  }

  private boolean isSame(String name, String value, String own) {
    if (value.equals(own) || isOfItsRun(name, value)) {
      return true;
    }
    if (CapturedWire.isIdentifier(value)) {
      return own.equals(identifiers.get(value));
    }
    String translated = value;
    for (Map.Entry<String, String> known : identifiers.entrySet()) {
      translated = translated.replace(known.getKey(), known.getValue());
    }
    return translated.equals(own);
  }

  /** Whether another run has another value all the same, or another place another one. */
  private static boolean isOfItsRun(String name, String value) {
    return name.equals("CallToken")
        || name.equals("Timestamp")
        || (name.endsWith("Time") && !name.equals("QueueTime") && !name.equals("AvgQueueTime"))
        || name.startsWith("Date")
        || name.endsWith("RecordingUrl")
        || name.endsWith("TranscriptionUrl")
        || name.matches("(From|To|Caller|Called)(City|State|Zip|Country)")
        || value.startsWith("{");
  }

  private static void headers(List<Value> fields, Captured captured, Sent sent) {
    for (Param header : captured.headers()) {
      String name = header.name().toLowerCase(Locale.ROOT);
      boolean ours =
          sent.request().headers().stream().anyMatch(h -> h.name().equalsIgnoreCase(name));
      if (!ours
          && !HEADERS_OF_THE_WAY.contains(name)
          && !HEADERS_OF_PROXIES.matcher(name).matches()) {
        fields.add(new Value("header " + header.name(), header.value(), null));
      }
    }
    for (Param header : sent.request().headers()) {
      String name = header.name().toLowerCase(Locale.ROOT);
      String value = captured.header(header.name());
      if (HEADERS_OF_THE_WAY.contains(name)) {
        continue;
      }
      boolean same =
          value != null && (HEADERS_OF_THE_RUN.contains(name) || value.equals(header.value()));
      if (!same) {
        fields.add(new Value("header " + header.name(), value, header.value()));
      }
    }
  }

  private static void compare(
      List<Value> fields, String name, @Nullable String twilio, @Nullable String ringback) {
    if (!Objects.equals(twilio, ringback)) {
      fields.add(new Value(name, twilio, ringback));
    }
  }

  private static Map<String, String> byName(List<Param> params) {
    Map<String, String> values = new LinkedHashMap<>();
    params.forEach(param -> values.merge(param.name(), param.value(), (a, b) -> a + "," + b));
    return values;
  }
}
