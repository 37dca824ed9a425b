package dev.ringback.rest.v2010;

/** What all resources of the API of 2010 share. */
final class Version2010 {
  static final String NAME = "2010-04-01";

  /** A page of a list has at most so many items. */
  static final int MOST_PER_PAGE = 1_000;

  private Version2010() {}
}
