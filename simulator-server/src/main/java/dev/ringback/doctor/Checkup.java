package dev.ringback.doctor;

import dev.ringback.config.AccountFile;
import dev.ringback.config.KnownAccount;
import dev.ringback.proxy.LocalAuthority;
import dev.ringback.wire.Listening;
import dev.ringback.yaml.BadInput;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The things that most often keep a local Twilio from working.
 *
 * @param environment variables of the process
 * @param home where the CA and the accounts of running servers are kept
 * @param host where the server is going to listen
 * @param port where it is going to listen
 * @param app the app's URLs
 */
public record Checkup(
    Map<String, String> environment,
    Path home,
    String host,
    int port,
    List<String> app,
    Clock clock) {
  /** Nothing was made before that day; a clock that shows an earlier one is wrong. */
  private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");

  /** From this release on the JVM keeps what it loaded, links it, and uses small headers. */
  private static final int QUICK_JAVA = 25;

  /** All findings, in the order in which one would look. */
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(java(Runtime.version().feature(), System.getProperty("java.vendor", "")));
    findings.add(portFinding());
    findings.addAll(proxies());
    findings.add(authority());
    findings.add(clockFinding());
    findings.add(token());
    if (app.isEmpty()) {
      findings.add(
          Finding.note(
              "app",
              "no URL of it is known",
              "name it with --app, or a number's voiceUrl in ringback.yaml"));
    }
    app.stream().distinct().map(this::app).forEach(findings::add);
    return findings;
  }

  static Finding java(int feature, String vendor) {
    String says = "Java %d, %s".formatted(feature, vendor);
    return feature >= QUICK_JAVA
        ? Finding.ok("java", says)
        : Finding.note(
            "java", says, "it works; with Java 25 or newer a start takes less than half as long");
  }

  private Finding portFinding() {
    Optional<AccountFile.Entry> server = AccountFile.find(home, port);
    if (server.isPresent()) {
      return Finding.ok(
          "port", "Ringback runs at %s:%d, process %d".formatted(host, port, server.get().pid()));
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return Finding.ok("port", "%d at %s is free".formatted(port, host));
    } catch (IOException e) {
      return Finding.wrong(
          "port",
          "%d at %s cannot be used: %s".formatted(port, host, e.getMessage()),
          String.valueOf(e.getMessage()).contains("ermission")
              ? "take a port above 1023, or --port 0, which picks a free one"
              : "end what listens there, or start with --port 0, which picks a free one");
    }
  }

  private List<Finding> proxies() {
    List<Finding> findings = new ArrayList<>();
    for (String name :
        List.of("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY")) {
      String proxy = environment.getOrDefault(name, "");
      if (!proxy.isEmpty() && !isOurs(proxy)) {
        findings.add(
            bypassed()
                ? Finding.ok("proxy", name + " is set, and NO_PROXY leaves this machine out")
                : Finding.note(
                    "proxy",
                    name + " is set: the app's clients may ask a proxy for this machine's Ringback",
                    "set NO_PROXY=localhost,127.0.0.1"));
      }
    }
    if (findings.isEmpty()) {
      findings.add(Finding.ok("proxy", "no variable sends requests elsewhere"));
    }
    return findings;
  }

  private boolean isOurs(String proxy) {
    return proxy.matches("https?://(localhost|127\\.0\\.0\\.1):" + port + "/?");
  }

  private boolean bypassed() {
    String names =
        environment.getOrDefault("NO_PROXY", "") + "," + environment.getOrDefault("no_proxy", "");
    List<String> hosts =
        Arrays.stream(names.toLowerCase(Locale.ROOT).split(",", -1)).map(String::strip).toList();
    return hosts.contains("*") || (hosts.contains("localhost") && hosts.contains("127.0.0.1"));
  }

  private Finding authority() {
    Path file = home.resolve("ca.pem");
    if (!isUsable(home)) {
      return Finding.wrong(
          "ca",
          "%s is no folder that can be written".formatted(home),
          "set RINGBACK_HOME to a folder of yours: the CA and the account of a running server are kept there");
    }
    if (!Files.exists(file)) {
      return Finding.ok("ca", "none yet; it is made in %s when the proxy needs it".formatted(home));
    }
    try (InputStream in = Files.newInputStream(file)) {
      X509Certificate certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      LocalAuthority.in(home); // with its key
      Instant end = certificate.getNotAfter().toInstant();
      return end.isAfter(clock.instant())
          ? Finding.ok("ca", "%s, good until %s".formatted(file, end))
          : Finding.wrong(
              "ca",
              "%s was good until %s".formatted(file, end),
              "delete it: another is made when the proxy needs it, and apps have to trust that one");
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      return Finding.wrong(
          "ca",
          "%s cannot be read: %s".formatted(file, e.getMessage()),
          "delete it: another is made");
    }
  }

  /** Whether it is a folder that can be written, or can be made. */
  private static boolean isUsable(Path folder) {
    for (Path at = folder.toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at)) {
        return Files.isDirectory(at) && Files.isWritable(at);
      }
    }
    return false;
  }

  private Finding clockFinding() {
    Instant now = clock.instant();
    return now.isAfter(MADE)
        ? Finding.ok("clock", "shows " + now.truncatedTo(ChronoUnit.SECONDS))
        : Finding.wrong(
            "clock",
            "shows %s, which is before Ringback was made".formatted(now),
            "set it: certificates and dates depend on it");
  }

  private Finding token() {
    try {
      KnownAccount account = KnownAccount.of(environment);
      String servers = AccountFile.find(home, port).map(AccountFile.Entry::authToken).orElse(null);
      if (account.authToken() != null && servers != null && !servers.equals(account.authToken())) {
        return Finding.wrong(
            "token",
            "TWILIO_AUTH_TOKEN is set, and the server at port %d signs with another one"
                .formatted(port),
            "start the server with the same TWILIO_AUTH_TOKEN, or unset it");
      }
      if (account.authToken() != null) {
        return Finding.ok("token", "TWILIO_AUTH_TOKEN is set; requests are signed with it");
      }
      return AccountFile.find(home).isPresent()
          ? Finding.ok("token", "that of the running server; `ringback serve` has printed it")
          : Finding.note(
              "token",
              "none is known: each start draws one, and an app that checks signatures refuses it",
              "set TWILIO_AUTH_TOKEN for Ringback as for the app, or account.authToken in ringback.yaml");
    } catch (BadInput e) {
      return Finding.wrong("token", e.problems().getFirst().toString(), "correct it, or unset it");
    }
  }

  private Finding app(String url) {
    String why = Listening.whyNot(URI.create(url));
    return why == null
        ? Finding.ok("app", "something listens at " + url)
        : Finding.wrong("app", "nothing answers at %s: %s".formatted(url, why), "start the app");
  }
}
