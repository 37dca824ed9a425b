package dev.ringback.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringback.callback.ConnectionOverrides;
import dev.ringback.fidelity.Fact;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.Landing;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an exception of the network is in Twilio's dictionary. */
@Timeout(30)
class TransportErrorsTest {
  private static Landing.Failed failed(Request request, IOException e) {
    return assertInstanceOf(
        Landing.Failed.class,
        TransportErrors.failed(
            request,
            ConnectionOverrides.of("http://a.test/#ct=700&tt=9000").overrides(),
            new Progress(),
            e));
  }

  /** A server shows that certificate to a client that trusts whoever signed it. */
  private static Landing.Failed shown(HeldCertificate.Builder certificate) throws Exception {
    HeldCertificate authority = new HeldCertificate.Builder().certificateAuthority(0).build();
    HandshakeCertificates own =
        new HandshakeCertificates.Builder()
            .heldCertificate(certificate.signedBy(authority).build())
            .build();
    HandshakeCertificates trusting =
        new HandshakeCertificates.Builder().addTrustedCertificate(authority.certificate()).build();
    OkHttpClient client =
        new OkHttpClient.Builder()
            .sslSocketFactory(trusting.sslSocketFactory(), trusting.trustManager())
            .build();
    try (MockWebServer server = new MockWebServer()) {
      server.useHttps(own.sslSocketFactory());
      server.start();
      Request request =
          new Request.Builder().url("https://localhost:" + server.getPort() + "/x").build();
      return failed(
          request, assertThrows(IOException.class, () -> client.newCall(request).execute()));
    }
  }

  @Test
  @Fact("fetching.tls-name")
  void aCertificateForAnotherName() throws Exception {
    Landing.Failed failed =
        shown(new HeldCertificate.Builder().addSubjectAlternativeName("elsewhere.test"));
    assertEquals(TwilioError.TLS_DOMAIN_MISMATCH, failed.error());
    assertEquals(11235, failed.error().code());
  }

  @Test
  @Fact("fetching.tls-expired")
  void aCertificateThatHasExpired() throws Exception {
    Instant end = Instant.now().minus(Duration.ofDays(1));
    Landing.Failed failed =
        shown(
            new HeldCertificate.Builder()
                .addSubjectAlternativeName("localhost")
                .validityInterval(
                    end.minus(Duration.ofDays(1)).toEpochMilli(), end.toEpochMilli()));
    assertEquals(TwilioError.TLS_EXPIRED, failed.error());
    assertEquals(11236, failed.error().code());
  }

  @Test
  @Fact("errors.code-11201")
  void noConnectionInTime() {
    Landing.Failed failed =
        failed(
            new Request.Builder().url("http://a.test/x").build(),
            new SocketTimeoutException("Connect timed out"));
    assertEquals(TwilioError.HTTP_CONNECTION_TIMEOUT, failed.error());
    assertEquals(11201, failed.error().code());
    assertEquals(Duration.ofMillis(700), failed.took());
    assertEquals(true, failed.retryable());
  }
}
