package dev.ringback.cli;

import dev.ringback.mcp.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** The command line for who is in this process already. */
public final class InProcess implements CommandRunner {
  /** For {@link java.util.ServiceLoader}. */
  public InProcess() {}

  @Override
  public Result run(List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = arguments.toArray(String[]::new);
    CommandLine line = Ringback.commandLine(words);
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    int exit = line.execute(words);
    return new Result(exit, out.toString(), err.toString());
  }
}
