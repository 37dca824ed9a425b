package dev.ringback.cli;

import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Problem;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code ringback}. */
@Command(
    name = "ringback",
    description = "A local Twilio for <Connect><Conversation> voice calls.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
public final class Ringback implements Runnable {
  /** What each command is made by, so that a start makes none but the one that was asked for. */
  private static final Map<String, Supplier<Object>> COMMANDS = commands();

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  public Ringback() {}

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Name a command: " + String.join(", ", spec.commandLine().getSubcommands().keySet()));
  }

  /** Commands that tell of the others. */
  private static final Set<String> OF_ALL = Set.of("help", "completion");

  private static Map<String, Supplier<Object>> commands() {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("serve", ServeCommand::new);
    commands.put("call", CallCommand::new);
    commands.put("run", RunCommand::new);
    commands.put("replay", ReplayCommand::new);
    commands.put("record", RecordCommand::new);
    commands.put("fork", ForkCommand::new);
    commands.put("capture", CaptureCommand::new);
    commands.put("explore", ExploreCommand::new);
    commands.put("explain", ExplainCommand::new);
    commands.put("load", LoadCommand::new);
    commands.put("state", StateCommand::new);
    commands.put("cluster", ClusterCommand::new);
    commands.put("open", OpenCommand::new);
    commands.put("schema", SchemaCommand::new);
    commands.put("check", CheckCommand::new);
    commands.put("signature", SignatureCommand::new);
    commands.put("facts", FactsCommand::new);
    commands.put("mcp", McpCommand::new);
    commands.put("callback", CallbackCommand::new);
    commands.put("ca", CaCommand::new);
    commands.put("doctor", DoctorCommand::new);
    commands.put("init", InitCommand::new);
    commands.put("completion", CompletionCommand::new);
    commands.put("help", CommandLine.HelpCommand::new);
    return commands;
  }

  /** The command line with all commands, ready to run. */
  public static CommandLine commandLine() {
    return commandLine(COMMANDS.keySet());
  }

  /** The command line for these arguments: with the command that they name, or with all. */
  static CommandLine commandLine(String... arguments) {
    boolean one =
        arguments.length > 0
            && COMMANDS.containsKey(arguments[0])
            && !OF_ALL.contains(arguments[0]);
    boolean none = arguments.length == 1 && List.of("--version", "-V").contains(arguments[0]);
    return commandLine(one ? Set.of(arguments[0]) : none ? Set.<String>of() : COMMANDS.keySet());
  }

  private static CommandLine commandLine(Set<String> names) {
    CommandLine line = new CommandLine(new Ringback());
    COMMANDS.forEach((name, command) -> {
      if (names.contains(name)) {
        line.addSubcommand(name, command.get());
      }
    });
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(Integer.class, text -> Integer.valueOf(wholeNumber(text, 9)));
    line.registerConverter(int.class, text -> Integer.valueOf(wholeNumber(text, 9)));
    line.registerConverter(Long.class, text -> Long.valueOf(wholeNumber(text, 18)));
    line.setExecutionExceptionHandler((e, command, parsed) -> {
      if (e instanceof BadInput bad) {
        for (Problem problem : bad.problems()) {
          command.getErr().println("ringback: " + problem);
        }
        return ExitCode.BAD_INPUT;
      }
      command.getErr().println("ringback: " + e.getMessage());
      return ExitCode.FAILED;
    });
    line.setParameterExceptionHandler((e, arguments) -> {
      CommandLine command = e.getCommandLine();
      String message = String.valueOf(e.getMessage()).replace("option option", "option");
      command.getErr().println("ringback: " + message);
      CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr());
      command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
      return ExitCode.BAD_INPUT;
    });
    return line;
  }

  private static String wholeNumber(String text, int digits) {
    if (!text.matches("-?\\d{1," + digits + "}")) {
      throw new TypeConversionException("must be a whole number, not '" + text + "'");
    }
    return text;
  }

  public static void main(String... arguments) {
    System.exit(commandLine(arguments).execute(arguments));
  }
}
