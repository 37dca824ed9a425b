package dev.ringback.mcp;

import dev.ringback.mcp.CommandRunner.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Tools that are commands of the command line, too. */
final class CommandTools {
  private static final String APP = "the app's address, such as http://localhost:3000";

  private final CommandRunner commands;

  private CommandTools(CommandRunner commands) {
    this.commands = commands;
  }

  static List<Tool> of(CommandRunner commands) {
    CommandTools tools = new CommandTools(commands);
    return List.of(
        new Tool(
            "check_twiml",
            "Reads TwiML as Twilio would: for each finding Twilio's error code, line:column and a sentence. Give the"
                + " document itself, or the URL that answers with it.",
            Schema.of()
                .text("twiml", "the document, beginning with <Response>")
                .text("url", "an http(s) URL, which is asked by GET, unsigned"),
            true,
            tools::check),
        new Tool(
            "run_scenario",
            "Plays a scenario (YAML) against the app in virtual time and tells whether its expectations hold; each failure"
                + " with the nearest request that came. The resource ringback://docs/SCENARIOS.md has the format; record_call"
                + " makes one of a call.",
            Schema.of()
                .needed("scenario", "the text of a scenario file")
                .needed("app", APP)
                .number(
                    "seed", 0, 1_000_000_000, "of all identifiers; default: the scenario's own"),
            false,
            tools::run),
        new Tool(
            "explore",
            "Finds endings and faults that the app answers badly, from nothing but its own TwiML: invalid TwiML, error"
                + " answers, loops, callers who are cut off, callbacks refused, signatures not checked. Each finding comes"
                + " with a scenario that fails because of it.",
            Schema.of()
                .needed("app", APP)
                .number("seconds", 1, 120, "how long to look; default: 20")
                .number("depth", 0, 20, "most choices in a call; default: 4"),
            false,
            tools::explore),
        new Tool(
            "doctor",
            "Looks at what most often keeps Ringback from working here: Java, port, proxy variables, local CA, clock, token,"
                + " and whether the app listens.",
            Schema.of().text("app", APP),
            true,
            arguments -> {
              List<String> command = new ArrayList<>(List.of("doctor"));
              arguments.text("app").ifPresent(app -> command.addAll(List.of("--app", app)));
              return said(commands.run(command));
            }),
        new Tool(
            "facts",
            "What is known about the real Twilio, and whether Ringback does the same: identifier, line, status, reason.",
            Schema.of().needed("grep", "a regular expression, such as signature or DialCallStatus"),
            true,
            arguments ->
                Bounded.of(
                    said(commands.run(List.of("facts", "--grep", arguments.needed("grep")))), 1)));
  }

  private String check(Arguments arguments) {
    if (arguments.text("twiml").isPresent() == arguments.text("url").isPresent()) {
      throw new ToolRefused("give twiml or url, one of them");
    }
    String said =
        arguments.text("url").isPresent()
            ? said(commands.run(List.of("check", arguments.needed("url"))))
            : withFile(
                "document.xml",
                arguments.needed("twiml"),
                file ->
                    said(commands.run(List.of("check", file.toString())))
                        .replace(file.toString() + ":", "line "));
    return Bounded.of(said, 1);
  }

  private String run(Arguments arguments) {
    return withFile(
        "scenario.yaml",
        arguments.needed("scenario"),
        file -> {
          List<String> command =
              new ArrayList<>(
                  List.of("run", file.toString(), "--app", arguments.needed("app"), "--port", "0"));
          arguments
              .number("seed")
              .ifPresent(seed -> command.addAll(List.of("--seed", seed.toString())));
          Result result = commands.run(command);
          return Bounded.of(
              said(result).replace(file.toString(), "scenario")
                  + (result.exit() == 0
                      ? "It holds."
                      : "It does not hold. Next: mend the app and run it again, or place_call and read_timeline."),
              1);
        });
  }

  private String explore(Arguments arguments) {
    return inFolder(folder -> {
      Result result =
          commands.run(
              List.of(
                  "explore",
                  "--app",
                  arguments.needed("app"),
                  "--budget",
                  arguments.number("seconds").orElse(20) + "s",
                  "--depth",
                  String.valueOf(arguments.number("depth").orElse(4)),
                  "-o",
                  folder.toString()));
      StringBuilder text = new StringBuilder(said(result).replace(folder + "/", ""));
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file :
            files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList()) {
          text.append("\n--- ").append(folder.relativize(file)).append('\n');
          text.append(Files.readString(file));
        }
      }
      return Bounded.of(
          text + "\nNext: mend what was found; run_scenario plays a finding again.", 1);
    });
  }

  private static String said(Result result) {
    String text = result.out() + result.err();
    if (result.exit() == 2) {
      throw new ToolRefused(text.strip());
    }
    return text;
  }

  private interface InFolder {
    String work(Path folder) throws IOException;
  }

  private static String withFile(String name, String text, InFolder work) {
    return inFolder(folder -> work.work(Files.writeString(folder.resolve(name), text)));
  }

  private static String inFolder(InFolder work) {
    try {
      Path folder = Files.createTempDirectory("ringback-mcp");
      try {
        return work.work(folder);
      } finally {
        try (Stream<Path> all = Files.walk(folder)) {
          for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
