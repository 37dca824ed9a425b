package dev.ringback.mcp;

import java.util.List;

/** Runs commands of the command line within this process; a service, which the command line is. */
public interface CommandRunner {
  /**
   * What a command has said, and how it ended.
   *
   * @param exit 0: well; 1: it has found something wrong; 2: it was not understood
   */
  record Result(int exit, String out, String err) {}

  /** Runs {@code ringback} with these arguments. */
  Result run(List<String> arguments);
}
