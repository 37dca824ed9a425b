package dev.ringback.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ringback completion}. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Prints what lets a shell complete Ringback's commands and options.",
      "bash: source <(ringback completion bash)",
      "zsh:  source <(ringback completion zsh)",
      "fish: ringback completion fish | source"
    })
final class CompletionCommand implements Callable<Integer> {
  enum Shell {
    BASH,
    ZSH,
    FISH
  }

  @Parameters(paramLabel = "bash|zsh|fish", description = "the shell")
  Shell shell;

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  CompletionCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    CommandLine all = spec.parent().commandLine();
    all.getSubcommands().values().forEach(command -> completeWords(command.getCommandSpec()));
    switch (shell) {
      case BASH, ZSH -> out.print(AutoComplete.bash("ringback", all)); // it knows zsh, too
      case FISH -> fish(all, out);
    }
    out.flush();
    return ExitCode.OK;
  }

  /** What takes one of a few words, as its label says, is completed with these. */
  private static void completeWords(CommandSpec command) {
    for (OptionSpec option : List.copyOf(command.options())) {
      List<String> words = words(option.paramLabel());
      if (!words.isEmpty()) {
        command.remove(option);
        command.addOption(OptionSpec.builder(option).completionCandidates(words).build());
      }
    }
    for (PositionalParamSpec parameter : List.copyOf(command.positionalParameters())) {
      List<String> words = words(parameter.paramLabel());
      if (!words.isEmpty()) {
        command.remove(parameter);
        command.addPositional(
            PositionalParamSpec.builder(parameter).completionCandidates(words).build());
      }
    }
  }

  private static List<String> words(String label) {
    return label.matches("[a-z-]+(\\|[a-z-]+)+") ? List.of(label.split("\\|", -1)) : List.of();
  }

  private static void fish(CommandLine all, PrintWriter out) {
    out.println("complete -c ringback -f -n __fish_use_subcommand -l help -l version");
    all.getSubcommands()
        .forEach((name, command) -> {
          out.printf(
              "complete -c ringback -f -n __fish_use_subcommand -a %s -d %s%n",
              name, quoted(command.getCommandSpec().usageMessage().description()));
          for (OptionSpec option : command.getCommandSpec().options()) {
            StringBuilder names = new StringBuilder();
            for (String written : option.names()) {
              names
                  .append(written.startsWith("--") ? " -l " : " -s ")
                  .append(written.replaceFirst("^-+", ""));
            }
            out.printf(
                "complete -c ringback -n '__fish_seen_subcommand_from %s'%s%s -d %s%n",
                name, names, option.arity().max() > 0 ? " -r" : "", quoted(option.description()));
          }
        });
  }

  /** The first sentence, as fish quotes it. */
  private static String quoted(String[] description) {
    String first = description.length == 0 ? "" : description[0];
    return "'" + first.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
