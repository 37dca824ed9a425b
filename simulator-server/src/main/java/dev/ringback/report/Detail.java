package dev.ringback.report;

/** How much of a call is printed. */
public enum Detail {
  /** What went wrong, and how the call ended. */
  QUIET,
  /** Every step, each request with what is new in it: a call fits a screen. */
  USUAL,
  /** Every step, each request with all that it says. */
  VERBOSE
}
