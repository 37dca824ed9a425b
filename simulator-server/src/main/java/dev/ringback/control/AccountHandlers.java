package dev.ringback.control;

import dev.ringback.account.ApiError;
import dev.ringback.account.PhoneNumber;
import dev.ringback.config.BehaviourReader;
import dev.ringback.config.ConfigView;
import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.Participant;
import dev.ringback.conversation.User;
import dev.ringback.engine.Account;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldSettings;
import dev.ringback.worlds.WorldChoice;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Section;
import dev.ringback.yaml.Yaml;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What the account has: numbers, workers, conversations. */
final class AccountHandlers {
  private final WorldChoice choice;

  AccountHandlers(WorldChoice choice) {
    this.choice = choice;
  }

  /**
   * The token is in it only where it was drawn for this world, is no secret of anything else, and
   * who asks is on this machine.
   */
  void show(Context context) {
    World world = choice.of(context);
    WorldSettings settings = world.settings();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("accountSid", settings.account().value());
    if (settings.identity().credentials().drawn() && isLocal(context.req().getRemoteAddr())) {
      view.put("authToken", settings.authToken());
    }
    view.put("publicUrl", settings.publicUrl());
    put(
        view,
        "voiceUrl",
        settings.telephony().defaultVoice() == null
            ? null
            : ConfigView.withoutPassword(settings.telephony().defaultVoice().url()));
    view.put("behaviour", BehaviourReader.view(settings.behaviour()));
    view.put("worlds", choice.accounts());
    if (choice.isClustered()) {
      view.put("clustered", true);
    }
    view.putAll(world.ask(AccountHandlers::of).join());
    context.json(view);
  }

  private static boolean isLocal(String address) {
    try { // an address as the socket has it, which nobody looks up
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static Map<String, Object> of(Account account) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("numbers", account.inventory().numbers().stream().map(AccountHandlers::view).toList());
    view.put(
        "workers",
        account.directory().users().all(account.directory().services().own().sid()).stream()
            .map(AccountHandlers::view)
            .toList());
    List<Map<String, Object>> conversations = new ArrayList<>();
    for (Conversation conversation :
        account.conversations().all(account.directory().services().own().sid())) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("conversationSid", conversation.sid().value());
      put(one, "friendlyName", conversation.friendlyName());
      one.put("state", conversation.state().wireName());
      one.put("attributes", conversation.attributes());
      one.put(
          "participants",
          account.conversations().participants(conversation.sid()).stream()
              .map(AccountHandlers::view)
              .toList());
      conversations.add(one);
    }
    view.put("conversations", conversations);
    return view;
  }

  static Map<String, Object> view(PhoneNumber number) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("number", number.number());
    Map<String, String> endpoints = new LinkedHashMap<>(number.endpoints().fields());
    endpoints.replaceAll((field, value) -> ConfigView.withoutPassword(value));
    view.put("endpoints", endpoints);
    return view;
  }

  private static Map<String, Object> view(User user) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("identity", user.identity());
    put(view, "friendlyName", user.friendlyName());
    view.put("available", user.active() && !Boolean.FALSE.equals(user.available()));
    return view;
  }

  private static Map<String, Object> view(Participant participant) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("participantSid", participant.sid().value());
    put(view, "identity", participant.identity());
    if (participant.binding() != null) {
      put(view, "address", participant.binding().address());
      put(view, "proxyAddress", participant.binding().proxyAddress());
    }
    return view;
  }

  private static void put(Map<String, Object> view, String key, @Nullable String value) {
    if (value != null) {
      view.put(key, value);
    }
  }

  /** {@code {available: false}} of a worker. */
  void changeWorker(Context context) throws BadInput {
    Section body = Yaml.parseBody(context.body());
    body.missing("available");
    Optional<Boolean> available = body.flag("available");
    body.done();
    body.check();
    String identity = context.pathParam("identity");
    try {
      User changed =
          choice
              .of(context)
              .make(
                  account ->
                      account
                          .directory()
                          .users()
                          .update(
                              account.directory().services().own().sid(),
                              identity,
                              new User.Draft(
                                  null, null, null, null, null, available.orElseThrow())),
                  true)
              .join();
      context.json(view(changed));
    } catch (CompletionException | ApiError e) {
      if (e instanceof ApiError || e.getCause() instanceof ApiError) {
        throw Refusal.notFound("there is no worker '" + identity + "'");
      }
      throw e;
    }
  }
}
