package dev.ringback.config;

import dev.ringback.callback.AddressMap;
import dev.ringback.conversation.EventType;
import dev.ringback.conversation.WebhookConfiguration;
import dev.ringback.engine.ClockMode;
import dev.ringback.engine.Egress;
import dev.ringback.engine.WorldSettings;
import dev.ringback.engine.WorldSettings.Frontline;
import dev.ringback.engine.WorldSettings.KnownConversation;
import dev.ringback.media.Voices;
import dev.ringback.voice.Target;
import dev.ringback.voice.VoiceUrls;
import dev.ringback.yaml.Durations;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What holds, with the keys of {@code ringback.yaml}, whoever said it: the file, the command line,
 * the environment or nobody. Secrets are left out.
 */
public final class ConfigView {
  private ConfigView() {}

  /** The keys that concern the server, and not one of its worlds. */
  public static Map<String, Object> ofServer(ConfigFile config) {
    Map<String, Object> server = new LinkedHashMap<>();
    server.put("host", config.host);
    server.put("port", config.port);
    server.put("allowedHosts", config.allowedHosts);
    server.put("otherHosts", config.passesOn ? "pass" : "refuse");
    server.put("voices", config.voices.equals(Voices.TONES) ? "tones" : "auto");
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("server", server);
    int most = config.world.rest.maxConcurrentRequests();
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("downtime", config.downtimePasses ? "passes" : "stands still");
    state.put("snapshotEvery", config.snapshotEvery);
    view.put("state", state);
    view.put("rest", most == 0 ? Map.of() : Map.of("maxConcurrentRequests", most));
    return view;
  }

  /** The keys that concern a world. */
  public static Map<String, Object> ofWorld(WorldSettings settings) {
    WorldSettings.Telephony telephony = settings.telephony();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("account", account(settings));
    view.put("seed", settings.seed());
    Map<String, Object> server = new LinkedHashMap<>();
    server.put("publicUrl", settings.publicUrl());
    server.put("maxLiveCalls", telephony.maxLiveCalls());
    view.put("server", server);
    Egress egress = settings.identity().network().egress();
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("only", egress.rule() == Egress.Rule.LISTED ? "listed" : "anything");
    out.put("allow", egress.hosts().stream().sorted().toList());
    view.put("egress", out);
    view.put("rest", Map.of("callsPerSecond", telephony.callsPerSecond()));
    view.put("clock", clock(settings.time()));
    Map<String, Object> map = new LinkedHashMap<>();
    for (AddressMap.Route route : settings.identity().network().map().routes()) {
      map.put(withoutPassword(route.publicPrefix()), withoutPassword(route.localPrefix()));
    }
    view.put("map", map);
    view.put("numbers", telephony.numbers().stream().map(ConfigView::number).toList());
    view.put("frontline", frontline(settings.frontline()));
    List<Object> workers = new ArrayList<>();
    for (WorldSettings.Worker worker : settings.frontline().people().workers()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("identity", worker.identity());
      one.put("available", worker.available());
      put(one, "cast", worker.cast() == null ? null : CastReader.view(worker.cast()));
      workers.add(one);
    }
    view.put("workers", workers);
    List<Object> customers = new ArrayList<>();
    telephony
        .customers()
        .forEach((number, cast) ->
            customers.add(Map.of("number", number, "cast", CastReader.view(cast))));
    view.put("customers", customers);
    view.put(
        "conversations",
        settings.frontline().people().conversations().stream()
            .map(ConfigView::conversation)
            .toList());
    Target debugger = settings.identity().debugger();
    view.put(
        "debugger",
        debugger == null ? Map.of() : Map.of("webhook", withoutPassword(debugger.url())));
    view.put("behaviour", BehaviourReader.view(settings.behaviour()));
    view.put("faults", settings.faults().stream().map(FaultReader::view).toList());
    return view;
  }

  private static Map<String, Object> account(WorldSettings settings) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("sid", settings.account().value());
    view.put(
        "apiKeys",
        settings.identity().credentials().keys().stream()
            .map(key -> Map.of("sid", key.sid().value()))
            .toList());
    put(
        view,
        "callerIds",
        settings.telephony().callerIds() == null
            ? null
            : List.copyOf(settings.telephony().callerIds()));
    return view;
  }

  private static Map<String, Object> clock(WorldSettings.Time time) {
    Map<String, Object> view = new LinkedHashMap<>();
    switch (time.clock()) {
      case ClockMode.Real real -> {
        view.put("mode", "real");
        view.put("speed", BigDecimal.valueOf(real.speed()).stripTrailingZeros().toPlainString());
      }
      case ClockMode.Skipping skipping -> view.put("mode", "skipping");
      case ClockMode.Stepped stepped -> view.put("mode", "stepped");
    }
    put(view, "start", time.start() == null ? null : time.start().toString());
    view.put("settle", Durations.text(time.settle()));
    view.put("patience", Durations.text(time.patience()));
    return view;
  }

  private static Map<String, Object> number(WorldSettings.PhoneNumber number) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("number", number.number());
    VoiceUrls urls = number.urls();
    if (urls != null) {
      target(view, "voiceUrl", "voiceMethod", urls.voice());
      target(view, "voiceFallbackUrl", "voiceFallbackMethod", urls.fallback());
      target(view, "statusCallback", "statusCallbackMethod", urls.statusCallback());
    }
    return view;
  }

  private static Map<String, Object> frontline(Frontline frontline) {
    Map<String, Object> view = new LinkedHashMap<>();
    put(view, "service", frontline.service() == null ? null : frontline.service().value());
    Map<String, Object> routing = new LinkedHashMap<>();
    routing.put("mode", frontline.routing().mode().wireName());
    routing.put("pool", frontline.routing().pool());
    put(routing, "url", frontline.routing().url());
    view.put("routing", routing);
    Map<String, Object> outgoing = new LinkedHashMap<>();
    VoiceUrls urls = frontline.outgoing();
    if (urls != null) {
      target(outgoing, "url", "method", urls.voice());
      target(outgoing, "fallbackUrl", "fallbackMethod", urls.fallback());
      target(outgoing, "statusCallback", "statusCallbackMethod", urls.statusCallback());
    }
    view.put("outgoing", outgoing);
    Map<String, Object> webhooks = new LinkedHashMap<>();
    WebhookConfiguration hooks = frontline.webhooks();
    put(webhooks, "pre", hooks.pre());
    put(webhooks, "post", hooks.post());
    webhooks.put("method", hooks.method().name());
    webhooks.put("filters", hooks.filters().stream().map(EventType::wireName).toList());
    view.put("webhooks", webhooks);
    Map<String, Object> integration = new LinkedHashMap<>();
    put(integration, "crm", frontline.integration().crm());
    put(integration, "outgoingConversation", frontline.integration().outgoingConversation());
    put(integration, "templates", frontline.integration().templates());
    view.put("integration", integration);
    return view;
  }

  private static Map<String, Object> conversation(KnownConversation known) {
    Map<String, Object> view = new LinkedHashMap<>();
    put(view, "sid", known.sid() == null ? null : known.sid().value());
    put(view, "service", known.service() == null ? null : known.service().value());
    view.put("customer", known.customer());
    view.put("number", known.number());
    put(view, "worker", known.worker());
    view.put("state", known.closed() ? "closed" : "active");
    return view;
  }

  /** A URL without the password that it may have. */
  public static String withoutPassword(String url) {
    return url.replaceFirst("^(https?://)[^/@?#]*@", "$1…@");
  }

  private static void target(
      Map<String, Object> view, String url, String method, @Nullable Target target) {
    if (target != null) {
      view.put(url, withoutPassword(target.url()));
      view.put(method, target.method().name());
    }
  }

  private static void put(Map<String, Object> view, String key, @Nullable Object value) {
    if (value != null) {
      view.put(key, value instanceof String text ? withoutPassword(text) : value);
    }
  }
}
