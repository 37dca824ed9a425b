package dev.ringback.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.config.ConfigFile;
import dev.ringback.config.WorldDraft;
import dev.ringback.server.RingbackServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests that clients seldom send, as they come over a socket: a world to which they happened
 * lives again all the same.
 */
class OddRequestsTest {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
  private static final String JSON = "Content-Type: application/json\r\n";

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  OddRequestsTest() {}

  private RingbackServer start() throws Exception {
    ConfigFile config =
        ConfigFile.read(
            Files.writeString(
                folder.resolve("ringback.yaml"),
                "account: {authToken: %s}\nserver: {publicUrl: \"http://localhost:4999\"}\n"
                    .formatted(TOKEN)));
    config.port = 0;
    StateStore store = StateStore.open(folder.resolve("state"));
    try {
      return RingbackServer.start(config, seed -> new WorldDraft(), Optional.of(store));
    } catch (StateProblem e) {
      store.close();
      throw e;
    }
  }

  private static String send(RingbackServer server, String line, String headers, String body)
      throws IOException {
    String account = server.world().settings().account().value();
    String login =
        Base64.getEncoder()
            .encodeToString((account + ":" + TOKEN).getBytes(StandardCharsets.UTF_8));
    String request =
        line.replace("{A}", account)
            + " HTTP/1.1\r\nHost: localhost:"
            + server.port()
            + "\r\nAuthorization: Basic "
            + login
            + "\r\nConnection: close\r\n"
            + headers
            + "Content-Length: "
            + body.getBytes(StandardCharsets.UTF_8).length
            + "\r\n\r\n"
            + body;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return answer.substring(0, Math.max(0, answer.indexOf('\r')));
    }
  }

  @Test
  void aWorldLivesAgainWhateverItWasAsked() throws Exception {
    String multipart = "Content-Type: multipart/form-data; boundary=xx\r\n";
    String part =
        "--xx\r\nContent-Disposition: form-data; name=\"Identity\"\r\n\r\nb\u00f6b&co\r\n--xx--\r\n";
    List<String> lines = new ArrayList<>();
    try (RingbackServer server = start()) {
      lines.add(send(server, "POST /conversations/v1/Users", multipart, part));
      lines.add(send(server, "POST /conversations/v1/Users/a%2Fb", FORM, "FriendlyName=z"));
      lines.add(send(server, "POST /conversations/v1/Users/a%5Cb", FORM, "FriendlyName=z"));
      lines.add(send(server, "POST /conversations/v1/Users/a%25b", FORM, "FriendlyName=z"));
      lines.add(send(server, "GET /2010-04-01/Accounts/{A}/Calls/%2e%2e/Calls.json", "", ""));
      lines.add(send(server, "GET /2010-04-01/x/../Accounts/{A}/Calls.json", "", ""));
      lines.add(send(server, "GET /2010-04-01/./Accounts/{A}/Calls.json", "", ""));
      lines.add(
          send(
              server,
              "GET http://localhost:" + server.port() + "/conversations/v1/%2e%2e/Users",
              "",
              ""));
      lines.add(send(server, "POST /sim/v1/workers/a%2Fb", JSON, "{\"available\": false}"));
      lines.add(send(server, "POST /conversations/v1/Users;x=1", FORM, "Identity=semi"));
      lines.add(send(server, "POST //conversations/v1/Users", FORM, "Identity=slash"));
      lines.add(send(server, "POST /conversations/v1/Users?Identity=%zz", FORM, ""));
      lines.add(send(server, "POST /conversations/v1/Users", FORM, "Identity=last"));
    }
    assertTrue(lines.getFirst().contains(" 201 "), lines::toString);
    assertTrue(lines.getLast().contains(" 201 "), lines::toString);
    try (RingbackServer server = start()) {
      List<String> users =
          server
              .world()
              .ask(account ->
                  account
                      .directory()
                      .users()
                      .all(account.directory().services().own().sid())
                      .stream()
                      .map(user -> user.identity())
                      .toList())
              .join();
      assertTrue(users.contains("b\u00f6b&co") && users.contains("last"), users::toString);
      assertEquals(
          " 201 ",
          send(server, "POST /conversations/v1/Users", FORM, "Identity=next").substring(8, 13));
    }
  }
}
