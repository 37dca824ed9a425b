package dev.ringback.control;

import dev.ringback.account.Addresses;
import dev.ringback.account.Endpoints;
import dev.ringback.account.Inventory;
import dev.ringback.config.ConfigView;
import dev.ringback.config.NumbersSection;
import dev.ringback.worlds.WorldChoice;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Section;
import dev.ringback.yaml.Yaml;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is configured, and what of it can be changed while the server runs. */
final class ConfigurationHandlers {
  private final WorldChoice choice;
  private final Map<String, Object> server;

  /**
   * @param server what concerns the server, by key
   */
  ConfigurationHandlers(WorldChoice choice, Map<String, Object> server) {
    this.choice = choice;
    this.server = server;
  }

  /** With the keys of {@code ringback.yaml}; no secret is in it. */
  void show(Context context) {
    Map<String, Object> view = ConfigView.ofWorld(choice.of(context).settings());
    server.forEach((key, value) -> {
      if (value instanceof Map<?, ?> more) {
        Map<Object, Object> whole = new LinkedHashMap<>(more);
        whole.putAll((Map<?, ?>) view.getOrDefault(key, Map.of()));
        view.put(key, whole);
      }
    });
    context.json(view);
  }

  /**
   * {@code {voiceUrl, …}} as an entry of {@code numbers} has it: the number answers so from its
   * next call on; what is not named stays. One that the account has not is the account's from now
   * on.
   */
  void changeNumber(Context context) throws BadInput {
    Section body = Yaml.parseBody(context.body());
    body.missing("voiceUrl");
    Endpoints wanted = Endpoints.of(NumbersSection.urls(body));
    Map<String, String> changes = new LinkedHashMap<>(wanted.fields());
    Map.of(
            "voiceMethod", "voice_method",
            "voiceFallbackMethod", "voice_fallback_method",
            "statusCallbackMethod", "status_callback_method")
        .forEach((key, field) -> {
          if (!body.has(key)) {
            changes.remove(field);
          }
        });
    body.done();
    body.check();
    String number = context.pathParam("number");
    if (!Addresses.isE164(number)) {
      throw new Refusal(
          422, "'" + number + "' is not a number in E.164", "number", "such as +15017122661");
    }
    context.json(
        AccountHandlers.view(
            choice
                .of(context)
                .change(account -> {
                  Inventory inventory = account.inventory();
                  return inventory
                      .number(number)
                      .map(known ->
                          inventory.updateNumber(
                              known, known.endpoints().with(changes), account.now()))
                      .orElseGet(() -> inventory.addNumber(number, wanted, account.now()));
                })
                .join()));
  }
}
