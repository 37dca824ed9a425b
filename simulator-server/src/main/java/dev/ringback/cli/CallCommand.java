package dev.ringback.cli;

import dev.ringback.account.Addresses;
import dev.ringback.cast.Cast;
import dev.ringback.cast.Script;
import dev.ringback.config.CastReader;
import dev.ringback.config.ConfigFile;
import dev.ringback.config.ScriptReader;
import dev.ringback.engine.CallRecord;
import dev.ringback.engine.ClockMode;
import dev.ringback.engine.Placed;
import dev.ringback.engine.Placement;
import dev.ringback.engine.World;
import dev.ringback.id.Sid;
import dev.ringback.json.AccountJson;
import dev.ringback.json.JournalJson;
import dev.ringback.play.RestApi;
import dev.ringback.report.CallWatch;
import dev.ringback.report.Hints;
import dev.ringback.report.Ink;
import dev.ringback.report.Timeline;
import dev.ringback.report.TimelineReader;
import dev.ringback.server.CannotListen;
import dev.ringback.server.RestApiServer;
import dev.ringback.viewer.CallViews;
import dev.ringback.wire.HttpWire;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Durations;
import dev.ringback.yaml.Section;
import dev.ringback.yaml.Yaml;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code ringback call}. */
@Command(
    name = "call",
    mixinStandardHelpOptions = true,
    description = {
      "A customer calls a number; prints the call's timeline while it happens.",
      "The call is placed on the server of --server, on one at the default address, or, with "
          + "--voice-url or -c, without one; then the app's REST calls are answered here.",
      "Exit code: 1 when the app caused an alert of level error, or answered its pre-webhook, "
          + "routing or a callback with 4xx or 5xx; 2 when the call cannot be placed; otherwise 0. "
          + "What tells of the account rather than of the app (32504, 32506) is no error of the "
          + "app's."
    })
final class CallCommand implements Callable<Integer> {
  @Mixin WorldOptions options = new WorldOptions();

  @Option(names = "--from", required = true, paramLabel = "+1…", description = "who calls")
  String from;

  @Option(names = "--to", required = true, paramLabel = "+1…", description = "the number called")
  String to;

  @Option(
      names = "--worker",
      paramLabel = "answers|declines|busy|ignores|unreachable",
      description = {
        "how workers behave; default: as configured, or answers. Numbers that are called behave as"
            + " configured"
      })
  @Nullable String worker;

  @Option(names = "--after", paramLabel = "4s", description = "the worker answers, default 2s")
  @Nullable String after;

  @Option(names = "--talk", paramLabel = "30s", description = "then talks, default 10s")
  @Nullable String talk;

  @Option(
      names = "--do",
      paramLabel = "DIRECTION",
      description = {
        "what a party does, at a time or on hearing something; may be given again, such as",
        "'{at: 3s, act: press, digits: 1}' or",
        "'{party: worker, on: /press 1/, act: press, digits: 1}'"
      })
  List<String> directions = new ArrayList<>();

  @Option(
      names = "--says",
      paramLabel = "WORDS",
      description = "what the caller says after the beep of a Record")
  @Nullable String says;

  @Option(
      names = "--recordings",
      paramLabel = "DIR",
      description = "write the call's recordings there, as WAV files; without --server only")
  @Nullable Path recordings;

  @Option(names = "--server", paramLabel = "URL", description = "a running `ringback serve`")
  @Nullable String server;

  @Option(names = "--json", description = "print the timeline as JSON when the call is over")
  boolean json;

  @Mixin DetailOptions detail = new DetailOptions();

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  CallCommand() {}

  @Override
  public Integer call() throws BadInput, IOException, InterruptedException {
    if (!Addresses.isCaller(from)) {
      throw WorldOptions.wrong(
          "--from", "must be a number in E.164, such as +15558675310, not '" + from + "'");
    }
    if (!Addresses.isE164(to)) {
      throw WorldOptions.wrong(
          "--to", "must be a number in E.164, such as +15017122661, not '" + to + "'");
    }
    if (json && detail.given()) {
      throw WorldOptions.wrong("--json", "prints everything: leave --quiet and --verbose out");
    }
    if (recordings != null && server != null) {
      throw WorldOptions.wrong(
          "--recordings", "is for calls without --server; fetch the RecordingUrl there");
    }
    if (server != null) {
      if (options.given()) {
        throw WorldOptions.wrong(
            "--server", "has a world of its own: leave -c, --voice-url, --map and the clock out");
      }
      return callOn(new RemoteServer(server));
    }
    if (!options.given()) {
      RemoteServer remote = new RemoteServer(RemoteServer.usualUrl());
      if (!WorldOptions.defaultFileExists() || remote.answers()) {
        return callOn(remote);
      }
    }
    return callAlone();
  }

  /** What the options say of the called party; empty: it behaves as it is configured. */
  private Map<String, Cast> casts() throws BadInput {
    boolean said = worker != null || after != null || talk != null;
    return said ? Map.of(Script.ANY_CLIENT, cast()) : Map.of();
  }

  private Cast cast() throws BadInput {
    String cast =
        worker == null ? "answers" : WorldOptions.choice("--worker", worker, CastReader.NAMES);
    if (!cast.equals("answers") && (after != null || talk != null)) {
      throw WorldOptions.wrong("--after and --talk", "go with --worker answers only");
    }
    return cast.equals("answers")
        ? new Cast.Answers(
            duration("--after", after, Duration.ofSeconds(2)),
            duration("--talk", talk, Duration.ofSeconds(10)),
            false)
        : CastReader.named(cast);
  }

  /** The cast with what --do and --says add. */
  private Script directed(Map<String, Cast> called) throws BadInput {
    ScriptReader script = new ScriptReader();
    for (String text : directions) {
      Section direction = Yaml.parse("--do", text);
      script.direction(direction);
      direction.check();
    }
    if (says != null) {
      Section caller =
          Yaml.parseBody(JournalJson.mapper().writeValueAsString(Map.of("says", says)));
      script.caller(caller);
    }
    return script.script(called);
  }

  private static Duration duration(String option, @Nullable String text, Duration otherwise)
      throws BadInput {
    if (text == null) {
      return otherwise;
    }
    return Durations.parse(text)
        .orElseThrow(
            () -> WorldOptions.wrong(option, "must be " + Durations.FORM + ", not '" + text + "'"));
  }

  private int callAlone() throws BadInput, IOException, InterruptedException {
    ConfigFile config = options.read();
    if (!config.world.namesAccount()) {
      config.world.account(WorldOptions.accountOfApp());
    }
    if (config.world.clock.clockMode() instanceof ClockMode.Stepped) {
      throw WorldOptions.wrong(
          "--clock", "a stepped clock has to be advanced from outside; use real or skipping");
    }
    Script script = directed(casts());
    OutputFiles.prepareFolder("--recordings", recordings);
    try (RestApiServer restApi = RestApiServer.listenAnywhere(config.port, config.voices)) {
      if (!config.publicUrlGiven) {
        config.world.publicUrl = restApi.url();
      }
      return callAlone(config, script, restApi);
    } catch (CannotListen e) {
      throw WorldOptions.wrong("call", String.valueOf(e.getMessage()));
    }
  }

  private int callAlone(ConfigFile config, Script script, RestApiServer restApi)
      throws BadInput, IOException, InterruptedException {
    try (HttpWire wire = new HttpWire();
        World world = new World(config.world.settings(), wire, new AccountJson()).start()) {
      RestApi.Serving serving = restApi.serve(world, false);
      try {
        return switch (world.place(new Placement.ByCustomer(from, to, script)).join()) {
          case Placed.Refused refused ->
              throw WorldOptions.wrong(
                  "--" + refused.field(), refused.message() + "; " + refused.hint());
          case Placed.Ringing ringing -> follow(world, ringing.call(), config);
        };
      } finally {
        serving.close();
      }
    }
  }

  private int follow(World world, Sid call, ConfigFile config)
      throws BadInput, IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    CallRecord record =
        Objects.requireNonNull(
            new CallWatch(world, Ink.forTerminal(), detail.detail(), Hints.of(world.settings()))
                .follow(
                    call,
                    lines -> {
                      if (!json) {
                        lines.forEach(out::println);
                      }
                    }));
    if (!record.over()) {
      spec.commandLine()
          .getErr()
          .println("ringback: nothing more happens by itself, so the call is left as it is");
    }
    RecordingFiles.write(record, recordings, config.voices);
    Timeline timeline = TimelineReader.read(record);
    if (json) {
      out.println(JournalJson.mapper().writeValueAsString(CallViews.timeline(timeline)));
    }
    return timeline.failed() ? ExitCode.FAILED : ExitCode.OK;
  }

  private int callOn(RemoteServer remote) throws BadInput {
    if (recordings != null) {
      throw WorldOptions.wrong(
          "--recordings", "is for calls without a server; fetch the RecordingUrl there");
    }
    Map<String, Object> cast = new LinkedHashMap<>();
    Map<String, Cast> called = casts();
    called.forEach((who, how) -> cast.put(who, asJson(how)));
    directed(called); // what is wrong is said here, where the options are
    String sid = remote.placeCall(from, to, cast, says, directions);
    PrintWriter out = spec.commandLine().getOut();
    remote.follow(
        sid,
        detail.detail(),
        Ink.forTerminal(),
        line -> {
          if (!json) {
            out.println(line);
          }
        });
    JsonNode timeline = remote.timeline(sid);
    if (json) {
      out.println(timeline.toString());
    }
    return timeline.path("failed").asBoolean() ? ExitCode.FAILED : ExitCode.OK;
  }

  private static Object asJson(Cast cast) {
    return switch (cast) {
      case Cast.Answers answers ->
          Map.of(
              "answers",
              Map.of(
                  "after", Durations.text(answers.after()),
                  "talks", Durations.text(answers.talks())));
      case Cast.Declines declines -> "declines";
      case Cast.Busy busy -> "busy";
      case Cast.Ignores ignores -> "ignores";
      case Cast.Unreachable unreachable -> "unreachable";
      case Cast.ByHand person -> "by-hand";
    };
  }
}
