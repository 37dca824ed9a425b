package dev.ringback.cli;

import dev.ringback.report.Detail;
import dev.ringback.yaml.BadInput;
import picocli.CommandLine.Option;

/** How much of a call is printed. */
final class DetailOptions {
  @Option(
      names = {"-q", "--quiet"},
      description = "print only what goes wrong, and how a call ends")
  boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "print every parameter of every request; default: what is new in it")
  boolean verbose;

  boolean given() {
    return quiet || verbose;
  }

  Detail detail() throws BadInput {
    if (quiet && verbose) {
      throw WorldOptions.wrong("--quiet", "and --verbose exclude each other");
    }
    return quiet ? Detail.QUIET : verbose ? Detail.VERBOSE : Detail.USUAL;
  }
}
