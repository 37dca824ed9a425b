package dev.ringback.twiml;

import java.util.List;

/** What became of a piece of text that should be TwiML. */
public sealed interface Reading {

  /**
   * A document that runs.
   *
   * @param findings warnings, or errors of a single noun; they are said when it is read
   * @param outlook what will be said or done when the call comes to it; for a reader who checks a
   *     document before a call does
   */
  record Document(List<Verb> verbs, List<Finding> findings, List<Finding> outlook)
      implements Reading {}

  /** A document that does not run, and why. */
  record Unreadable(Finding problem) implements Reading {}
}
