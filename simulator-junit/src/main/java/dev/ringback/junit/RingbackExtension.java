package dev.ringback.junit;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.AssertionFailedError;

/**
 * Starts Ringback once in this JVM, on a free port of the loopback interface, and gives each test a
 * {@link World} as a parameter. Tests may run in parallel. When all are done nothing is left of it.
 *
 * <pre>{@code
 * @ExtendWith(RingbackExtension.class)
 * class VoicemailTest {
 *   @Test
 *   void aWorkerWhoDoesNotAnswer(World world) {
 *     Call call = world.app("http://localhost:3000").call("+15558675310", "+15017122661").worker(ignores());
 *     call.expect(action().with("Result", "dialed-call-incomplete"));
 *     call.ends("completed");
 *   }
 * }
 * }</pre>
 */
public final class RingbackExtension
    implements ParameterResolver, AfterTestExecutionCallback, AfterEachCallback {
  static final Namespace NAMESPACE = Namespace.create(RingbackExtension.class);

  /** Made by JUnit. */
  public RingbackExtension() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == World.class;
  }

  /**
   * The world of a test: of the test method, and of what runs before and after each.
   *
   * @throws ParameterResolutionException for a constructor, {@code @BeforeAll} or
   *     {@code @AfterAll}: they are of no test, and nothing would be looked at in their world
   */
  @Override
  public World resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Executable asks = parameter.getDeclaringExecutable();
    if (asks instanceof Constructor || context.getTestMethod().isEmpty()) {
      throw new ParameterResolutionException(
          "%s asks for a World, and is of no test: a World is for a test method, @BeforeEach or @AfterEach"
              .formatted(asks instanceof Constructor ? "the constructor" : asks.getName() + "()"));
    }
    return world(context);
  }

  /** Stops the engine when JUnit closes its root. */
  private static final class End
      implements ExtensionContext.Store.CloseableResource, AutoCloseable {
    @Override
    public void close() {
      Ringback.stop();
    }
  }

  /** When all tests are done, nothing is left. */
  static void stopsWith(ExtensionContext context) {
    context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(End.class, e -> new End());
  }

  /** The world of the test. */
  static World world(ExtensionContext context) {
    stopsWith(context);
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(key(context), id -> new World(Ringback.engine()), World.class);
  }

  /** Before what the test's class does after each: the app is still there. */
  @Override
  public void afterTestExecution(ExtensionContext context) {
    World world = context.getStore(NAMESPACE).get(key(context), World.class);
    if (world != null && context.getExecutionException().isEmpty()) {
      String wrong = world.leftOver();
      if (!wrong.isEmpty()) {
        throw new AssertionFailedError(wrong);
      }
    }
  }

  private static String key(ExtensionContext context) {
    return "world of " + context.getUniqueId();
  }

  private static String name(ExtensionContext context) {
    Optional<Class<?>> test = context.getTestClass();
    return test.map(Class::getName).orElse("") + "." + context.getDisplayName();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    World world = context.getStore(NAMESPACE).remove(key(context), World.class);
    if (world == null) {
      return;
    }
    try {
      if (context.getExecutionException().isPresent()) {
        String story = world.story(name(context));
        if (!story.isEmpty()) {
          context.publishReportEntry("ringback", story);
          System.err.println(story);
        }
      }
    } finally {
      world.end();
    }
  }
}
