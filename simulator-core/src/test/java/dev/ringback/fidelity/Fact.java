package dev.ringback.fidelity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The facts about the real service that a test shows, by their identifiers in the tables of {@code
 * simulator-server}, package {@code dev.ringback.facts}. A fact that holds has a test that names
 * it, and a test names no other fact ({@code FactsTest}).
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Fact {
  String[] value();
}
