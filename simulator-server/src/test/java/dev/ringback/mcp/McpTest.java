package dev.ringback.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.config.ConfigFile;
import dev.ringback.json.JournalJson;
import dev.ringback.server.RingbackServer;
import dev.ringback.server.WebApp;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent sees, by the client of the official SDK, over HTTP and over standard input. */
class McpTest {
  private static final String NUMBER = "+15017122661";

  private final WebApp app = new WebApp();
  private final RingbackServer server;
  private @Nullable McpSyncClient connected;

  @TempDir Path home;

  McpTest() throws Exception {
    ConfigFile config = new ConfigFile();
    config.port = 0;
    config.world.clock = config.world.clock.withMode("skipping");
    server = RingbackServer.start(config, seed -> config.world);
  }

  @BeforeEach
  void connect() {
    connected = client(HttpClientStreamableHttpTransport.builder(server.url()).build());
  }

  @AfterEach
  void stop() {
    if (connected != null) {
      connected.close();
    }
    server.close();
    app.close();
  }

  private static McpSyncClient client(McpClientTransport transport) {
    McpSyncClient client =
        McpClient.sync(transport)
            .requestTimeout(Duration.ofSeconds(90))
            .initializationTimeout(Duration.ofSeconds(90))
            .build();
    client.initialize();
    return client;
  }

  private McpSyncClient client() {
    return Objects.requireNonNull(connected);
  }

  private static CallToolRequest request(String tool, Map<String, Object> arguments) {
    return CallToolRequest.builder(tool).arguments(arguments).build();
  }

  private static String text(CallToolResult result) {
    return ((TextContent) result.content().getFirst()).text();
  }

  /** What a tool answers; it must not refuse. */
  private String call(String tool, Map<String, Object> arguments) {
    CallToolResult result = client().callTool(request(tool, arguments));
    assertFalse(Boolean.TRUE.equals(result.isError()), () -> tool + ": " + text(result));
    String text = text(result);
    assertFalse(text.contains(server.world().settings().authToken()), "a secret");
    assertTrue(text.length() < 9_000, () -> tool + " says too much: " + text.length());
    return text;
  }

  private String refused(String tool, Map<String, Object> arguments) {
    CallToolResult result = client().callTool(request(tool, arguments));
    assertTrue(Boolean.TRUE.equals(result.isError()), () -> tool + ": " + text(result));
    String text = text(result);
    assertFalse(text.contains("\tat ") || text.contains("Exception"), text);
    return text;
  }

  private void pointAtApp() {
    call("set_number", Map.of("number", NUMBER, "voice_url", app.url() + "/voice"));
  }

  private static String sid(String text) {
    Matcher sid = Pattern.compile("CA[0-9a-f]{32}").matcher(text);
    assertTrue(sid.find(), text);
    return sid.group();
  }

  @Test
  void everyToolSaysAllThatIsNeeded() {
    List<Tool> tools = client().listTools().tools();
    Set<String> names = new TreeSet<>();
    for (Tool tool : tools) {
      names.add(tool.name());
      assertTrue(tool.description().length() > 40, tool::toString);
      Map<?, ?> properties =
          Objects.requireNonNull((Map<?, ?>) tool.inputSchema().get("properties"));
      properties.forEach((name, property) ->
          assertNotNull(((Map<?, ?>) property).get("description"), () -> tool.name() + " " + name));
      assertEquals(false, tool.inputSchema().get("additionalProperties"));
    }
    assertTrue(
        names.containsAll(
            Set.of(
                "place_call",
                "act",
                "wait_for_request",
                "read_timeline",
                "explain_call",
                "check_twiml",
                "advance_time",
                "order_fault",
                "missing_callbacks",
                "run_scenario",
                "explore",
                "record_call",
                "doctor")),
        names::toString);
    assertTrue(client().getServerInstructions().contains("place_call"));
  }

  @Test
  void theDocsAreResources() {
    assertTrue(client().listResources().resources().size() >= 4);
    TextResourceContents page =
        (TextResourceContents)
            client()
                .readResource(ReadResourceRequest.builder("ringback://docs/SCENARIOS.md").build())
                .contents()
                .getFirst();
    assertTrue(page.text().contains("scenario:"), page::text);
  }

  /** The action answers with an error: the timeline and the Debugger say where. */
  @Test
  void theFirstBrokenAppsBugIsFound() {
    app.at(
            "/voice",
            "<Response><Gather numDigits='1' action='/menu'><Say>Press 1</Say></Gather></Response>")
        .at(
            "/menu",
            request ->
                new MockResponse.Builder().code(500).body("TypeError: cannot read digits").build());
    pointAtApp();
    String told =
        call(
            "place_call",
            Map.of(
                "directions", List.of(Map.of("on", "/Press 1/", "act", "press", "digits", "1"))));
    assertTrue(told.contains("/menu") && told.contains("500"), told);
    String debugger = call("read_debugger", Map.of());
    assertTrue(debugger.contains("ERROR 11200") && debugger.contains("/menu"), debugger);
    String why = call("explain_call", Map.of("call", sid(told)));
    assertTrue(why.contains("11200"), why);
  }

  /** A verb is misspelled: the check names it, its line, and what was meant. */
  @Test
  void theSecondBrokenAppsBugIsFound() {
    String document = "<Response>\n  <Say>Hello</Say>\n  <Recrod maxLength='5'/>\n</Response>";
    app.at("/voice", document);
    pointAtApp();
    String told = call("place_call", Map.of());
    assertTrue(told.contains("Recrod"), told);
    String checked = call("check_twiml", Map.of("twiml", document));
    assertTrue(checked.contains("line 3:3: ") && checked.contains("Record"), checked);
    assertTrue(call("check_twiml", Map.of("url", app.url() + "/voice")).contains("Recrod"));
  }

  /**
   * The worker's refusal is answered as if they had talked: exploring finds it, and a scenario
   * holds it.
   */
  @Test
  void theThirdBrokenAppsBugIsFound() {
    app.at(
            "/voice",
            "<Response><Dial action='/done' timeout='10'><Client>alice</Client></Dial></Response>")
        .at("/done", "<Response><Hangup/></Response>");
    pointAtApp();
    String busy = call("place_call", Map.of("worker", "busy"));
    assertTrue(busy.contains("DialCallStatus=busy"), busy);
    String found = call("explore", Map.of("app", app.url(), "seconds", 5, "depth", 1));
    assertTrue(found.contains("scenario:"), found);
    String scenario = call("record_call", Map.of("call", sid(busy)));
    String held = call("run_scenario", Map.of("scenario", scenario, "app", app.url()));
    assertTrue(held.endsWith("It holds.\n"), held);
    app.at("/done", "<Response><Say>Nobody is here, call again</Say></Response>");
    String fails = call("run_scenario", Map.of("scenario", scenario, "app", app.url()));
    assertTrue(fails.contains("It does not hold.") && fails.contains("verbs"), fails);
  }

  @Test
  void whatTheAppDidNotGetIsSaid() {
    app.at(
        "/voice",
        "<Response><Connect action='/after'><Conversation serviceInstanceSid='IS%s' statusCallback='/s' statusCallbackEvent='call-initiated call-answered'/></Connect></Response>"
            .formatted("0".repeat(32)));
    app.at("/after", "<Response><Hangup/></Response>");
    pointAtApp();
    call("order_fault", Map.of("fault", "slow", "by", "1s", "request", "action", "times", 1));
    String told = call("place_call", Map.of("worker", "ignores"));
    String missing = call("missing_callbacks", Map.of("call", sid(told)));
    assertTrue(missing.startsWith("- session-status with Status=call-answered: "), missing);
    call("remove_faults", Map.of());
    assertTrue(call("list_calls", Map.of()).contains(sid(told)));
    assertTrue(
        call(
                "wait_for_request",
                Map.of("request", "voice", "form", Map.of("CallStatus", "ringing")))
            .contains("\"CallSid\""));
    String late = refused("wait_for_request", Map.of("request", "gather", "within", "100ms"));
    assertTrue(late.contains("gather"), late);
    assertTrue(refused("advance_time", Map.of("by", "30s")).contains("stepped"));
    assertTrue(refused("place_call", Map.of("hold", true)).contains("stepped"));
    String account = call("show_account", Map.of());
    assertTrue(account.contains(NUMBER) && account.contains("skipping"), account);
    assertTrue(call("facts", Map.of("grep", "DialCallStatus")).contains("dial.dial-call-status"));
    assertTrue(call("doctor", Map.of("app", app.url())).contains("java"));
    call("reset", Map.of());
    assertTrue(call("list_calls", Map.of()).contains("There is no call yet"));
  }

  @Test
  void badInputIsSaidInASentence() {
    Map<String, Map<String, Object>> bad = new TreeMap<>();
    bad.put("place_call", Map.of("from", "nobody"));
    bad.put("act", Map.of("call", "CA0", "party", "customer", "act", "hangup"));
    bad.put("list_calls", Map.of("limit", 0));
    bad.put("read_timeline", Map.of("call", "CA" + "0".repeat(32)));
    bad.put("explain_call", Map.of());
    bad.put("missing_callbacks", Map.of("call", "../worlds"));
    bad.put("record_call", Map.of("call", "x"));
    bad.put("wait_for_request", Map.of("request", "vioce"));
    bad.put("show_account", Map.of("what", "all"));
    bad.put("set_number", Map.of("number", "12", "voice_url", "ftp://x"));
    bad.put("advance_time", Map.of("by", "soon"));
    bad.put("order_fault", Map.of("fault", "fire"));
    bad.put("remove_faults", Map.of("all", true));
    bad.put("read_debugger", Map.of("limit", "many"));
    bad.put("reset", Map.of("really", "yes"));
    bad.put("check_twiml", Map.of());
    bad.put("run_scenario", Map.of("scenario", "scenario: [", "app", app.url()));
    bad.put("explore", Map.of("app", "nowhere"));
    bad.put("doctor", Map.of("app", "nowhere"));
    bad.put("facts", Map.of("grep", "("));
    Set<String> tools = new TreeSet<>();
    client().listTools().tools().forEach(tool -> tools.add(tool.name()));
    assertEquals(tools, bad.keySet());
    bad.forEach((tool, arguments) -> assertFalse(refused(tool, arguments).isBlank(), tool));
  }

  /** On this machine they read files and ask hosts as people do; others have the control API. */
  @Test
  void agentsOfOtherMachinesRunNoCommands() {
    Set<String> names = new TreeSet<>();
    RingbackMcp.tools(server.url(), RingbackMcp.Offer.WITHOUT_COMMANDS)
        .forEach(tool -> names.add(tool.name()));
    assertTrue(names.contains("place_call") && names.contains("read_timeline"), names::toString);
    for (String command : List.of("check_twiml", "run_scenario", "explore", "doctor", "facts")) {
      assertFalse(names.contains(command), command);
    }
  }

  @Test
  void aPageOfElsewhereReachesNothing() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/mcp"))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .header("Origin", "http://evil.test")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    JournalJson.mapper()
                        .writeValueAsString(
                            Map.of("jsonrpc", "2.0", "id", 1, "method", "tools/list"))))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertEquals(403, http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode());
    }
  }

  private ServerParameters command(String... options) {
    ServerParameters.Builder command =
        ServerParameters.builder(Path.of(System.getProperty("java.home"), "bin", "java").toString())
            .arg("-Dringback.home=" + home)
            .arg("-cp")
            .arg(System.getProperty("java.class.path"))
            .arg("dev.ringback.cli.Ringback")
            .arg("mcp");
    for (String option : options) {
      command.arg(option);
    }
    return command.build();
  }

  private static McpClientTransport over(ServerParameters command) {
    return new StdioClientTransport(command, new JacksonMcpJsonMapper(JournalJson.mapper()));
  }

  @Test
  void overStandardInputThereIsAWorldOfItsOwn() {
    app.at("/voice", "<Response><Say>Hello</Say></Response>");
    try (McpSyncClient own = client(over(command("--voice-url", app.url() + "/voice")))) {
      String told = text(own.callTool(request("place_call", Map.of("to", "+15005550006"))));
      assertTrue(told.contains("voice") && told.contains("completed"), told);
      assertEquals(1, app.to("/voice").size());
      String held = text(own.callTool(request("place_call", Map.of("hold", true))));
      Map<String, Object> bye = Map.of("call", sid(held), "party", "customer", "act", "hangup");
      assertFalse(Boolean.TRUE.equals(own.callTool(request("act", bye)).isError()));
      String later = text(own.callTool(request("advance_time", Map.of("by", "5s"))));
      assertTrue(later.startsWith("It is "), later);
      String timeline = text(own.callTool(request("read_timeline", Map.of("call", sid(held)))));
      assertTrue(timeline.contains("hangs up") || timeline.contains("hung up"), timeline);
    }
  }

  @Test
  void readOnlyToolsChangeNothing() {
    try (McpSyncClient reader = client(over(command("--server", server.url(), "--read-only")))) {
      Set<String> names = new TreeSet<>();
      reader
          .listTools()
          .tools()
          .forEach(tool -> {
            names.add(tool.name());
            assertTrue(tool.annotations().readOnlyHint(), tool::name);
          });
      assertTrue(names.contains("read_timeline") && !names.contains("place_call"), names::toString);
      assertThrows(
          RuntimeException.class,
          () -> {
            CallToolResult result = reader.callTool(request("reset", Map.of()));
            assertTrue(Boolean.TRUE.equals(result.isError()));
            throw new IllegalStateException("refused");
          });
    }
  }

  /** As a pipe does it: all is asked at once, and the input ends. */
  @Test
  void whatWasAskedIsAnsweredBeforeItEnds() throws Exception {
    List<String> command = new ArrayList<>(List.of(command().getCommand()));
    command.addAll(command("--server", server.url()).getArgs());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(
          """
          {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"pipe","version":"1"}}}
          {"jsonrpc":"2.0","method":"notifications/initialized"}
          {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"list_calls","arguments":{}}}
          """
              .getBytes(StandardCharsets.UTF_8));
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    assertEquals(2, out.lines().count(), out);
    assertTrue(out.contains("There is no call yet"), out);
  }
}
