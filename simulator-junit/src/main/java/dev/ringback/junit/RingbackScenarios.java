package dev.ringback.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A method that is a test for each scenario of a folder: it says where the app is, and the scenario
 * is played when the method returns.
 *
 * <pre>{@code
 * @RingbackScenarios("src/test/scenarios")
 * void contract(World world) {
 *   world.app("http://localhost:" + port);
 * }
 * }</pre>
 *
 * <p>Without {@code world.app} scenarios bring their own canned app.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith({RingbackExtension.class, ScenarioTests.class})
public @interface RingbackScenarios {
  /** A scenario file, or a folder of them; relative to where the tests run. */
  String value();
}
