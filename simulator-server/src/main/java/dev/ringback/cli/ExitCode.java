package dev.ringback.cli;

/** What a command tells the shell. */
final class ExitCode {
  static final int OK = 0;

  /** The app or a scenario failed. */
  static final int FAILED = 1;

  /** A file, an option or an address is wrong. */
  static final int BAD_INPUT = 2;

  private ExitCode() {}
}
