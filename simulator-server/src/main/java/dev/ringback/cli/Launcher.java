package dev.ringback.cli;

/** What has started this process. */
final class Launcher {
  private Launcher() {}

  /** How people call Ringback here, such as {@code ./ringback} in a checkout. */
  static String command() {
    return System.getProperty("ringback.command", "ringback");
  }
}
