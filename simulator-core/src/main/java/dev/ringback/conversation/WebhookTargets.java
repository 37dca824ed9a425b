package dev.ringback.conversation;

import dev.ringback.voice.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where an event goes: the webhooks of the account first, then those of its service, then those of
 * its conversation (docs/conversations/conversations-webhooks).
 */
public final class WebhookTargets {
  private final Services services;
  private final ScopedWebhooks scoped;

  WebhookTargets(Services services, ScopedWebhooks scoped) {
    this.services = services;
    this.scoped = scoped;
  }

  /** The pre-webhooks, which are asked before. */
  public List<Target> askedBefore(Event event) {
    return wide(event, services.of(event.service()).webhooks());
  }

  /** The post-webhooks, which are told afterwards, also when the service is gone. */
  public List<Target> toldAfter(Event event) {
    List<Target> targets =
        new ArrayList<>(
            wide(
                event,
                services
                    .find(event.service())
                    .map(Service::webhooks)
                    .orElse(WebhookConfiguration.NONE)));
    if (event.conversation() != null) {
      for (ScopedWebhook webhook : scoped.all(event.conversation())) {
        if (webhook.hears(event)) {
          targets.add(new Target(webhook.url(), webhook.method()));
        }
      }
    }
    return targets;
  }

  private List<Target> wide(Event event, WebhookConfiguration ofService) {
    return List.of(services.webhooks(), ofService).stream()
        .map(webhooks -> webhooks.targetOf(event.type()))
        .flatMap(Optional::stream)
        .toList();
  }
}
