package dev.ringback.cli;

import dev.ringback.integration.IntegrationCallback;
import dev.ringback.twiml.WireNamed;
import dev.ringback.yaml.BadInput;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code ringback callback}. */
@Command(
    name = "callback",
    mixinStandardHelpOptions = true,
    description = {
      "Asks Frontline's integration service as the Frontline app does, signed, and checks the answer.",
      "A running `ringback serve` makes the request."
    })
final class CallbackCommand implements Callable<Integer> {
  @Parameters(paramLabel = "CALLBACK", description = "crm, outgoing-conversation or templates")
  String callback;

  @Option(
      names = "--location",
      paramLabel = "NAME",
      description =
          "what is asked for, such as GetCustomersList or GetCustomerDetailsByCustomerId, or any"
              + " other word; default: the callback's usual one")
  @Nullable String location;

  @Option(
      names = "--worker",
      paramLabel = "IDENTITY",
      description = "who asks, default ${DEFAULT-VALUE}")
  String worker = "alice@example.com";

  @Option(
      names = {"-p", "--param"},
      paramLabel = "NAME=VALUE",
      description = "another parameter, such as CustomerId=7; may be given again")
  Map<String, String> parameters = new LinkedHashMap<>();

  @Option(names = "--url", paramLabel = "URL", description = "instead of the configured one")
  @Nullable String url;

  @Option(names = "--server", paramLabel = "URL", description = "a running `ringback serve`")
  String server = RemoteServer.DEFAULT_URL;

  @Option(names = "--json", description = "print what came of it as JSON")
  boolean json;

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  CallbackCommand() {}

  @Override
  public Integer call() throws BadInput {
    if (WireNamed.find(IntegrationCallback.class, callback).isEmpty()) {
      throw WorldOptions.wrong(
          "CALLBACK", "is crm, outgoing-conversation or templates, not '" + callback + "'");
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("worker", worker);
    body.put("parameters", parameters);
    if (location != null) {
      body.put("location", location);
    }
    if (url != null) {
      body.put("url", url);
    }
    JsonNode outcome = new RemoteServer(server).callback(callback, body);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(outcome.toString());
    } else {
      out.println("→ POST " + outcome.path("url").asString("(no URL)"));
      outcome
          .path("form")
          .properties()
          .forEach(p -> out.println("    " + p.getKey() + "=" + p.getValue().asString()));
      out.println("← " + outcome.path("status").asInt() + " " + outcome.path("body").asString(""));
      outcome
          .path("problems")
          .forEach(p ->
              out.println("✗ " + p.path("code").asInt() + "  " + p.path("message").asString("")));
    }
    return outcome.path("problems").isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }
}
