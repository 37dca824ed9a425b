package dev.ringback.rest;

import java.util.List;

/** What the API answers, before it is JSON or XML. */
public sealed interface Answer {

  /**
   * A resource.
   *
   * @param element of XML, such as {@code Call}
   */
  record Resource(int status, String element, Fields fields) implements Answer {}

  /** A page of a list. */
  record Listing(Page<Fields> page, String key, String element, String elements)
      implements Answer {}

  /** Deleted: 204 without a body. */
  record Gone() implements Answer {}

  /** 200 and the resource. */
  static Answer found(String element, Fields fields) {
    return new Resource(200, element, fields);
  }

  /** 201 and the resource. */
  static Answer created(String element, Fields fields) {
    return new Resource(201, element, fields);
  }

  static Answer gone() {
    return new Gone();
  }

  /**
   * A page.
   *
   * @param items of the page
   * @param start how many items are before it
   * @param next the token of the next page; empty: there is none
   * @param previous the token of the page before; empty: there is none
   */
  record Page<T>(List<T> items, int number, int size, int start, String next, String previous) {}
}
