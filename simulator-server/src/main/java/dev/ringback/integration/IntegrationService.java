package dev.ringback.integration;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.ringback.conversation.ProxyAddress;
import dev.ringback.engine.World;
import dev.ringback.integration.IntegrationCallback.Location;
import dev.ringback.json.JournalJson;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.Alert;
import dev.ringback.voice.Landing;
import dev.ringback.voice.Target;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Calls the integration service of a developer and judges its answer: the status, 6 s, 64 KB, and
 * the schema of what was asked for.
 */
public final class IntegrationService {
  /** docs/api/errors/48003. */
  private static final int LARGEST = 64 * 1024;

  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private IntegrationService() {}

  /**
   * What came of a callback.
   *
   * @param url where it went; null: nowhere
   * @param form what it said
   * @param status of HTTP; 0: there was no answer
   * @param problems with Twilio's codes; empty: the answer is as the Frontline app needs it
   */
  public record Outcome(
      @Nullable String url,
      Map<String, String> form,
      int status,
      String body,
      List<Problem> problems) {}

  /**
   * @param code of Twilio's dictionary
   */
  public record Problem(int code, String message) {}

  /**
   * @param location what is asked for; the answer to one that is not known is taken as it comes
   * @param url null: as configured
   * @param parameters beside Location and Worker
   */
  public static Outcome call(
      World world,
      String location,
      IntegrationCallback callback,
      String worker,
      @Nullable String url,
      Map<String, String> parameters) {
    String target =
        url != null ? url : callback.url(world.settings().frontline().integration()).orElse(null);
    Map<String, String> form = new LinkedHashMap<>();
    form.put("Location", location);
    form.put("Worker", worker);
    form.putAll(parameters);
    if (target == null) {
      return told(
          world,
          new Outcome(
              null,
              form,
              0,
              "",
              List.of(
                  new Problem(
                      TwilioError.FRONTLINE_CALLBACK_NOT_SET.code(),
                      "the %s callback URL is not set; set frontline.integration or name a url"
                          .formatted(callback.wireName())))));
    }
    Landing landing = world.integrate(new Target(target, HttpMethod.POST), form).join();
    return told(
        world,
        switch (landing) {
          case Landing.Answered answered ->
              new Outcome(
                  target,
                  form,
                  answered.status(),
                  answered.body(),
                  problems(world, callback.location(location).orElse(null), form, answered));
          case Landing.Failed failed -> new Outcome(target, form, 0, "", List.of(failure(failed)));
        });
  }

  private static Problem failure(Landing.Failed failed) {
    boolean late = failed.took().toSeconds() >= 6;
    return new Problem(
        (late ? TwilioError.FRONTLINE_CALLBACK_TIMEOUT : TwilioError.FRONTLINE_CALLBACK_ERROR)
            .code(),
        failed.cause());
  }

  private static List<Problem> problems(
      World world, @Nullable Location location, Map<String, String> form, Landing.Answered answer) {
    List<Problem> problems = new ArrayList<>();
    if (!answer.successful()) {
      problems.add(
          new Problem(
              TwilioError.FRONTLINE_CALLBACK_ERROR.code(), "answered HTTP " + answer.status()));
      return problems;
    }
    if (answer.body().getBytes(StandardCharsets.UTF_8).length > LARGEST) {
      problems.add(invalid("the answer is larger than 64 KB"));
      return problems;
    }
    JsonNode json;
    try {
      json = JournalJson.mapper().readTree(answer.body().isEmpty() ? "{}" : answer.body());
    } catch (JacksonException e) {
      problems.add(invalid("the answer is no JSON: " + e.getOriginalMessage()));
      return problems;
    }
    if (location == null) {
      return problems;
    }
    for (com.networknt.schema.Error error : schema(location).validate(json)) {
      problems.add(invalid(error.getInstanceLocation() + ": " + error.getMessage()));
    }
    if (location == Location.GET_PROXY_ADDRESS && problems.isEmpty()) {
      checkProxy(
          world,
          json.path("proxy_address").asString(""),
          form.getOrDefault("ChannelValue", ""),
          problems);
    }
    return problems;
  }

  /** docs/api/errors/48026 to 48029. */
  private static void checkProxy(
      World world, String proxy, String contact, List<Problem> problems) {
    ProxyAddress.problem(
            proxy, contact, number -> world.ask(account -> account.inventory().owns(number)).join())
        .ifPresent(problem -> problems.add(new Problem(problem.code(), problem.message())));
  }

  private static Problem invalid(String message) {
    return new Problem(TwilioError.FRONTLINE_CALLBACK_INVALID_RESPONSE.code(), message);
  }

  private static Schema schema(Location location) {
    String file = location.wireName() + ".schema.json";
    try (InputStream in = IntegrationService.class.getResourceAsStream(file)) {
      return SCHEMAS.getSchema(
          new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(file, e);
    }
  }

  /** The Debugger keeps what is wrong. */
  private static Outcome told(World world, Outcome outcome) {
    for (Problem problem : outcome.problems()) {
      for (TwilioError error : TwilioError.values()) {
        if (error.code() == problem.code()) {
          world
              .change(account -> {
                account.raise(Alert.of(error, problem.message(), outcome.url()));
                return true;
              })
              .thenAccept(raised -> {})
              .join();
        }
      }
    }
    return outcome;
  }
}
