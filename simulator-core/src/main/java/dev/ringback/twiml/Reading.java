package dev.ringback.twiml;

import java.util.List;

/** What became of a piece of text that should be TwiML. */
public sealed interface Reading {

  /** A document that runs; its findings are warnings, or errors of a single noun. */
  record Document(List<Verb> verbs, List<Finding> findings) implements Reading {}

  /** A document that does not run, and why. */
  record Unreadable(Finding problem) implements Reading {}
}
