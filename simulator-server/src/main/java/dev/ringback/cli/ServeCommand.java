package dev.ringback.cli;

import dev.ringback.config.ConfigFile;
import dev.ringback.config.NumbersSection;
import dev.ringback.config.WorldDraft;
import dev.ringback.engine.Egress;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldSettings;
import dev.ringback.json.JournalJson;
import dev.ringback.report.CallWatch;
import dev.ringback.report.Detail;
import dev.ringback.report.Hints;
import dev.ringback.report.Ink;
import dev.ringback.report.JsonLog;
import dev.ringback.server.CannotListen;
import dev.ringback.server.RingbackServer;
import dev.ringback.state.StateProblem;
import dev.ringback.state.StateStore;
import dev.ringback.yaml.BadInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ringback serve}. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "The fake Twilio: place calls on it with `ringback call` or over /sim/v1.")
final class ServeCommand implements Callable<Integer> {
  @Mixin WorldOptions options = new WorldOptions();

  @Mixin ListenOptions listening = new ListenOptions();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "to listen on, default 4010; 0 picks one")
  @Nullable Integer port;

  @Option(names = "--json", description = "print the address and the account as JSON")
  boolean json;

  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      description =
          "of what is printed: lines for people, or JSON, an object a line; default: text")
  String logFormat = "text";

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description =
          "keep everything in that folder, and go on from there at the next start; default: each"
              + " start begins anew")
  @Nullable Path state;

  @Option(
      names = "--import",
      paramLabel = "FILE",
      description =
          "with --state and an empty folder: begin with what `ringback state export` has written")
  @Nullable Path imported;

  @Mixin DetailOptions detail = new DetailOptions();

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  ServeCommand() {}

  @Override
  public Integer call() throws BadInput, InterruptedException {
    ConfigFile config = options.read();
    listening.read(config);
    if (port != null) {
      config.port = ListenOptions.port("--port", port, 0);
    }
    WorldOptions.choice("--log-format", logFormat, List.of("text", "json"));
    if (json && logFormat.equals("json")) {
      throw WorldOptions.wrong("--json", "and --log-format json exclude each other");
    }
    listening.check(config, spec.commandLine().getErr());
    Detail detail = this.detail.detail();
    RingbackServer server = start(config);
    CountDownLatch stopped = ListenOptions.stopped(server);
    PrintWriter out = spec.commandLine().getOut();
    // Whoever reads "ready" may place a call at once: what it does is in the log.
    JsonLog log = logFormat.equals("json") ? new JsonLog(server.world()) : null;
    announce(config, server, out);
    printCalls(server.world(), detail, log, out);
    stopped.await();
    return ExitCode.OK;
  }

  private RingbackServer start(ConfigFile config) throws BadInput {
    if (imported != null && state == null) {
      throw WorldOptions.wrong(
          "--import", "goes with --state, the folder that it is to be kept in");
    }
    if (state != null && state.toString().isEmpty()) {
      throw WorldOptions.wrong("--state", "must name a folder");
    }
    StateStore store = null;
    try {
      if (imported != null && state != null) {
        StateCommand.read(state, imported);
      }
      store = state == null ? null : StateStore.open(state);
      return RingbackServer.start(
          config, seed -> another(config, seed), Optional.ofNullable(store));
    } catch (CannotListen | StateProblem e) {
      if (store != null) {
        store.close();
      }
      throw WorldOptions.wrong(
          e instanceof StateProblem ? "--state" : "serve", String.valueOf(e.getMessage()));
    }
  }

  static WorldDraft another(ConfigFile config, long seed) {
    WorldDraft draft = new WorldDraft();
    draft.seed = seed;
    draft.clock =
        draft.clock.withMode(config.world.clock.mode()).withSpeed(config.world.clock.speed());
    draft.publicUrl = config.world.publicUrl;
    draft.numbers = new NumbersSection(List.of(), config.world.numbers.defaultVoice());
    draft.routes = config.world.routes;
    draft.maxLiveCalls = config.world.maxLiveCalls;
    draft.egress = Egress.ofAnother(config.world.settings());
    return draft;
  }

  /** What programs are told of a server that is ready. */
  static Map<String, Object> view(String url, WorldSettings settings) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("url", url);
    view.put("accountSid", settings.account().value());
    view.put("authToken", settings.authToken());
    view.put("testAccountSid", settings.testAccount().value());
    view.put("testAuthToken", settings.testToken());
    view.put("numbers", settings.telephony().numbers().stream().map(n -> n.number()).toList());
    view.put(
        "workers",
        settings.frontline().people().workers().stream().map(w -> w.identity()).toList());
    return view;
  }

  private void announce(ConfigFile config, RingbackServer server, PrintWriter out) {
    WorldSettings settings = server.world().settings();
    if (logFormat.equals("json")) {
      out.println(JsonLog.ready(server.url(), settings));
      return;
    }
    if (json) {
      out.println(JournalJson.mapper().writeValueAsString(view(server.url(), settings)));
      return;
    }
    out.println("Ringback is ready at " + server.url());
    out.println("  account     " + settings.account());
    out.println("  auth token  " + settings.authToken());
    out.println("  test creds  " + settings.testAccount() + " " + settings.testToken());
    settings
        .telephony()
        .numbers()
        .forEach(n ->
            out.println(
                "  number      "
                    + n.number()
                    + (n.urls() == null ? "  (no voice URL)" : " → " + n.urls().voice().url())));
    if (settings.telephony().defaultVoice() != null) {
      out.println("  any number  → " + settings.telephony().defaultVoice().url());
    }
    settings
        .frontline()
        .people()
        .workers()
        .forEach(w -> out.println("  worker      " + w.identity()));
    out.println(
        "  clock       "
            + config.world.clock.mode()
            + (config.world.clock.speed() == 1 ? "" : ", speed " + config.world.clock.speed()));
    if (settings.telephony().numbers().isEmpty() && settings.telephony().defaultVoice() == null) {
      out.println("No number has a voice URL yet; start with --voice-url or a ringback.yaml.");
    } else {
      out.println("Place a call:  " + invitation(config, server));
    }
  }

  /** A command that works as it is printed: this server, a number of it, a customer it knows. */
  private static String invitation(ConfigFile config, RingbackServer server) {
    WorldSettings settings = server.world().settings();
    String number =
        settings.telephony().numbers().stream()
            .filter(n -> n.urls() != null)
            .map(WorldSettings.PhoneNumber::number)
            .findFirst()
            .orElse("+15017122661");
    String customer =
        settings.frontline().people().conversations().stream()
            .filter(known -> !known.closed() && known.number().equals(number))
            .map(WorldSettings.KnownConversation::customer)
            .findFirst()
            .or(() -> settings.telephony().customers().keySet().stream().findFirst())
            .orElse("+15558675310");
    String address = server.url();
    boolean usual =
        address.endsWith(":" + ConfigFile.DEFAULT_PORT) && config.host.startsWith("127.");
    return "%s call --from %s --to %s%s"
        .formatted(Launcher.command(), customer, number, usual ? "" : " --server " + address);
  }

  /** Every call, line by line while it happens. */
  private void printCalls(World world, Detail detail, @Nullable JsonLog log, PrintWriter out) {
    if (json) {
      return;
    }
    if (log != null) {
      Thread.ofPlatform()
          .daemon()
          .name("calls-logger")
          .start(() -> {
            try {
              log.writeTo(out::println);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      return;
    }
    // Not on the world's own thread: a terminal that is stopped must not stop the world.
    Thread printer =
        new Thread(
            () -> {
              try {
                new CallWatch(world, Ink.forTerminal(), detail, Hints.of(world.settings()))
                    .followAll(lines -> lines.forEach(out::println));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } catch (IOException e) {
                throw new IllegalStateException("a terminal raises no such exception", e);
              }
            },
            "calls-printer");
    printer.setDaemon(true);
    printer.start();
  }
}
