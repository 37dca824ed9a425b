package dev.ringback.mcp;

import dev.ringback.json.JournalJson;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/** A Ringback as a server of the Model Context Protocol. */
public final class RingbackMcp {
  private static final String INSTRUCTIONS =
      "Ringback is a local Twilio for voice webhooks. To test an app: set_number to its voice URL, place_call with different"
          + " workers and directions, read what the app was asked and answered, explain_call and missing_callbacks for why,"
          + " explore for what else goes wrong; record_call and run_scenario make a test of it.";

  /** Pages that are resources; their texts are in the jar. */
  private static final Map<String, String> DOCS =
      Map.of(
          "SCENARIOS.md", "The format of scenario files",
          "CONFIGURATION.md", "ringback.yaml",
          "EMULATED.md", "What of TwiML is emulated",
          "API.md", "What of Twilio's REST API is emulated",
          "FIDELITY.md", "Where Ringback and Twilio differ",
          "DECISIONS.md", "How open questions are settled");

  private final List<Tool> tools;
  private final Supplier<List<String>> secrets;

  /**
   * @param url of the Ringback that the tools are for
   * @param secrets what must not be in an answer
   */
  public RingbackMcp(String url, Offer offer, Supplier<List<String>> secrets) {
    this.tools = tools(url, offer);
    this.secrets = secrets;
  }

  /** Which tools there are. */
  public enum Offer {
    /** All. */
    ALL,
    /** Those that change nothing. */
    READING,
    /**
     * Those of the control API, for agents on other machines: commands read files of this machine,
     * and send requests from it wherever they are told to.
     */
    WITHOUT_COMMANDS
  }

  static List<Tool> tools(String url, Offer offer) {
    ControlClient client = new ControlClient(url);
    List<Tool> all = new ArrayList<>(CallTools.of(client));
    all.addAll(WorldTools.of(client));
    if (offer == Offer.WITHOUT_COMMANDS) {
      return List.copyOf(all);
    }
    CommandRunner commands =
        ServiceLoader.load(CommandRunner.class)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("the command line is not there"));
    all.addAll(CommandTools.of(commands));
    return all.stream().filter(tool -> tool.reads() || offer == Offer.ALL).toList();
  }

  private static McpJsonMapper json() {
    return new JacksonMcpJsonMapper(JournalJson.mapper());
  }

  /**
   * Serves one agent.
   *
   * @param in closed when the agent has gone
   */
  public McpSyncServer over(InputStream in, OutputStream out) {
    return McpServer.sync(new StdioServerTransportProvider(json(), in, out))
        .serverInfo("ringback", version())
        .instructions(INSTRUCTIONS)
        .capabilities(capabilities())
        .tools(tools.stream().map(this::specification).toList())
        .resources(resources())
        .build();
  }

  /**
   * Serves agents by HTTP.
   *
   * @param path of the servlet, such as {@code /mcp}
   */
  public HttpServlet servlet(String path) {
    HttpServletStreamableServerTransportProvider transport =
        HttpServletStreamableServerTransportProvider.builder()
            .jsonMapper(json())
            .mcpEndpoint(path)
            .build();
    var unused =
        McpServer.sync(transport)
            .serverInfo("ringback", version())
            .instructions(INSTRUCTIONS)
            .capabilities(capabilities())
            .tools(tools.stream().map(this::specification).toList())
            .resources(resources())
            .build();
    return transport;
  }

  private static String version() {
    String version = RingbackMcp.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  private static ServerCapabilities capabilities() {
    return ServerCapabilities.builder().tools(false).resources(false, false).build();
  }

  private SyncToolSpecification specification(Tool tool) {
    return SyncToolSpecification.builder()
        .tool(
            io.modelcontextprotocol.spec.McpSchema.Tool.builder(tool.name(), tool.schema().map())
                .description(tool.description())
                .annotations(
                    ToolAnnotations.builder()
                        .readOnlyHint(tool.reads())
                        .destructiveHint(tool.name().equals("reset"))
                        .build())
                .build())
        .callHandler((exchange, request) -> {
          Map<String, Object> arguments = request.arguments();
          return call(tool, new Arguments(arguments == null ? Map.of() : arguments));
        })
        .build();
  }

  private CallToolResult call(Tool tool, Arguments arguments) {
    try {
      return answer(tool.work().apply(arguments), false);
    } catch (ToolRefused e) {
      return answer(e.sentence(), true);
    } catch (RuntimeException e) {
      return answer(tool.name() + " failed: " + e.getMessage(), true);
    }
  }

  private CallToolResult answer(String text, boolean refused) {
    String shown = text;
    for (String secret : secrets.get()) {
      shown = shown.replace(secret, "…");
    }
    return CallToolResult.builder().addTextContent(shown).isError(refused).build();
  }

  private static List<SyncResourceSpecification> resources() {
    List<SyncResourceSpecification> resources = new ArrayList<>();
    DOCS.forEach((name, title) -> {
      String uri = "ringback://docs/" + name;
      resources.add(
          new SyncResourceSpecification(
              Resource.builder(uri, name).title(title).mimeType("text/markdown").build(),
              (exchange, request) ->
                  ReadResourceResult.builder(
                          List.of(
                              TextResourceContents.builder(uri, text(name))
                                  .mimeType("text/markdown")
                                  .build()))
                      .build()));
    });
    return resources;
  }

  private static String text(String name) {
    try (InputStream in =
        Objects.requireNonNull(
            RingbackMcp.class.getResourceAsStream("/dev/ringback/docs/" + name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
