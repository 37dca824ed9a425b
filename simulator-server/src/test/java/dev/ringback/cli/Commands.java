package dev.ringback.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** Runs the command line as a person does, without a process of its own. */
public final class Commands {
  private Commands() {}

  /** What came of a command. */
  public record Run(int exit, String out, String err) {
    /** What a person saw, words and results. */
    public String said() {
      return out + err;
    }

    /** The lines of the result that have {@code part} in them. */
    public List<String> lines(String part) {
      return out.lines().filter(line -> line.contains(part)).toList();
    }
  }

  /** Runs {@code ringback} with these arguments. */
  public static Run run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Ringback.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    int exit = line.execute(arguments);
    if ((out.toString() + err).contains("\tat ")) {
      throw new AssertionError("a stack trace: " + out + err);
    }
    return new Run(exit, out.toString(), err.toString());
  }
}
