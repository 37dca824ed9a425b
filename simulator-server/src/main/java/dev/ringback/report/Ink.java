package dev.ringback.report;

/** Colours, or none: only a terminal gets them. */
public enum Ink {
  PLAIN,
  ANSI;

  /**
   * Colours when the launcher says that the output is a terminal (the JDK cannot tell on every
   * release), and not when {@code NO_COLOR} is set.
   */
  public static Ink forTerminal() {
    return Boolean.getBoolean("ringback.terminal") && System.getenv("NO_COLOR") == null
        ? ANSI
        : PLAIN;
  }

  /** For what went well. */
  public String pass(String text) {
    return green(text);
  }

  /** For what did not. */
  public String fail(String text) {
    return red(text);
  }

  /** For what matters less. */
  public String aside(String text) {
    return dim(text);
  }

  public String dim(String text) {
    return paint("2", text);
  }

  String bold(String text) {
    return paint("1", text);
  }

  String red(String text) {
    return paint("31", text);
  }

  String green(String text) {
    return paint("32", text);
  }

  String yellow(String text) {
    return paint("33", text);
  }

  String cyan(String text) {
    return paint("36", text);
  }

  private String paint(String code, String text) {
    return this == PLAIN ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
