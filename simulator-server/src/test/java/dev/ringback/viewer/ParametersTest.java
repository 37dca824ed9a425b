package dev.ringback.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ParametersTest {
  @Test
  void aSentenceIsAboutEachParameterThatAnyRequestCanCarry() {
    assertEquals(Set.of(), Parameters.unknown());
  }
}
