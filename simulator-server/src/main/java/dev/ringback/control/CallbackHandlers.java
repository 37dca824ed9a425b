package dev.ringback.control;

import dev.ringback.integration.IntegrationCallback;
import dev.ringback.integration.IntegrationCallback.Location;
import dev.ringback.integration.IntegrationService;
import dev.ringback.twiml.WireNamed;
import dev.ringback.voice.Urls;
import dev.ringback.worlds.WorldChoice;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Section;
import dev.ringback.yaml.Yaml;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Callbacks of Frontline's integration service, made on request. */
final class CallbackHandlers {
  private final WorldChoice choice;

  CallbackHandlers(WorldChoice choice) {
    this.choice = choice;
  }

  void make(Context context) throws BadInput {
    String kind = context.pathParam("callback");
    IntegrationCallback callback =
        WireNamed.find(IntegrationCallback.class, kind)
            .orElseThrow(() ->
                Refusal.notFound(
                    "there is no callback '%s'; there are %s"
                        .formatted(kind, names(IntegrationCallback.values()))));
    Section body = Yaml.parseBody(context.body());
    String name = body.text("location").orElse(callback.locations().getFirst().wireName());
    Optional<Location> location = callback.location(name);
    body.missing("worker");
    String worker = body.text("worker").orElse("");
    Optional<String> url = body.text("url", Urls::isAbsoluteHttp, "an absolute http(s) URL");
    Map<String, String> parameters = new LinkedHashMap<>(body.freeTexts("parameters"));
    if (location.filter(Location.GET_CUSTOMERS_LIST::equals).isPresent()) {
      parameters.putIfAbsent("PageSize", "30");
    }
    List<String> absent =
        location.map(Location::parameters).orElse(List.of()).stream()
            .filter(p -> !parameters.containsKey(p))
            .toList();
    if (!absent.isEmpty()) {
      body.wrong("parameters", "%s needs %s".formatted(name, String.join(", ", absent)));
    }
    body.done();
    body.check();
    context.json(
        view(
            IntegrationService.call(
                choice.of(context), name, callback, worker, url.orElse(null), parameters)));
  }

  private static String names(WireNamed... values) {
    return Arrays.stream(values).map(WireNamed::wireName).collect(Collectors.joining(", "));
  }

  private static Map<String, Object> view(IntegrationService.Outcome outcome) {
    Map<String, Object> view = new LinkedHashMap<>();
    if (outcome.url() != null) {
      view.put("url", outcome.url());
    }
    view.put("form", outcome.form());
    view.put("status", outcome.status());
    view.put("body", outcome.body());
    view.put(
        "problems",
        outcome.problems().stream()
            .map(p -> Map.of("code", p.code(), "message", p.message()))
            .toList());
    return view;
  }
}
