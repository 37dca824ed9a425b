package dev.ringback.junit;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
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
public final class RingbackExtension implements ParameterResolver, AfterEachCallback {
  static final Namespace NAMESPACE = Namespace.create(RingbackExtension.class);

  /** Made by JUnit. */
  public RingbackExtension() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == World.class;
  }

  @Override
  public World resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return world(context);
  }

  /** Stops the engine when JUnit closes its root. */
  private static final class End implements ExtensionContext.Store.CloseableResource {
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
        .getOrComputeIfAbsent(
            "world of " + context.getUniqueId(), id -> new World(Ringback.engine()), World.class);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    World world =
        context.getStore(NAMESPACE).remove("world of " + context.getUniqueId(), World.class);
    if (world == null) {
      return;
    }
    try {
      boolean failed = context.getExecutionException().isPresent();
      String wrong = failed ? "" : world.leftOver();
      if (failed || !wrong.isEmpty()) {
        String story =
            world.story(
                context.getRequiredTestClass().getSimpleName() + "." + context.getDisplayName());
        context.publishReportEntry("ringback", story);
        System.err.println(story);
      }
      if (!wrong.isEmpty()) {
        throw new AssertionFailedError(wrong);
      }
    } finally {
      world.end();
    }
  }
}
