package dev.ringback.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Manual pages of section 1, from what {@code --help} knows; {@code scripts/dist} writes them. */
public final class ManPages {
  /** What begins an instruction of roff at the start of a line. */
  private static final Pattern LEADING = Pattern.compile("^[.']", Pattern.MULTILINE);

  private ManPages() {}

  /**
   * @param arguments the folder
   */
  public static void main(String... arguments) throws IOException {
    write(Path.of(arguments[0]));
  }

  /** Writes {@code ringback.1}, and a page for each command. */
  static void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    CommandLine all = Ringback.commandLine();
    write(folder, "ringback", page("ringback", all));
    for (Map.Entry<String, CommandLine> command : all.getSubcommands().entrySet()) {
      String name = "ringback-" + command.getKey();
      write(folder, name, page(name, command.getValue()));
    }
  }

  private static void write(Path folder, String name, String page) throws IOException {
    Files.writeString(folder.resolve(name + ".1"), page, StandardCharsets.UTF_8);
  }

  private static String page(String name, CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    List<String> description = List.of(spec.usageMessage().description());
    StringBuilder page = new StringBuilder(4_096);
    page.append(".TH \"").append(name.toUpperCase(Locale.ROOT)).append("\" 1\n");
    page.append(".SH NAME\n")
        .append(text(name))
        .append(" \\- ")
        .append(text(description.isEmpty() ? "a local Twilio" : description.getFirst()))
        .append('\n');
    page.append(".SH SYNOPSIS\n.nf\n")
        .append(
            text(
                new CommandLine.Help(spec, CommandLine.Help.defaultColorScheme(Ansi.OFF))
                    .synopsis(0)
                    .stripTrailing()))
        .append("\n.fi\n");
    if (description.size() > 1) {
      page.append(".SH DESCRIPTION\n");
      description.forEach(line -> page.append(text(line)).append("\n.br\n"));
    }
    List<PositionalParamSpec> parameters =
        spec.positionalParameters().stream().filter(p -> !p.hidden()).toList();
    if (!parameters.isEmpty()) {
      page.append(".SH ARGUMENTS\n");
      parameters.forEach(p -> item(page, p.paramLabel(), p.description()));
    }
    page.append(".SH OPTIONS\n");
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        String value = option.arity().max() > 0 ? " " + option.paramLabel() : "";
        item(page, String.join(", ", option.names()) + value, option.description());
      }
    }
    if (!command.getSubcommands().isEmpty()) {
      page.append(".SH COMMANDS\n");
      command
          .getSubcommands()
          .forEach(
              (sub, line) -> item(page, sub, line.getCommandSpec().usageMessage().description()));
    }
    return page.toString();
  }

  private static void item(StringBuilder page, String term, String... description) {
    page.append(".TP\n\\fB").append(text(term)).append("\\fR\n");
    for (String line : description) {
      page.append(text(line)).append('\n');
    }
  }

  /** Nothing in it is an instruction of roff. */
  private static String text(String text) {
    String escaped =
        text.replace("%n", " ").replace("%%", "%").replace("\\", "\\e").replace("-", "\\-");
    return LEADING.matcher(escaped).replaceAll("\\\\&$0");
  }
}
