package dev.ringback.replay;

import dev.ringback.cast.Script;
import dev.ringback.config.CastReader;
import dev.ringback.engine.CallRecord;
import dev.ringback.engine.WorldSettings;
import dev.ringback.id.ClientAddress;
import dev.ringback.journal.Fact;
import dev.ringback.voice.Leg;
import dev.ringback.voice.Target;
import dev.ringback.voice.VoiceUrls;
import dev.ringback.yaml.YamlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The world of a recorded call, as far as it has a say in it. */
final class RecordedGiven {
  private final WorldSettings settings;
  private final CallRecord record;
  private final List<KnownPair> pairs;
  private final Leg leg;
  private final StringBuilder text = new StringBuilder();

  private RecordedGiven(WorldSettings settings, CallRecord record, List<KnownPair> pairs) {
    this.settings = settings;
    this.record = record;
    this.pairs = pairs;
    this.leg = record.call().facts().leg();
  }

  static String text(WorldSettings settings, CallRecord record, List<KnownPair> pairs) {
    RecordedGiven given = new RecordedGiven(settings, record, pairs);
    given.given();
    return given.text.toString();
  }

  private void given() {
    line("given:");
    line("  seed: " + settings.seed());
    List<Object> workers = new ArrayList<>();
    for (WorldSettings.Worker worker : settings.frontline().people().workers()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("identity", worker.identity());
      if (!worker.available()) {
        one.put("available", false);
      }
      workers.add(one);
    }
    line("  workers: " + YamlText.of(workers));
    conversations();
    casts();
    frontline();
    urls();
  }

  private void conversations() {
    List<Object> conversations = new ArrayList<>();
    Set<List<String>> said = new LinkedHashSet<>();
    settings.frontline().people().conversations().stream()
        .filter(known -> !known.closed())
        .forEach(known -> {
          said.add(List.of(known.customer(), known.number()));
          conversations.add(pair(known.customer(), known.number(), known.worker()));
        });
    for (KnownPair pair : pairs) {
      if (said.add(List.of(pair.customer(), pair.number()))) {
        conversations.add(pair(pair.customer(), pair.number(), pair.worker()));
      }
    }
    if (!conversations.isEmpty()) {
      line("  conversations: " + YamlText.of(conversations));
    }
  }

  private static Map<String, Object> pair(String customer, String number, @Nullable String worker) {
    Map<String, Object> pair = new LinkedHashMap<>();
    pair.put("customer", customer);
    pair.put("number", number);
    if (worker != null) {
      pair.put("worker", worker);
    }
    return pair;
  }

  private void casts() {
    Map<String, Object> casts = new LinkedHashMap<>();
    for (WorldSettings.Worker worker : settings.frontline().people().workers()) {
      if (worker.cast() != null) {
        casts.put(worker.identity(), CastReader.view(worker.cast()));
      }
    }
    settings
        .telephony()
        .customers()
        .forEach((number, cast) -> casts.put(number, CastReader.view(cast)));
    script().called().forEach((name, cast) -> casts.put(name, CastReader.view(cast)));
    if (!casts.isEmpty()) {
      line("  cast: " + YamlText.of(casts));
    }
  }

  private void frontline() {
    Map<String, Object> frontline = new LinkedHashMap<>();
    if (settings.frontline().service() != null) {
      frontline.put("service", settings.frontline().service());
    }
    WorldSettings.Routing routing = settings.frontline().routing();
    Map<String, Object> how = new LinkedHashMap<>();
    if (routing.mode() != WorldSettings.RoutingMode.CUSTOM) {
      how.put("mode", routing.mode().wireName());
    }
    if (!routing.pool().isEmpty()) {
      how.put("pool", routing.pool());
    }
    if (!how.isEmpty()) {
      frontline.put("routing", how);
    }
    if (!frontline.isEmpty()) {
      line("  frontline: " + YamlText.of(frontline));
    }
  }

  private void urls() {
    VoiceUrls called = record.call().facts().urls();
    Map<String, Object> urls = new LinkedHashMap<>();
    String voice = path(called.voice().url());
    urls.put(ClientAddress.is(leg.party()) ? "outgoing" : "voice", voice);
    if (called.voice().method() != dev.ringback.twiml.HttpMethod.POST) {
      urls.put("method", called.voice().method());
    }
    put(urls, "fallback", called.fallback());
    put(urls, "status", called.statusCallback());
    WorldSettings.Routing routing = settings.frontline().routing();
    if (routing.mode() == WorldSettings.RoutingMode.CUSTOM && routing.url() != null) {
      urls.put("routing", path(routing.url()));
    }
    if (settings.frontline().webhooks().pre() != null) {
      urls.put("preWebhook", path(settings.frontline().webhooks().pre()));
    }
    if (settings.frontline().webhooks().post() != null) {
      urls.put("postWebhook", path(settings.frontline().webhooks().post()));
    }
    line("  urls: " + YamlText.of(urls));
  }

  private static void put(Map<String, Object> urls, String key, @Nullable Target target) {
    if (target != null) {
      urls.put(key, path(target.url()));
    }
  }

  /** With its query, without the host: the app is somewhere else the next time. */
  static String path(String url) {
    int slash = url.indexOf('/', url.indexOf("://") + 3);
    return slash < 0 ? "/" : url.substring(slash);
  }

  private Script script() {
    return ((Fact.Placed) record.entries().getFirst().fact()).script();
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
