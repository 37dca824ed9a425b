package dev.ringback.twiml;

/**
 * How grave an entry of the Debugger is: an error changes what the call does, a warning does not,
 * and a notice only says what will happen.
 */
public enum Level {
  ERROR,
  WARNING,
  NOTICE
}
