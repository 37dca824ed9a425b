package dev.ringback.engine;

import dev.ringback.account.Addresses;
import dev.ringback.account.Inventory;
import dev.ringback.call.ApiCallOptions;
import dev.ringback.call.Call;
import dev.ringback.call.CallFacts.Origin;
import dev.ringback.cast.Script;
import dev.ringback.conversation.Conversation;
import dev.ringback.frontline.SessionLookup;
import dev.ringback.id.ClientAddress;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.id.SidMint;
import dev.ringback.snapshot.SerializableSupplier;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.Direction;
import dev.ringback.voice.Leg;
import dev.ringback.voice.VoiceUrls;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a call of a placement: whose URLs answer it, and what the app is told with it. */
final class CallPlacer {
  private final WorldSettings settings;
  private final Inventory inventory;
  private final SessionLookup lookup;
  private final LiveCalls live;
  private final Calls calls;
  private final SerializableSupplier<SidMint> identifiers;
  private Instant lastStart = Instant.MIN;

  /**
   * @param identifiers of the next call, at each call of it
   */
  CallPlacer(
      WorldSettings settings,
      Inventory inventory,
      SessionLookup lookup,
      LiveCalls live,
      Calls calls,
      SerializableSupplier<SidMint> identifiers) {
    this.settings = settings;
    this.inventory = inventory;
    this.lookup = lookup;
    this.live = live;
    this.calls = calls;
    this.identifiers = identifiers;
  }

  /** Places a call, which begins at once or when it leaves the queue of the REST API. */
  Placed place(Placement placement, Instant now) {
    if (live.countGoing() >= settings.telephony().maxLiveCalls()) {
      return new Placed.Refused(
          "",
          "%d calls are live, as many as may be".formatted(live.countGoing()),
          "wait until some are over, or raise server.maxLiveCalls",
          true);
    }
    return switch (placement) {
      case Placement.ByCustomer customer -> byCustomer(customer, now);
      case Placement.ByWorker worker -> byWorker(worker, now);
      case Placement.ByApi api -> byApi(api, now);
    };
  }

  private Placed byCustomer(Placement.ByCustomer placement, Instant now) {
    if (!Addresses.isCaller(placement.from())) {
      return refused(
          "from",
          "'" + placement.from() + "' is not a number a call can come from",
          "write it in E.164, such as +15558675310, or 'anonymous' for a withheld number");
    }
    if (!Addresses.isE164(placement.to())) {
      return refused(
          "to",
          "'" + placement.to() + "' is not a phone number",
          "write it in E.164, such as +15017122661");
    }
    Inventory.Answer answer = inventory.answer(placement.to()).orElse(null);
    if (answer == null) {
      return refused(
          "to",
          "the number " + placement.to() + " has no voice URL, so it is out of service",
          "give it a voiceUrl under numbers, or start with --voice-url");
    }
    Carrier carrier = placement.carrier();
    Map<String, String> parameters = carrier.parameters(inventory.looksUpNames(placement.to()));
    if (answer.application() != null) {
      parameters.put("ApplicationSid", answer.application().value());
    }
    return made(
        carrier.callerId() == null ? placement.from() : carrier.callerId(),
        placement.to(),
        answer.urls(),
        parameters,
        placement.script(),
        now);
  }

  private Placed byApi(Placement.ByApi placement, Instant now) {
    SidMint mint = identifiers.get();
    Leg leg =
        new Leg(
            mint.sid(SidKind.CALL),
            null,
            placement.from(),
            placement.to(),
            Direction.OUTBOUND_API,
            CallStatus.QUEUED,
            now,
            null,
            null);
    return begin(
        Call.arriving(
            origin(mint, placement.options()), leg, placement.urls(), placement.parameters()),
        placement.script(),
        leavesTheQueue(now));
  }

  /** Calls of the REST API leave the queue one after the other, so many in a second. */
  private Instant leavesTheQueue(Instant now) {
    Instant next =
        lastStart.equals(Instant.MIN)
            ? now
            : lastStart.plusNanos(1_000_000_000L / settings.telephony().callsPerSecond());
    lastStart = next.isBefore(now) ? now : next;
    return lastStart;
  }

  private Origin origin(SidMint mint, @Nullable ApiCallOptions options) {
    return new Origin(settings.account(), mint.branch(), options, inventory.callerIds());
  }

  private Placed begin(Call call, Script script, Instant arrivesAt) {
    calls.begin(call, script, arrivesAt);
    return new Placed.Ringing(call.sid());
  }

  private Placed byWorker(Placement.ByWorker placement, Instant now) {
    Sid app = voiceInFrontline(settings);
    VoiceUrls urls = inventory.application(app).map(a -> a.endpoints().urls()).orElse(null);
    if (urls == null) {
      return refused(
          "worker",
          "workers cannot call: the app \"Voice in Frontline\" has no Request URL",
          "set frontline.outgoing.url");
    }
    String conversation = placement.conversationSid();
    if (conversation == null) {
      String customer = placement.customer() == null ? "" : placement.customer();
      if (!Addresses.isE164(customer)) {
        return refused(
            "customer",
            "48025: the contact's address '" + customer + "' is not a phone number",
            "write it in E.164, such as +15558675310");
      }
      Optional<Conversation> found = lookup.openWith(customer, placement.worker());
      if (found.isEmpty()) {
        return refused(
            "customer",
            "%s has no open conversation with '%s'".formatted(placement.worker(), customer),
            "add one under conversations, name a conversationSid, or set"
                + " frontline.integration.outgoingConversation, which begins one");
      }
      conversation = found.get().sid().value();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("ApplicationSid", app.value());
    parameters.put("ConversationSid", conversation);
    return made(
        ClientAddress.of(placement.worker()), "", urls, parameters, placement.script(), now);
  }

  /** The TwiML app that Frontline makes when voice is enabled. */
  static Sid voiceInFrontline(WorldSettings settings) {
    return new SidMint(settings.seed(), -1).sid(SidKind.APPLICATION);
  }

  private Placed made(
      String from,
      String to,
      VoiceUrls urls,
      Map<String, String> parameters,
      Script script,
      Instant now) {
    SidMint mint = identifiers.get();
    Leg leg =
        new Leg(
            mint.sid(SidKind.CALL),
            null,
            from,
            to,
            Direction.INBOUND,
            CallStatus.RINGING,
            now,
            null,
            null);
    return begin(Call.arriving(origin(mint, null), leg, urls, parameters), script, now);
  }

  private static Placed refused(String field, String message, String hint) {
    return new Placed.Refused(field, message, hint);
  }
}
