package dev.ringback.mcp;

/** What a tool was asked for cannot be done; the message says why, and what to do. */
final class ToolRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ToolRefused(String message) {
    super(message, null, false, false);
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
