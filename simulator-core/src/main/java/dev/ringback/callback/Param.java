package dev.ringback.callback;

/** One parameter of a form. */
public record Param(String name, String value) {}
