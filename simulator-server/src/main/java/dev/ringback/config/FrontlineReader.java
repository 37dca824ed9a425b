package dev.ringback.config;

import dev.ringback.conversation.EventType;
import dev.ringback.conversation.WebhookConfiguration;
import dev.ringback.engine.WorldSettings.Frontline;
import dev.ringback.engine.WorldSettings.Integration;
import dev.ringback.engine.WorldSettings.Routing;
import dev.ringback.engine.WorldSettings.RoutingMode;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.Target;
import dev.ringback.voice.Urls;
import dev.ringback.voice.VoiceUrls;
import dev.ringback.words.DidYouMean;
import dev.ringback.yaml.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys of {@code frontline}: YAML to the settings of the Frontline instance. */
final class FrontlineReader {
  private FrontlineReader() {}

  /**
   * @param before what holds where the section says nothing
   */
  static Frontline read(Section frontline, Frontline before) {
    Optional<Sid> service = Values.sid(frontline, "service", SidKind.SERVICE);
    Routing routing =
        frontline
            .section("routing")
            .map(section -> readRouting(section, before.routing()))
            .orElse(before.routing());
    Optional<VoiceUrls> outgoing =
        frontline.section("outgoing").flatMap(FrontlineReader::readOutgoing);
    Optional<WebhookConfiguration> webhooks =
        frontline.section("webhooks").map(FrontlineReader::readWebhooks);
    Optional<Integration> integration =
        frontline.section("integration").map(FrontlineReader::readIntegration);
    frontline.done();
    return new Frontline(
        service.orElse(before.service()),
        routing,
        webhooks.orElse(before.webhooks()),
        outgoing.orElse(before.outgoing()),
        integration.orElse(before.integration()),
        before.people());
  }

  private static Routing readRouting(Section section, Routing before) {
    RoutingMode mode = section.named("mode", RoutingMode.class).orElse(before.mode());
    List<String> pool = section.texts("pool");
    String url =
        section.text("url", Urls::isAbsoluteHttp, Values.ABSOLUTE_URL).orElse(before.url());
    if (mode == RoutingMode.CUSTOM && url == null) {
      section.wrong("mode", "custom needs the url that is asked", "add routing.url");
    }
    section.done();
    return new Routing(mode, pool, url);
  }

  private static Optional<VoiceUrls> readOutgoing(Section section) {
    Optional<Target> voice = Values.target(section, "url", "method");
    Optional<Target> fallback = Values.target(section, "fallbackUrl", "fallbackMethod");
    Optional<Target> status = Values.target(section, "statusCallback", "statusCallbackMethod");
    section.missing("url");
    section.done();
    return voice.map(v -> new VoiceUrls(v, fallback.orElse(null), status.orElse(null)));
  }

  private static Integration readIntegration(Section section) {
    Integration integration =
        new Integration(
            Values.url(section, "crm"),
            Values.url(section, "outgoingConversation"),
            Values.url(section, "templates"));
    section.done();
    return integration;
  }

  private static WebhookConfiguration readWebhooks(Section section) {
    Optional<String> pre = section.text("pre", Urls::isAbsoluteHttp, Values.ABSOLUTE_URL);
    Optional<String> post = section.text("post", Urls::isAbsoluteHttp, Values.ABSOLUTE_URL);
    Optional<HttpMethod> method = Values.method(section, "method");
    List<EventType> filters = new ArrayList<>();
    for (String filter : section.texts("filters")) {
      EventType.named(filter)
          .ifPresentOrElse(
              filters::add,
              () ->
                  section.wrong(
                      "filters",
                      "there is no event '" + filter + "'",
                      DidYouMean.to(filter, EventType.wireNames(EventType.all()))
                          .map(near -> "did you mean " + near + "?")
                          .orElse("see Twilio's page on Conversations webhooks")));
    }
    section.done();
    return new WebhookConfiguration(
        method.orElse(HttpMethod.POST),
        filters.isEmpty() ? EventType.all() : filters,
        pre.orElse(null),
        post.orElse(null),
        "webhook");
  }

  /**
   * The same for an app that wants to hear of conversations, as far as it does.
   *
   * @param routing custom routing; null: as before
   * @param calls where workers' calls go when nothing is configured
   */
  static Frontline of(
      Frontline frontline,
      @Nullable String routing,
      @Nullable String pre,
      @Nullable String post,
      VoiceUrls calls) {
    WebhookConfiguration webhooks = frontline.webhooks();
    Routing before = frontline.routing();
    return new Frontline(
        frontline.service(),
        routing == null ? before : new Routing(RoutingMode.CUSTOM, before.pool(), routing),
        pre == null && post == null
            ? webhooks
            : new WebhookConfiguration(
                webhooks.method(),
                webhooks.filters().isEmpty() ? EventType.all() : webhooks.filters(),
                pre,
                post,
                "webhook"),
        frontline.outgoing() == null ? calls : frontline.outgoing(),
        frontline.integration(),
        frontline.people());
  }
}
