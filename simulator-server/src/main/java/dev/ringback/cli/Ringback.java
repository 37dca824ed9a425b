package dev.ringback.cli;

import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Problem;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
    versionProvider = Version.class,
    subcommands = {
      ServeCommand.class,
      CallCommand.class,
      RunCommand.class,
      ReplayCommand.class,
      RecordCommand.class,
      ForkCommand.class,
      CaptureCommand.class,
      ExploreCommand.class,
      ExplainCommand.class,
      OpenCommand.class,
      SchemaCommand.class,
      CheckCommand.class,
      SignatureCommand.class,
      CallbackCommand.class,
      CaCommand.class,
      CommandLine.HelpCommand.class,
    })
public final class Ringback implements Runnable {
  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  public Ringback() {}

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Name a command: " + String.join(", ", spec.commandLine().getSubcommands().keySet()));
  }

  /** The command line, ready to run. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Ringback());
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
    System.exit(commandLine().execute(arguments));
  }
}
