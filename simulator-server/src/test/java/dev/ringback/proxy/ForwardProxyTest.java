package dev.ringback.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.http.NetworkHttpClient;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.conversations.v1.Conversation;
import dev.ringback.config.ConfigFile;
import dev.ringback.config.WorldDraft;
import dev.ringback.engine.WorldSettings;
import dev.ringback.fidelity.Fact;
import dev.ringback.server.RingbackServer;
import dev.ringback.server.WebApp;
import dev.ringback.yaml.Yaml;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The road through the proxy: Twilio's hosts end in Ringback, with a certificate to trust. */
@Timeout(20)
class ForwardProxyTest {
  @TempDir Path home;

  private RingbackServer server;

  @SuppressWarnings("NullAway.Init")
  ForwardProxyTest() {}

  @BeforeEach
  void start() throws Exception {
    System.setProperty("ringback.home", home.toString());
    server = server("refuse");
  }

  private static RingbackServer server(String otherHosts) throws Exception {
    return server(otherHosts, "");
  }

  private static RingbackServer server(String otherHosts, String more) throws Exception {
    String yaml =
        "server: {port: 0, voices: tones, otherHosts: %s}\n%s".formatted(otherHosts, more);
    return RingbackServer.start(
        ConfigFile.read(Yaml.parse("ringback.yaml", yaml)), seed -> new WorldDraft());
  }

  @AfterEach
  void stop() {
    System.clearProperty("ringback.home");
    server.close();
  }

  private SSLContext trusting() throws Exception {
    KeyStore trust =
        KeyStore.getInstance(
            LocalAuthority.in(home).trustStore().toFile(), LocalAuthority.PASSWORD.toCharArray());
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trust);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private HttpClient proxied(RingbackServer by) throws Exception {
    return HttpClient.newBuilder()
        .proxy(ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), by.port())))
        .sslContext(trusting())
        .build();
  }

  private HttpRequest request(String url) {
    WorldSettings settings = server.world().settings();
    String credentials = settings.account() + ":" + settings.authToken();
    return HttpRequest.newBuilder(URI.create(url))
        .header(
            "Authorization",
            "Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
        .build();
  }

  /** The official library as it is, but for what the JVM is told of proxies and certificates. */
  @Test
  @Fact("conversations.base-url")
  void theOfficialJavaLibraryUnmodified() throws Exception {
    HttpClientBuilder builder =
        HttpClientBuilder.create()
            .setProxy(new HttpHost("127.0.0.1", server.port()))
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setTlsSocketStrategy(new DefaultClientTlsStrategy(trusting()))
                    .build());
    WorldSettings settings = server.world().settings();
    TwilioRestClient client =
        new TwilioRestClient.Builder(settings.account().value(), settings.authToken())
            .httpClient(new NetworkHttpClient(builder))
            .build();
    for (int i = 0; i < 3; i++) {
      Conversation.creator().setFriendlyName("c" + i).create(client);
    }
    int seen = 0;
    for (Conversation each : Conversation.reader().setPageSize(1L).read(client)) {
      assertTrue(each.getUrl().toString().startsWith("https://conversations.twilio.com/v1/"));
      seen++;
    }
    assertEquals(3, seen);
    assertFalse(Call.reader().read(client).iterator().hasNext());
  }

  @Test
  void edgesAndRegionsToo() throws Exception {
    HttpResponse<String> response =
        proxied(server)
            .send(
                request("https://conversations.sydney.au1.twilio.com/v1/Conversations"),
                HttpResponse.BodyHandlers.ofString());
    assertEquals(200, response.statusCode());
    assertTrue(
        response.body().contains("https://conversations.sydney.au1.twilio.com/v1/Conversations"));
  }

  @Test
  void otherProductsAreNotEmulated() throws Exception {
    HttpResponse<String> response =
        proxied(server)
            .send(
                request("https://verify.twilio.com/v2/Services"),
                HttpResponse.BodyHandlers.ofString());
    assertEquals(404, response.statusCode());
    assertTrue(response.body().contains("20404"), response.body());
  }

  /** A client that knows nothing of the CA is not deceived. */
  @Test
  void withoutTheCertificateNothingIsTrusted() {
    HttpClient client =
        HttpClient.newBuilder()
            .proxy(
                ProxySelector.of(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port())))
            .build();
    assertThrows(
        SSLHandshakeException.class,
        () ->
            client.send(
                request("https://api.twilio.com/2010-04-01/Accounts.json"),
                HttpResponse.BodyHandlers.ofString()));
  }

  /** The authority vouches for Twilio's names only, and clients that look can see that. */
  @Test
  void theAuthorityIsBoundToTwilio() throws Exception {
    LocalAuthority authority = LocalAuthority.in(home);
    assertThrows(IllegalArgumentException.class, () -> authority.of("bank.example.com"));
    assertThrows(IllegalArgumentException.class, () -> authority.of("nottwilio.com"));
    X509Certificate certificate;
    try (InputStream in = Files.newInputStream(authority.certificateFile())) {
      certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
    assertTrue(certificate.getCriticalExtensionOIDs().contains("2.5.29.30"), "name constraints");
    assertEquals(0, certificate.getBasicConstraints(), "no authority below it");
  }

  @Test
  void theAnswerToConnectIsOneLine() throws Exception {
    for (String host : List.of("api.twilio.com:443", "API.twilio.com:443")) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        // In two parts, as a slow client sends it.
        socket.getOutputStream().write("CONN".getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        socket
            .getOutputStream()
            .write(
                ("ECT " + host + " HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: x\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        String expected = "HTTP/1.1 200 Connection established\r\n\r\n";
        InputStream in = socket.getInputStream();
        assertEquals(
            expected, new String(in.readNBytes(expected.length()), StandardCharsets.US_ASCII));
        socket.setSoTimeout(200);
        assertThrows(java.net.SocketTimeoutException.class, in::read);
      }
    }
  }

  @Test
  void otherHostsAreRefusedWithASentence() throws Exception {
    try (WebApp other = new WebApp()) {
      other.at("/", "<Response/>");
      HttpResponse<String> refused =
          proxied(server).send(request(other.url() + "/"), HttpResponse.BodyHandlers.ofString());
      assertEquals(403, refused.statusCode());
      assertTrue(
          refused.body().contains("passes nothing on to localhost. Name it in NO_PROXY"),
          refused.body());
      assertEquals(0, other.requests.size());
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        socket
            .getOutputStream()
            .write(
                "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        byte[] line = socket.getInputStream().readNBytes(12);
        assertEquals("HTTP/1.1 403", new String(line, StandardCharsets.US_ASCII));
      }
    }
  }

  private static String firstAnswerTo(String request, int port) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write((request + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      StringBuilder text = new StringBuilder();
      InputStream in = socket.getInputStream();
      while (!text.toString().contains(".\n")) {
        int next = in.read();
        if (next < 0) {
          break;
        }
        text.append((char) next);
      }
      return text.toString();
    }
  }

  @Test
  void aTunnelLeadsToPort443Only() throws Exception {
    try (WebApp other = new WebApp();
        RingbackServer passing = server("pass")) {
      for (String to :
          List.of(
              "api.twilio.com:80",
              "api.twilio.com:22",
              "127.0.0.1:" + other.port(),
              "localhost:25")) {
        for (int port : List.of(server.port(), passing.port())) {
          String answer = firstAnswerTo("CONNECT %s HTTP/1.1\r\nHost: %s".formatted(to, to), port);
          assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
          assertTrue(answer.contains("CONNECT takes port 443 only, not " + to), answer);
        }
      }
      assertEquals(0, other.requests.size());
    }
  }

  /** What is passed on is dialled as everything else is. */
  @Test
  void linkLocalAddressesAreNotPassedOn() throws Exception {
    try (RingbackServer passing = server("pass");
        RingbackServer listing = server("pass", "egress: {only: listed}")) {
      for (String request :
          List.of(
              "CONNECT 169.254.169.254:443 HTTP/1.1\r\nHost: x",
              "CONNECT [fe80::1]:443 HTTP/1.1\r\nHost: x",
              "GET http://169.254.169.254/latest/meta-data HTTP/1.1\r\nHost: 169.254.169.254")) {
        String answer = firstAnswerTo(request, passing.port());
        assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
        assertTrue(answer.contains("a link-local address"), answer);
      }
      for (String request :
          List.of(
              "CONNECT 203.0.113.7:443 HTTP/1.1\r\nHost: x",
              "GET http://203.0.113.7/ HTTP/1.1\r\nHost: 203.0.113.7")) {
        String answer = firstAnswerTo(request, listing.port());
        assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
        assertTrue(answer.contains("203.0.113.7 is not listed"), answer);
      }
    }
  }

  @Test
  void otherHostsArePassedOnWhenConfigured() throws Exception {
    try (WebApp other = new WebApp();
        RingbackServer passing = server("pass")) {
      other.at("/hello", "<Response/>");
      HttpResponse<String> passed =
          proxied(passing)
              .send(request(other.url() + "/hello?a=1"), HttpResponse.BodyHandlers.ofString());
      assertEquals(200, passed.statusCode());
      assertEquals("<Response/>", passed.body());
      assertEquals("a=1", other.requests.getFirst().getUrl().encodedQuery());
    }
  }

  /** HTTP, not HTTPS: the request line names Twilio's host. */
  @Test
  @Fact("conversations.frontline-service")
  void theAbsoluteFormEndsHereToo() throws Exception {
    HttpResponse<String> response =
        proxied(server)
            .send(
                request("http://conversations.twilio.com/v1/Services"),
                HttpResponse.BodyHandlers.ofString());
    assertEquals(200, response.statusCode());
    assertTrue(response.body().contains("Frontline Service"), response.body());
  }

  @Test
  void theAuthorityIsMadeOnceAndItsKeyIsPrivate() throws Exception {
    String first = LocalAuthority.in(home).pem();
    assertTrue(first.startsWith("-----BEGIN CERTIFICATE-----"));
    assertEquals(first, LocalAuthority.in(home).pem());
    assertEquals(
        "rw-------",
        java.nio.file.attribute.PosixFilePermissions.toString(
            Files.getPosixFilePermissions(home.resolve("ca-key.pem"))));
  }
}
