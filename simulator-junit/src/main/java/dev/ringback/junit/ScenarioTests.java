package dev.ringback.junit;

import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.opentest4j.AssertionFailedError;

/** A test for each scenario. */
final class ScenarioTests implements TestTemplateInvocationContextProvider {

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return context
        .getTestMethod()
        .filter(method -> method.isAnnotationPresent(RingbackScenarios.class))
        .isPresent();
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    String path = context.getRequiredTestMethod().getAnnotation(RingbackScenarios.class).value();
    RingbackExtension.stopsWith(context);
    Object scenarios = Ringback.engine().apply("scenarios", Map.of("path", path)).get("scenarios");
    List<?> all = scenarios instanceof List<?> list ? list : List.of();
    if (all.isEmpty()) {
      throw new IllegalArgumentException("there is no scenario in " + path);
    }
    return all.stream().map(one -> new OneScenario((Map<?, ?>) one));
  }

  /** One of them. */
  private record OneScenario(Map<?, ?> scenario) implements TestTemplateInvocationContext {
    @Override
    public String getDisplayName(int invocationIndex) {
      return String.valueOf(scenario.get("name"));
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(new Plays(scenario));
    }
  }

  /** Plays the scenario when the method has said where the app is. */
  private record Plays(Map<?, ?> scenario) implements InvocationInterceptor {
    @Override
    public void interceptTestTemplateMethod(
        Invocation<Void> invocation,
        ReflectiveInvocationContext<Method> invocationContext,
        ExtensionContext context)
        throws Throwable {
      invocation.proceed();
      Map<String, Object> with = new LinkedHashMap<>();
      with.put("file", String.valueOf(scenario.get("file")));
      with.put("name", String.valueOf(scenario.get("name")));
      String app = RingbackExtension.world(context).appOfScenarios();
      if (!app.isEmpty()) {
        with.put("app", app);
      }
      Map<String, Object> played = Ringback.engine().apply("play", with);
      if (Boolean.TRUE.equals(played.get("passed"))) {
        return;
      }
      List<?> failures = played.get("failures") instanceof List<?> list ? list : List.of();
      StringBuilder text = new StringBuilder(String.valueOf(played.get("cause")));
      failures.forEach(line -> text.append("\n  ").append(line));
      System.err.println(played.get("timeline"));
      System.err.println(
          "seed %s; again:  ringback run %s%s"
              .formatted(
                  played.get("seed"),
                  scenario.get("file"),
                  app.isEmpty() ? "" : " --app " + with.get("app")));
      throw new AssertionFailedError(text.toString());
    }
  }
}
