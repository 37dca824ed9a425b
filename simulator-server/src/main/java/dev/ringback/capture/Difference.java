package dev.ringback.capture;

import dev.ringback.journal.Exchange;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where Twilio and Ringback part. */
sealed interface Difference {

  /** The difference in a line. */
  String text();

  /**
   * A request that Ringback would not have sent.
   *
   * @param number of the request, from 1
   */
  record NotSent(Captured captured, int number) implements Difference {
    @Override
    public String text() {
      return "request %d, %s %s: Twilio sent it, Ringback would not have%s"
          .formatted(
              number, captured.request().method(), captured.request().path(), event(captured));
    }

    private static String event(Captured captured) {
      String event = captured.event().replaceAll("/+", " ").strip();
      return event.isEmpty() ? "" : " (" + event + ")";
    }
  }

  /** A request that Twilio did not send. */
  record NotCaptured(Exchange exchange) implements Difference {
    @Override
    public String text() {
      return "%s %s %s: Ringback would have sent it, Twilio did not"
          .formatted(
              exchange.kind().wireName(),
              exchange.request().method(),
              CapturedWire.bare(exchange.request().url()));
    }
  }

  /**
   * Something of a request that both sent.
   *
   * @param number of the request, from 1
   */
  record Field(Captured captured, int number, Exchange exchange, Value value)
      implements Difference {
    @Override
    public String text() {
      return "request %d, %s: %s: Twilio sent %s, Ringback would send %s"
          .formatted(
              number,
              exchange.kind().wireName(),
              value.name(),
              quoted(value.twilio()),
              quoted(value.ringback()));
    }

    private static String quoted(@Nullable String value) {
      return value == null ? "none" : "'" + value + "'";
    }
  }

  /**
   * A parameter, a header, or a property of the request.
   *
   * @param twilio null: it is not there
   * @param ringback null: it is not there
   */
  record Value(String name, @Nullable String twilio, @Nullable String ringback) {
    /** Of a length: by how many seconds it was longer at Twilio. */
    long secondsMore() {
      return Long.parseLong(String.valueOf(twilio)) - Long.parseLong(String.valueOf(ringback));
    }

    /** Whether it is a whole number of seconds that what people did decides. */
    boolean isLength() {
      String lower = name.toLowerCase(Locale.ROOT);
      return twilio != null
          && ringback != null
          && (lower.endsWith("duration") || lower.equals("queuetime"))
          && (twilio + ringback).matches("\\d{1,18}");
    }
  }
}
