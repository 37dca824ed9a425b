package dev.ringback.wire;

import dev.ringback.callback.ConnectionOverrides;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.Landing;
import dev.ringback.voice.Landing.Failed;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Request;

/** What kept an answer from coming, as errors of Twilio's dictionary. */
final class TransportErrors {
  private TransportErrors() {}

  /** The answer began and did not end. */
  static Landing brokeOff(Request request, ConnectionOverrides limits, IOException e) {
    if (e instanceof InterruptedIOException) {
      return new Failed(
          TwilioError.HTTP_RETRIEVAL_FAILURE,
          "%s did not answer within %s: it began, and was not done by then; answer first and work later"
              .formatted(host(request), seconds(answerLimit(limits))),
          false,
          answerLimit(limits));
    }
    return new Failed(
        TwilioError.HTTP_CONNECTION_FAILURE,
        "%s stopped in the middle of its answer: %s; look into the app's log"
            .formatted(host(request), e.getMessage()),
        false,
        Duration.ZERO);
  }

  static Landing unreadable(Request request, Throwable e) {
    return new Failed(
        TwilioError.HTTP_PROTOCOL_VIOLATION,
        "the answer of %s cannot be read: %s".formatted(host(request), e),
        false,
        Duration.ZERO);
  }

  private static String host(Request request) {
    String host = request.url().host();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + request.url().port();
  }

  /** There was no answer. */
  static Landing failed(
      Request request, ConnectionOverrides limits, Progress progress, IOException e) {
    String host = host(request);
    EgressRefused refusal = EgressRefused.in(e);
    if (refusal != null) {
      return new Failed(
          TwilioError.HTTP_RETRIEVAL_FAILURE, refusal.sentence(), false, Duration.ZERO);
    }
    return switch (e) {
      case UnknownHostException unknown ->
          new Failed(
              TwilioError.HTTP_HOST_UNKNOWN,
              "the host name of " + host + " is not known; check the URL, or map it with --map",
              false,
              Duration.ZERO);
      case SSLException tls ->
          new Failed(
              certificateError(tls),
              "the TLS handshake with %s failed: %s; use a certificate that is trusted, or http"
                  .formatted(host, tls.getMessage()),
              false,
              Duration.ZERO);
      case InterruptedIOException late when !progress.connected() ->
          new Failed(
              TwilioError.HTTP_CONNECTION_TIMEOUT,
              "no connection to %s within %s".formatted(host, seconds(limits.connect())),
              true,
              limits.connect());
      case InterruptedIOException late ->
          new Failed(
              limits.total().compareTo(limits.read()) < 0
                  ? TwilioError.HTTP_TOTAL_TIMEOUT
                  : TwilioError.HTTP_RETRIEVAL_FAILURE,
              "%s did not answer within %s; answer first and work later"
                  .formatted(host, seconds(answerLimit(limits))),
              false,
              answerLimit(limits));
      case ConnectException refused ->
          new Failed(
              TwilioError.HTTP_CONNECTION_REFUSED,
              host + " refused the connection; is the app running?",
              true,
              Duration.ZERO);
      case ProtocolException protocol ->
          new Failed(
              TwilioError.HTTP_PROTOCOL_VIOLATION,
              "%s broke the protocol: %s; does it speak HTTP on that port?"
                  .formatted(host, protocol.getMessage()),
              false,
              Duration.ZERO);
      default ->
          new Failed(
              TwilioError.HTTP_CONNECTION_FAILURE,
              "the connection to %s broke: %s; look into the app's log"
                  .formatted(host, e.getMessage()),
              !progress.sent(),
              Duration.ZERO);
    };
  }

  private static Duration answerLimit(ConnectionOverrides limits) {
    return limits.read().compareTo(limits.total()) < 0 ? limits.read() : limits.total();
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }

  /** Dictionary, 11235 to 11237: what is wrong with a certificate; 11220: something else. */
  private static TwilioError certificateError(SSLException tls) {
    for (Throwable cause = tls; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException) {
        return TwilioError.TLS_EXPIRED;
      }
      if (cause instanceof CertPathBuilderException) {
        return TwilioError.TLS_NO_PATH;
      }
    }
    return tls instanceof SSLPeerUnverifiedException
        ? TwilioError.TLS_DOMAIN_MISMATCH
        : TwilioError.TLS_HANDSHAKE;
  }
}
