package dev.ringback.conversation;

import dev.ringback.account.Addresses;
import dev.ringback.account.ApiError;
import dev.ringback.callback.TwilioDates;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The conversations of an account with their participants, messages and webhooks. It knows nothing
 * of requests: a {@link Change} says what is asked about before, and what happened is told to
 * whoever listens.
 */
public final class Conversations {
  /**
   * Beyond this number conversations are forgotten, and nobody is told: closed ones first, then
   * open ones, the oldest first. What is configured stays, and so does what a live call is in.
   */
  public static final int MAX_CONVERSATIONS = 10_000;

  /** docs/conversations/conversations-limits. */
  private static final int MAX_NAME = 256;

  private static final int MAX_ATTRIBUTES = 16 * 1024;
  private static final int MAX_SMALL_ATTRIBUTES = 4 * 1024;
  private static final int MAX_BODY = 1600;
  private static final int MAX_PARTICIPANTS = 1000;
  private static final int MAX_NUMBERS = 50;
  private static final int MAX_WEBHOOKS = 5;
  private static final Duration SHORTEST_INACTIVE = Duration.ofMinutes(1);
  private static final Duration SHORTEST_CLOSED = Duration.ofMinutes(10);

  private record Pair(String address, String proxyAddress) {}

  private final Services services;
  private final Predicate<String> ownNumbers;
  private final Function<SidKind, Sid> sids;
  private final Consumer<Event> events;
  private final Map<Sid, Conversation> conversations = new LinkedHashMap<>();
  private final Map<Sid, Map<Sid, Participant>> participants = new LinkedHashMap<>();

  /** In the order in which they were closed. */
  private final Set<Sid> closed = new LinkedHashSet<>();

  /** There from the beginning. */
  private final Set<Sid> configured = new HashSet<>();

  /** Where each pair of numbers went last; whether it is still there is to be seen there. */
  private final Map<Pair, Sid> pairs = new HashMap<>();

  private final Map<Sid, Map<Sid, Message>> messages = new LinkedHashMap<>();
  private final Map<Sid, Integer> nextIndex = new LinkedHashMap<>();
  private final Map<Sid, Map<Sid, Webhook>> webhooks = new LinkedHashMap<>();

  /**
   * @param service the account's default service; null: the first one that is named becomes it
   * @param ownNumbers whether a number is the account's
   * @param sids makes identifiers
   * @param events hears what happened
   */
  public Conversations(
      @Nullable Sid service,
      Webhooks accountWebhooks,
      Predicate<String> ownNumbers,
      Instant now,
      Function<SidKind, Sid> sids,
      Consumer<Event> events) {
    this.services = new Services(service, accountWebhooks, now, sids, events);
    this.ownNumbers = ownNumbers;
    this.sids = sids;
    this.events = events;
  }

  public Services services() {
    return services;
  }

  /** A worker of the configuration, who is a user of the default service. */
  public void worker(String identity, boolean available, Instant now) {
    services.worker(identity, available, now);
  }

  /** A document or a request names a service before anything else decided which one there is. */
  public void adopt(Sid named) {
    Sid before = services.configuration().service();
    services.adopt(named);
    conversations.replaceAll((sid, conversation) ->
        conversation.service().equals(before) ? conversation.movedTo(named) : conversation);
  }

  /** Deletes a service with all its conversations; nobody is told. */
  public void deleteService(Sid service) {
    services.delete(service);
    for (Conversation conversation : all(service)) {
      forget(conversation.sid());
      webhooks.remove(conversation.sid());
    }
  }

  // Finding

  public List<Conversation> all(Sid service) {
    return conversations.values().stream().filter(c -> c.service().equals(service)).toList();
  }

  public Optional<Conversation> find(Sid sid) {
    return Optional.ofNullable(conversations.get(sid));
  }

  /**
   * @param name a SID or a unique name
   */
  public Conversation of(Sid service, String name) {
    Conversation bySid =
        Sid.isWellFormed(SidKind.CONVERSATION, name) ? conversations.get(new Sid(name)) : null;
    if (bySid != null && bySid.service().equals(service)) {
      return bySid;
    }
    return conversations.values().stream()
        .filter(c -> c.service().equals(service) && name.equals(c.uniqueName()))
        .findFirst()
        .orElseThrow(() -> ApiError.notFound("/Conversations/" + name));
  }

  private Conversation present(Sid sid) {
    return find(sid).orElseThrow(() -> ApiError.notFound("/Conversations/" + sid));
  }

  /** The open conversation of the account that has this pair of numbers in it. */
  public Optional<Conversation> withPair(String address, String proxyAddress) {
    Sid holder = pairs.get(new Pair(address, proxyAddress));
    return Optional.ofNullable(holder == null ? null : conversations.get(holder))
        .filter(c -> !c.closed() && holds(c.sid(), address, proxyAddress));
  }

  private boolean holds(Sid conversation, String address, String proxyAddress) {
    return participants.getOrDefault(conversation, Map.of()).values().stream()
        .anyMatch(p -> p.binding() != null && p.binding().isPair(address, proxyAddress));
  }

  private void keep(Participant participant) {
    participants
        .computeIfAbsent(participant.conversation(), s -> new LinkedHashMap<>())
        .put(participant.sid(), participant);
    find(participant.conversation())
        .filter(conversation -> !conversation.closed())
        .flatMap(conversation -> pairOf(participant))
        .ifPresent(pair -> pairs.put(pair, participant.conversation()));
  }

  private static Optional<Pair> pairOf(Participant participant) {
    Participant.Binding binding = participant.binding();
    return binding == null || binding.address() == null || binding.proxyAddress() == null
        ? Optional.empty()
        : Optional.of(new Pair(binding.address(), binding.proxyAddress()));
  }

  public List<Participant> participants(Sid conversation) {
    return List.copyOf(participants.getOrDefault(conversation, Map.of()).values());
  }

  /**
   * @param name a SID or an identity
   */
  public Participant participant(Sid conversation, String name) {
    return participants(conversation).stream()
        .filter(p -> p.sid().value().equals(name) || name.equals(p.identity()))
        .findFirst()
        .orElseThrow(
            () -> ApiError.notFound("/Conversations/" + conversation + "/Participants/" + name));
  }

  /** The workers in a conversation, in the order in which they joined. */
  public List<String> workers(Sid conversation) {
    return participants(conversation).stream()
        .map(Participant::identity)
        .filter(Objects::nonNull)
        .toList();
  }

  /** Every participant that fits, in open and closed conversations of all services. */
  public List<Participant> everywhere(Predicate<Participant> fits) {
    return conversations.keySet().stream()
        .flatMap(sid -> participants(sid).stream())
        .filter(fits)
        .toList();
  }

  /** Every participant of a service that fits, in open and closed conversations. */
  public List<Participant> everywhere(Sid service, Predicate<Participant> fits) {
    return all(service).stream().flatMap(c -> participants(c.sid()).stream()).filter(fits).toList();
  }

  // Conversations

  public Change<Conversation> create(Sid service, Conversation.Draft draft) {
    return create(service, draft, null, null);
  }

  /**
   * A conversation that a customer begins, who is its first participant; the pre-webhook is told of
   * the two numbers.
   *
   * @param address null: it begins without
   */
  public Change<Conversation> create(
      Sid service,
      Conversation.Draft draft,
      @Nullable String address,
      @Nullable String proxyAddress) {
    Service of = services.of(service);
    check(service, draft, null);
    if (draft.state() == State.CLOSED) {
      throw ApiError.badRequest(50384, "Conversation can not be created in closed state");
    }
    if (address != null && proxyAddress != null) {
      checkPair(address, proxyAddress);
    }
    return new Change<>() {
      private Conversation made(Sid sid, Conversation.Draft draft, Instant now) {
        return Conversation.begun(
                sid,
                of.sid(),
                services.configuration().messagingService(),
                timer(services.configuration().inactiveTimer()),
                timer(services.configuration().closedTimer()),
                now)
            .with(draft, draft.state() == null ? State.ACTIVE : draft.state(), now);
      }

      @Override
      public Event before() {
        // No identifier is spent on what may never be.
        Parameters parameters = Parameters.ofNew(made(PROSPECTIVE, draft, Instant.EPOCH));
        if (address != null && proxyAddress != null) {
          parameters.binding(address, proxyAddress);
        }
        return parameters.event("onConversationAdd", service, null);
      }

      @Override
      public Conversation apply(Map<String, String> answer, Instant now) {
        Conversation.Draft said = answered(draft, answer);
        check(service, said, null);
        if (address != null && proxyAddress != null) {
          checkPair(address, proxyAddress);
        }
        Conversation made = made(sids.apply(SidKind.CONVERSATION), said, now);
        conversations.put(made.sid(), made);
        Parameters parameters = Parameters.of(made);
        if (address != null && proxyAddress != null) {
          parameters.binding(address, proxyAddress);
        }
        events.accept(parameters.event("onConversationAdded", service, made.sid()));
        return made;
      }
    };
  }

  private static final Sid PROSPECTIVE = new Sid("CH" + "0".repeat(32));

  private static @Nullable Duration timer(@Nullable String text) {
    return text == null ? null : Duration.parse(text);
  }

  /** What a request says, after a pre-webhook has had its say. */
  private static Conversation.Draft answered(Conversation.Draft draft, Map<String, String> answer) {
    return draft.with(answer.get("friendly_name"), answer.get("attributes"));
  }

  private void check(Sid service, Conversation.Draft draft, @Nullable Sid self) {
    if (draft.friendlyName() != null && draft.friendlyName().length() > MAX_NAME) {
      throw ApiError.badRequest(20001, "FriendlyName is longer than 256 characters");
    }
    String unique = draft.uniqueName();
    if (unique != null && !unique.isEmpty()) {
      if (unique.length() > MAX_NAME) {
        throw ApiError.badRequest(20001, "UniqueName is longer than 256 characters");
      }
      boolean taken =
          all(service).stream()
              .anyMatch(c -> unique.equals(c.uniqueName()) && !c.sid().equals(self));
      if (taken) {
        throw ApiError.conflict(50353, "Conversation with provided unique name already exists");
      }
    }
    checkAttributes(draft.attributes(), MAX_ATTRIBUTES);
    if (isBetween(draft.inactiveAfter(), SHORTEST_INACTIVE)) {
      throw ApiError.badRequest(50375, "Inactive timer is less than the minimum of 1 minute");
    }
    if (isBetween(draft.closedAfter(), SHORTEST_CLOSED)) {
      throw ApiError.badRequest(50376, "Closed timer is less than the minimum of 10 minutes");
    }
  }

  private static boolean isBetween(@Nullable Duration timer, Duration shortest) {
    return timer != null && !timer.isZero() && timer.compareTo(shortest) < 0;
  }

  private static void checkAttributes(@Nullable String attributes, int most) {
    if (attributes != null && attributes.getBytes(StandardCharsets.UTF_8).length > most) {
      throw ApiError.badRequest(50303, "Attributes are longer than %d bytes".formatted(most));
    }
  }

  public Change<Conversation> update(Sid service, String name, Conversation.Draft draft) {
    Conversation before = of(service, name);
    checkOpen(before);
    check(service, draft, before.sid());
    return new Change<>() {
      @Override
      public Event before() {
        State state = draft.state() == null ? before.state() : draft.state();
        return Parameters.of(before.with(draft, state, before.updated()))
            .event("onConversationUpdate", service, before.sid());
      }

      @Override
      public Conversation apply(Map<String, String> answer, Instant now) {
        Conversation.Draft said = answered(draft, answer);
        Conversation present = present(before.sid());
        checkOpen(present);
        check(service, said, before.sid());
        State state = said.state() == null ? present.state() : said.state();
        Conversation changed = keep(present.with(said, state, now));
        events.accept(
            Parameters.of(changed).event("onConversationUpdated", service, changed.sid()));
        tellOfState(present, changed, "API", now);
        return changed;
      }
    };
  }

  private void tellOfState(Conversation before, Conversation after, String reason, Instant now) {
    if (before.state() != after.state()) {
      events.accept(
          Parameters.stateChange(after, before.state(), after.state(), reason, now)
              .event("onConversationStateUpdated", after.service(), after.sid()));
    }
  }

  private Conversation keep(Conversation conversation) {
    conversations.put(conversation.sid(), conversation);
    if (conversation.closed()) {
      closed.add(conversation.sid());
    }
    return conversation;
  }

  private static void checkOpen(Conversation conversation) {
    if (conversation.closed()) {
      throw ApiError.badRequest(50377, "Conversation is closed; it can not be modified");
    }
  }

  public Change<Conversation> delete(Sid service, String name) {
    Conversation before = of(service, name);
    return new Change<>() {
      @Override
      public Event before() {
        return Parameters.of(before).event("onConversationRemove", service, before.sid());
      }

      @Override
      public Conversation apply(Map<String, String> answer, Instant now) {
        Conversation present = present(before.sid());
        events.accept(
            Parameters.of(present)
                .removed(now)
                .event("onConversationRemoved", service, present.sid()));
        forget(present.sid());
        return present;
      }
    };
  }

  private void forget(Sid conversation) {
    for (Participant participant : participants(conversation)) {
      pairOf(participant).ifPresent(pair -> pairs.remove(pair, conversation));
    }
    conversations.remove(conversation);
    closed.remove(conversation);
    configured.remove(conversation);
    participants.remove(conversation);
    messages.remove(conversation);
    nextIndex.remove(conversation);
  }

  /**
   * Forgets what is beyond {@link #MAX_CONVERSATIONS}.
   *
   * @param inUse what stays in any case
   * @return what was forgotten
   */
  public List<Sid> forgetOldest(Predicate<Sid> inUse) {
    List<Sid> forgotten = new ArrayList<>();
    for (int many = conversations.size() - MAX_CONVERSATIONS; many > 0; many--) {
      Optional<Sid> oldest =
          Stream.concat(closed.stream(), conversations.keySet().stream())
              .filter(sid -> !configured.contains(sid) && !inUse.test(sid))
              .findFirst();
      if (oldest.isEmpty()) {
        break;
      }
      forget(oldest.get());
      webhooks.remove(oldest.get());
      forgotten.add(oldest.get());
    }
    return forgotten;
  }

  /** Takes away the last traces of a conversation, once its own webhooks were told. */
  public void forgetWebhooks(Sid conversation) {
    if (!conversations.containsKey(conversation)) {
      webhooks.remove(conversation);
    }
  }

  /** A timer of that conversation has run out, if it still runs to that instant. */
  public void timeIsUp(Sid sid, Instant at) {
    Conversation before = conversations.get(sid);
    if (before == null || before.closed()) {
      return;
    }
    State next =
        at.equals(before.closedAt())
            ? State.CLOSED
            : at.equals(before.inactiveAt()) ? State.INACTIVE : null;
    if (next != null) {
      Conversation after =
          new Conversation(
              sid,
              before.service(),
              before.messagingService(),
              before.friendlyName(),
              before.uniqueName(),
              before.attributes(),
              before.created(),
              at,
              next,
              before.inactiveAfter(),
              before.closedAfter(),
              null,
              next == State.CLOSED ? null : before.closedAt());
      keep(after);
      tellOfState(before, after, "TIMER", at);
    }
  }

  /** The account itself writes the attributes. */
  public Change<Conversation> writeAttributes(Sid sid, String attributes) {
    Conversation conversation = present(sid);
    return update(
        conversation.service(), sid.value(), Conversation.Draft.EMPTY.with(null, attributes));
  }

  // Participants

  public Change<Participant> addParticipant(Sid sid, Participant.Draft draft) {
    Conversation conversation = present(sid);
    checkOpen(conversation);
    check(conversation, draft, null);
    return new Change<>() {
      private Participant made(Sid with, Instant now) {
        return new Participant(
            with,
            sid,
            draft.identity(),
            binding(draft),
            draft.attributes() == null ? "{}" : draft.attributes(),
            draft.role() == null
                ? services.of(conversation.service()).conversationRole()
                : draft.role(),
            draft.created() == null ? now : draft.created(),
            draft.updated() == null ? now : draft.updated(),
            draft.lastReadIndex(),
            draft.lastReadTimestamp());
      }

      @Override
      public Event before() {
        return Parameters.of(made(PROSPECTIVE, Instant.EPOCH), false)
            .event("onParticipantAdd", conversation.service(), sid);
      }

      @Override
      public Participant apply(Map<String, String> answer, Instant now) {
        Conversation present = present(sid);
        checkOpen(present);
        check(present, draft, null);
        Participant made = made(sids.apply(SidKind.PARTICIPANT), now);
        if (made.identity() != null) {
          User unused = services.userOf(present.service(), made.identity(), now);
        }
        keep(made);
        events.accept(
            Parameters.of(made, true).event("onParticipantAdded", present.service(), sid));
        return made;
      }
    };
  }

  private void check(
      Conversation conversation, Participant.Draft draft, @Nullable Participant self) {
    checkAttributes(draft.attributes(), MAX_SMALL_ATTRIBUTES);
    services.checkRole(conversation.service(), draft.role());
    List<Participant> there = participants(conversation.sid());
    if (self == null) {
      boolean number = draft.address() != null || draft.proxyAddress() != null;
      if (draft.identity() == null && !number && draft.projectedAddress() == null) {
        throw ApiError.badRequest(50204, "Identity not provided");
      }
      long numbers = there.stream().filter(p -> p.binding() != null).count();
      if (there.size() >= MAX_PARTICIPANTS || (number && numbers >= MAX_NUMBERS)) {
        throw ApiError.badRequest(50417, "Participant limit of the conversation exceeded");
      }
    }
    String identity = draft.identity();
    if (identity != null) {
      if (identity.isEmpty() || identity.length() > MAX_NAME) {
        throw ApiError.badRequest(20001, "Identity must have 1 to 256 characters");
      }
      if (there.stream().anyMatch(p -> identity.equals(p.identity()) && !p.equals(self))) {
        throw ApiError.conflict(50433, "Participant already exists");
      }
    }
    String address = draft.address();
    String proxy = draft.proxyAddress();
    String projected = draft.projectedAddress();
    if (projected != null && !projected.isEmpty()) {
      checkProjected(projected, self == null ? identity : self.identity(), address);
    }
    if (self != null) {
      return;
    }
    if (address == null && proxy != null) {
      throw ApiError.badRequest(50411, "Messaging binding address must not be empty");
    }
    if (address != null && proxy == null) {
      throw ApiError.badRequest(50412, "Messaging binding proxy address must not be empty");
    }
    if (address != null && proxy != null) {
      checkPair(address, proxy);
    }
  }

  /** A worker's number in a group text: one of the account's, beside an identity. */
  private void checkProjected(
      String projected, @Nullable String identity, @Nullable String address) {
    if (identity == null || address != null) {
      throw ApiError.badRequest(
          50443, "A projected address goes with an Identity, and without an Address");
    }
    if (!isNumber(projected)) {
      throw ApiError.badRequest(50408, "Invalid messaging binding projected address");
    }
    if (!ownNumbers.test(plain(projected))) {
      throw ApiError.badRequest(
          50413, "Messaging binding projected address is not of this account");
    }
  }

  private void checkPair(String address, String proxy) {
    if (!isNumber(address) || (ownNumbers.test(plain(address)) && !isOpenHouse())) {
      throw ApiError.badRequest(50407, "Invalid messaging binding address");
    }
    if (!isNumber(proxy)) {
      throw ApiError.badRequest(50408, "Invalid messaging binding proxy address");
    }
    if (address.equals(proxy)) {
      throw ApiError.badRequest(50409, "Messaging binding address and proxy address are equal");
    }
    if (!typeOf(address).equals(typeOf(proxy))) {
      throw ApiError.badRequest(50414, "Messaging binding address types do not match");
    }
    if (!ownNumbers.test(plain(proxy))) {
      throw ApiError.badRequest(50413, "Messaging binding proxy address is not of this account");
    }
    Optional<Conversation> taken = withPair(address, proxy);
    if (taken.isPresent()) {
      throw ApiError.conflict(
          50416,
          "A binding for this participant and proxy address already exists in Conversation "
              + taken.get().sid());
    }
  }

  /** Whether every number is the account's, as when nothing is configured. */
  private boolean isOpenHouse() {
    return ownNumbers.test("+10000000000");
  }

  private static final String WHATSAPP = "whatsapp:";

  private static String typeOf(String address) {
    return address.startsWith(WHATSAPP) ? "whatsapp" : "sms";
  }

  private static String plain(String address) {
    return address.startsWith(WHATSAPP) ? address.substring(WHATSAPP.length()) : address;
  }

  private static boolean isNumber(String address) {
    return Addresses.isE164(plain(address));
  }

  private static Participant.@Nullable Binding binding(Participant.Draft draft) {
    String any =
        draft.address() != null
            ? draft.address()
            : draft.proxyAddress() != null ? draft.proxyAddress() : draft.projectedAddress();
    return any == null
        ? null
        : new Participant.Binding(
            typeOf(any), draft.address(), draft.proxyAddress(), draft.projectedAddress());
  }

  public Change<Participant> updateParticipant(Sid sid, String name, Participant.Draft draft) {
    Conversation conversation = present(sid);
    Participant before = participant(sid, name);
    checkOpen(conversation);
    check(conversation, draft, before);
    checkAddresses(before, draft);
    return new Change<>() {
      private Participant changed(Participant present, Instant now) {
        return new Participant(
            present.sid(),
            sid,
            draft.identity() == null ? present.identity() : draft.identity(),
            projected(present, draft.projectedAddress()),
            draft.attributes() == null ? present.attributes() : draft.attributes(),
            draft.role() == null ? present.role() : draft.role(),
            draft.created() == null ? present.created() : draft.created(),
            draft.updated() == null ? now : draft.updated(),
            draft.lastReadIndex() == null ? present.lastReadIndex() : draft.lastReadIndex(),
            lastRead(present, draft, now));
      }

      @Override
      public Event before() {
        return Parameters.of(changed(before, before.updated()), true)
            .updated(before.updated())
            .event("onParticipantUpdate", conversation.service(), sid);
      }

      @Override
      public Participant apply(Map<String, String> answer, Instant now) {
        Conversation now_ = present(sid);
        Participant there = participant(sid, before.sid().value());
        checkOpen(now_);
        check(now_, draft, there);
        checkAddresses(there, draft);
        Participant changed = changed(there, now);
        keep(changed);
        events.accept(
            Parameters.of(changed, true)
                .updated(now)
                .add("LastReadMessageIndex", changed.lastReadIndex())
                .event("onParticipantUpdated", conversation.service(), sid));
        return changed;
      }
    };
  }

  /** The numbers of a customer are there to stay; a worker's number in group texts is not. */
  private static void checkAddresses(Participant before, Participant.Draft draft) {
    Participant.Binding binding = before.binding();
    String proxy = draft.proxyAddress();
    if (proxy != null && (binding == null || !proxy.equals(binding.proxyAddress()))) {
      throw ApiError.badRequest(
          50441, "Failed to add a proxy address to a participant (%s)".formatted(before.sid()));
    }
    boolean takesAway = "".equals(draft.projectedAddress());
    if (takesAway && (binding == null || binding.projectedAddress() == null)) {
      throw ApiError.badRequest(
          50442,
          "Failed to remove the projected address of a participant (%s)".formatted(before.sid()));
    }
  }

  /** Who reads on does so now, if nothing else is said. */
  private static @Nullable String lastRead(
      Participant present, Participant.Draft draft, Instant now) {
    return draft.lastReadTimestamp() != null
        ? draft.lastReadTimestamp()
        : draft.lastReadIndex() != null ? TwilioDates.iso8601(now) : present.lastReadTimestamp();
  }

  /**
   * @param projected empty: takes it away; null: as before
   */
  private static Participant.@Nullable Binding projected(
      Participant present, @Nullable String projected) {
    return projected == null
        ? present.binding()
        : projected.isEmpty()
            ? null
            : new Participant.Binding(typeOf(projected), null, null, projected);
  }

  public Change<Participant> removeParticipant(Sid sid, String name) {
    Conversation conversation = present(sid);
    Participant before = participant(sid, name);
    return new Change<>() {
      @Override
      public Event before() {
        return Parameters.of(before, true)
            .updated(before.updated())
            .event("onParticipantRemove", conversation.service(), sid);
      }

      @Override
      public Participant apply(Map<String, String> answer, Instant now) {
        Participant gone = participant(sid, before.sid().value());
        participants.getOrDefault(sid, Map.of()).remove(gone.sid());
        pairOf(gone).ifPresent(pair -> pairs.remove(pair, sid));
        events.accept(
            Parameters.of(gone, true)
                .updated(now)
                .removed(now)
                .event("onParticipantRemoved", conversation.service(), sid));
        return gone;
      }
    };
  }

  // Messages

  public List<Message> messages(Sid conversation) {
    return List.copyOf(messages.getOrDefault(conversation, Map.of()).values());
  }

  public Message message(Sid conversation, String sid) {
    return messages(conversation).stream()
        .filter(m -> m.sid().value().equals(sid))
        .findFirst()
        .orElseThrow(
            () -> ApiError.notFound("/Conversations/" + conversation + "/Messages/" + sid));
  }

  private static void check(Message.Draft draft) {
    if (draft.body() != null && draft.body().length() > MAX_BODY) {
      throw ApiError.badRequest(20001, "Body is longer than 1600 characters");
    }
    if (draft.author() != null && draft.author().length() > MAX_NAME) {
      throw ApiError.badRequest(20001, "Author is longer than 256 characters");
    }
    checkAttributes(draft.attributes(), MAX_SMALL_ATTRIBUTES);
  }

  public Change<Message> addMessage(Sid sid, Message.Draft draft) {
    Conversation conversation = present(sid);
    checkOpen(conversation);
    check(draft);
    return new Change<>() {
      private Message made(Message.Draft draft, Sid with, int index, Instant now) {
        String author = draft.author() == null ? "system" : draft.author();
        Sid participant =
            participants(sid).stream()
                .filter(p ->
                    author.equals(p.identity())
                        || (p.binding() != null && author.equals(p.binding().address())))
                .map(Participant::sid)
                .findFirst()
                .orElse(null);
        return new Message(
            with,
            sid,
            index,
            author,
            draft.body(),
            participant,
            draft.attributes() == null ? "{}" : draft.attributes(),
            draft.created() == null ? now : draft.created(),
            draft.updated() == null ? now : draft.updated());
      }

      @Override
      public Event before() {
        Message like = made(draft, PROSPECTIVE, 0, Instant.EPOCH);
        return Parameters.of(like, false)
            .event("onMessageAdd", conversation.service(), sid, text(like));
      }

      @Override
      public Message apply(Map<String, String> answer, Instant now) {
        Message.Draft said = draft.with(answer);
        check(said);
        Conversation present = present(sid);
        checkOpen(present);
        int index = nextIndex.merge(sid, 1, Integer::sum) - 1;
        Message made = made(said, sids.apply(SidKind.CONVERSATION_MESSAGE), index, now);
        messages.computeIfAbsent(sid, s -> new LinkedHashMap<>()).put(made.sid(), made);
        events.accept(
            Parameters.of(made, true)
                .add("MessagingServiceSid", present.messagingService())
                .event("onMessageAdded", present.service(), sid, text(made)));
        Conversation woken =
            keep(
                present.with(
                    Conversation.Draft.EMPTY,
                    present.state() == State.INACTIVE ? State.ACTIVE : present.state(),
                    now));
        tellOfState(present, woken, "EVENT", now);
        return made;
      }
    };
  }

  private static String text(Message message) {
    return message.body() == null ? "" : message.body();
  }

  public Change<Message> updateMessage(Sid sid, String name, Message.Draft draft) {
    Conversation conversation = present(sid);
    Message before = message(sid, name);
    checkOpen(conversation);
    check(draft);
    return new Change<>() {
      private Message changed(Message.Draft draft, Message present, Instant now) {
        return new Message(
            present.sid(),
            sid,
            present.index(),
            draft.author() == null ? present.author() : draft.author(),
            draft.body() == null ? present.body() : draft.body(),
            present.participant(),
            draft.attributes() == null ? present.attributes() : draft.attributes(),
            draft.created() == null ? present.created() : draft.created(),
            draft.updated() == null ? now : draft.updated());
      }

      @Override
      public Event before() {
        Message like = changed(draft, before, before.updated());
        return Parameters.of(like, true)
            .updated(before.updated())
            .event("onMessageUpdate", conversation.service(), sid, text(like));
      }

      @Override
      public Message apply(Map<String, String> answer, Instant now) {
        Message.Draft said = draft.with(answer);
        check(said);
        Message changed = changed(said, message(sid, before.sid().value()), now);
        messages.computeIfAbsent(sid, s -> new LinkedHashMap<>()).put(changed.sid(), changed);
        events.accept(
            Parameters.of(changed, true)
                .updated(now)
                .event("onMessageUpdated", conversation.service(), sid, text(changed)));
        return changed;
      }
    };
  }

  public Change<Message> removeMessage(Sid sid, String name) {
    Conversation conversation = present(sid);
    Message before = message(sid, name);
    return new Change<>() {
      @Override
      public Event before() {
        return Parameters.of(before, true)
            .updated(before.updated())
            .event("onMessageRemove", conversation.service(), sid, text(before));
      }

      @Override
      public Message apply(Map<String, String> answer, Instant now) {
        Message gone = message(sid, before.sid().value());
        messages.getOrDefault(sid, Map.of()).remove(gone.sid());
        events.accept(
            Parameters.of(gone, true)
                .updated(now)
                .removed(now)
                .event("onMessageRemoved", conversation.service(), sid, text(gone)));
        return gone;
      }
    };
  }

  // Webhooks of one conversation

  public List<Webhook> webhooks(Sid conversation) {
    return List.copyOf(webhooks.getOrDefault(conversation, Map.of()).values());
  }

  public Webhook webhook(Sid conversation, String sid) {
    return webhooks(conversation).stream()
        .filter(w -> w.sid().value().equals(sid))
        .findFirst()
        .orElseThrow(
            () -> ApiError.notFound("/Conversations/" + conversation + "/Webhooks/" + sid));
  }

  public Webhook addWebhook(Sid conversation, Webhook.Draft draft, Instant now) {
    present(conversation);
    if (webhooks(conversation).size() >= MAX_WEBHOOKS) {
      throw ApiError.badRequest(50361, "A conversation can have 5 webhooks at most");
    }
    return keep(
        new Webhook(
            sids.apply(SidKind.WEBHOOK),
            conversation,
            draft.target() == null ? "webhook" : draft.target(),
            draft.url(),
            draft.method() == null ? dev.ringback.twiml.HttpMethod.POST : draft.method(),
            filtersOf(draft),
            draft.triggers() == null ? List.of() : List.copyOf(draft.triggers()),
            draft.flow(),
            draft.replayAfter(),
            now,
            now));
  }

  /** Words are those of messages. */
  private static List<String> filtersOf(Webhook.Draft draft) {
    if (draft.filters() != null) {
      return List.copyOf(draft.filters());
    }
    return "trigger".equals(draft.target()) ? List.of("onMessageAdded") : List.of();
  }

  public Webhook updateWebhook(Sid conversation, String sid, Webhook.Draft draft, Instant now) {
    Webhook before = webhook(conversation, sid);
    return keep(
        new Webhook(
            before.sid(),
            conversation,
            before.target(),
            draft.url() == null ? before.url() : draft.url(),
            draft.method() == null ? before.method() : draft.method(),
            draft.filters() == null ? before.filters() : List.copyOf(draft.filters()),
            draft.triggers() == null ? before.triggers() : List.copyOf(draft.triggers()),
            draft.flow() == null ? before.flow() : draft.flow(),
            before.replayAfter(),
            before.created(),
            now));
  }

  private Webhook keep(Webhook webhook) {
    webhooks
        .computeIfAbsent(webhook.conversation(), s -> new LinkedHashMap<>())
        .put(webhook.sid(), webhook);
    return webhook;
  }

  public void removeWebhook(Sid conversation, String sid) {
    Webhook gone = webhook(conversation, sid);
    webhooks.getOrDefault(conversation, Map.of()).remove(gone.sid());
  }

  // Who is asked and told

  /** An address and how it is asked. */
  public record Listener(String url, dev.ringback.twiml.HttpMethod method) {}

  /** Who is asked before: those of the account first, then those of the service. */
  public List<Listener> askedBefore(Event event) {
    List<Listener> listeners = new ArrayList<>();
    for (Webhooks each : List.of(services.webhooks(), services.of(event.service()).webhooks())) {
      if (each.pre() != null && each.wants(event.name())) {
        listeners.add(new Listener(each.pre(), each.method()));
      }
    }
    return listeners;
  }

  /** Who is told afterwards. */
  public List<Listener> toldAfter(Event event) {
    List<Listener> listeners = new ArrayList<>();
    List<Webhooks> wide = new ArrayList<>(List.of(services.webhooks()));
    services.find(event.service()).ifPresent(service -> wide.add(service.webhooks()));
    for (Webhooks each : wide) {
      if (each.post() != null && each.wants(event.name())) {
        listeners.add(new Listener(each.post(), each.method()));
      }
    }
    if (event.conversation() != null) {
      for (Webhook webhook : webhooks(event.conversation())) {
        boolean triggered =
            webhook.triggers().isEmpty()
                || webhook.triggers().stream().anyMatch(event.words()::contains);
        if (webhook.url() != null
            && triggered
            && webhook.filters().stream().anyMatch(event.name()::equalsIgnoreCase)) {
          listeners.add(new Listener(webhook.url(), webhook.method()));
        }
      }
    }
    return listeners;
  }

  // Built again

  /** Puts in place what is configured; nobody is told. */
  public void configure(Conversation conversation, List<Participant.Draft> drafts, Instant now) {
    configured.add(conversation.sid());
    restore(conversation, drafts, now);
  }

  /** Puts in place what is there already, or was there in another world; nobody is told. */
  public void restore(Conversation conversation, List<Participant.Draft> drafts, Instant now) {
    keep(conversation);
    for (Participant.Draft draft : drafts) {
      Participant made =
          new Participant(
              sids.apply(SidKind.PARTICIPANT),
              conversation.sid(),
              draft.identity(),
              binding(draft),
              "{}",
              services.find(conversation.service()).map(Service::conversationRole).orElse(null),
              now,
              now,
              null,
              null);
      if (made.identity() != null && services.find(conversation.service()).isPresent()) {
        User unused = services.userOf(conversation.service(), made.identity(), now);
      }
      keep(made);
    }
  }
}
