package dev.ringback.cli;

import dev.ringback.config.ConfigFile;
import dev.ringback.config.WorldDraft;
import dev.ringback.play.CannedAppServer;
import dev.ringback.scenariofile.CannedApp;
import dev.ringback.server.CannotListen;
import dev.ringback.server.RingbackServer;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Yaml;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Does once what people start Ringback for, so that the JVM that watches can keep what it loaded
 * and linked: a cache that makes the next starts quick. The launcher runs it; nothing of it is
 * seen.
 */
public final class Training {
  private static final String TWIML =
      "<Response><Say>Hello</Say><Connect action=\"/action\">"
          + "<Conversation serviceInstanceSid=\"IS0123456789abcdef0123456789abcdef\"/></Connect></Response>";

  private static final String SCENARIO =
      """
      scenario: A call is answered
      given:
        conversations: [{customer: "+15558675310", number: "+15017122661", worker: alice@example.com}]
        app: app.yaml
      when:
        - call: {from: "+15558675310", to: "+15017122661"}
      then:
        - request: voice
        - request: action
          form: {Result: session-success}
        - call: {ends: completed}
      """;

  private static final String APP =
      """
      answers:
        - path: /voice
          twiml: |
            <Response><Connect action="{app}/action"><Conversation serviceInstanceSid="IS0123456789abcdef0123456789abcdef"/></Connect></Response>
        - path: /action
          twiml: <Response><Say>Goodbye</Say></Response>
      """;

  private Training() {}

  /**
   * @param arguments {@code command}: what starts no world; {@code run}: a scenario and a call;
   *     {@code serve}: a server that is asked a little
   */
  public static void main(String... arguments) throws IOException {
    PrintStream out = System.out;
    Path folder = Files.createTempDirectory("ringback-training");
    System.setProperty("ringback.home", folder.toString());
    System.setProperty("ringback.history", folder.resolve("history").toString());
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    try {
      Files.writeString(folder.resolve("app.yaml"), APP);
      Path scenario = Files.writeString(folder.resolve("scenario.yaml"), SCENARIO);
      Path twiml = Files.writeString(folder.resolve("twiml.xml"), TWIML);
      switch (arguments[0]) {
        case "command" -> {
          execute("--version");
          execute("check", twiml.toString());
          execute(
              "signature", "--url", "http://localhost/voice", "--signature", "x", "--token", "y");
        }
        case "run" -> {
          execute("run", scenario.toString());
          call(folder.resolve("app.yaml"));
        }
        case "serve" -> serve();
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    } finally {
      System.setOut(out);
      try (var files = Files.walk(folder)) {
        for (Path file : files.toList().reversed()) {
          Files.deleteIfExists(file);
        }
      }
    }
    Runtime.getRuntime().exit(ExitCode.OK);
  }

  private static void execute(String... arguments) {
    Ringback.commandLine(arguments)
        .setOut(new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .execute(arguments);
  }

  private static void call(Path app) throws IOException {
    try (CannedAppServer line = new CannedAppServer(CannedApp.read(app))) {
      execute(
          "call",
          "--from",
          "+15558675310",
          "--to",
          "+15017122661",
          "--clock",
          "skipping",
          "--voice-url",
          line.url() + "/voice");
    } catch (BadInput e) {
      throw new IOException(e);
    }
  }

  private static void serve() throws IOException {
    OkHttpClient client = new OkHttpClient();
    try {
      ConfigFile app = ConfigFile.read(Yaml.parse("training", "server: {port: 0}"));
      try (RingbackServer server = RingbackServer.start(app, seed -> new WorldDraft())) {
        String account = server.world().settings().account().value();
        String login =
            "Basic "
                + Base64.getEncoder()
                    .encodeToString(
                        (account + ":" + server.world().settings().authToken())
                            .getBytes(StandardCharsets.UTF_8));
        String calls = server.url() + "/2010-04-01/Accounts/" + account + "/Calls.json";
        RequestBody form =
            RequestBody.create(
                "To=%2B15558675310&From=%2B15017122661&Twiml=%3CResponse%3E%3CPause%2F%3E%3C%2FResponse%3E&StatusCallback="
                    + server.url()
                    + "/nothing&StatusCallbackEvent=initiated&StatusCallbackEvent=ringing",
                MediaType.get("application/x-www-form-urlencoded"));
        ask(client, new Request.Builder().url(calls).header("Authorization", login).post(form));
        ask(client, new Request.Builder().url(calls).header("Authorization", login));
        for (String path :
            List.of(
                "/healthz",
                "/",
                "/sim/v1/calls",
                "/sim/v1/account",
                "/sim/v1/clock",
                "/sim/v1/journal")) {
          ask(client, new Request.Builder().url(server.url() + path));
        }
      }
    } catch (BadInput | CannotListen e) {
      throw new IOException(e);
    }
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  private static void ask(OkHttpClient client, Request.Builder request) throws IOException {
    try (Response response = client.newCall(request.build()).execute()) {
      response.body().bytes();
    }
  }
}
