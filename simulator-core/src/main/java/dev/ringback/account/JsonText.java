package dev.ringback.account;

import java.util.Map;

/**
 * JSON that the account itself reads and writes; a module that has a library for it implements
 * this.
 */
public interface JsonText {

  /**
   * The members of an object that are strings; objects and arrays come as their JSON.
   *
   * @param json anything; what is no object has no members
   */
  Map<String, String> members(String json);

  /** Whether it is JSON. */
  boolean isJson(String text);

  /**
   * The same object with one more element in the array of that key; the array is made when it is
   * not there.
   *
   * @param object JSON; what is no object counts as an empty one
   * @param element numbers, booleans and strings by name, in order
   */
  String appended(String object, String key, Map<String, Object> element);
}
