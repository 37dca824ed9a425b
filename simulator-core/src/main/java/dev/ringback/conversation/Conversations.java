package dev.ringback.conversation;

import dev.ringback.account.ApiError;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The conversations of an account with their participants and messages: they are found here, and
 * the oldest are forgotten. Changes are made by {@link ConversationChanges}, {@link
 * ParticipantChanges} and {@link MessageChanges}.
 */
public final class Conversations {
  /**
   * Beyond this number conversations are forgotten, and nobody is told: closed ones first, then
   * open ones, the oldest first. What is configured stays, and so does what a live call is in.
   */
  public static final int MAX_CONVERSATIONS = 10_000;

  private final Map<Sid, Conversation> conversations = new LinkedHashMap<>();
  private final Map<Sid, Map<Sid, Participant>> participants = new LinkedHashMap<>();
  private final Map<Sid, Map<Sid, Message>> messages = new LinkedHashMap<>();
  private final Map<Sid, Integer> nextIndex = new LinkedHashMap<>();
  private final NumberPairIndex pairs = new NumberPairIndex();

  /** In the order in which they were closed. */
  private final Set<Sid> closed = new LinkedHashSet<>();

  /** There from the beginning. */
  private final Set<Sid> configured = new HashSet<>();

  Conversations() {}

  // Conversations

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
    return named(service, name).orElseThrow(() -> ApiError.notFound("/Conversations/" + name));
  }

  Optional<Conversation> named(Sid service, String uniqueName) {
    return conversations.values().stream()
        .filter(c -> c.service().equals(service) && uniqueName.equals(c.uniqueName()))
        .findFirst();
  }

  Conversation present(Sid sid) {
    return find(sid).orElseThrow(() -> ApiError.notFound("/Conversations/" + sid));
  }

  /** The open conversation of the account that has this pair of numbers in it. */
  public Optional<Conversation> withPair(String address, String proxyAddress) {
    return withPair(new NumberPair(address, proxyAddress));
  }

  Optional<Conversation> withPair(NumberPair pair) {
    return pairs.find(pair).flatMap(this::find).filter(c -> !c.closed() && holds(c.sid(), pair));
  }

  private boolean holds(Sid conversation, NumberPair pair) {
    return participants.getOrDefault(conversation, Map.of()).values().stream()
        .anyMatch(p -> p.pair().filter(pair::equals).isPresent());
  }

  void keep(Conversation conversation) {
    conversations.put(conversation.sid(), conversation);
    if (conversation.closed()) {
      closed.add(conversation.sid());
    }
  }

  /** Moves all conversations of a service to another one. */
  void move(Sid service, Sid to) {
    conversations.replaceAll((sid, conversation) ->
        conversation.service().equals(service) ? conversation.movedTo(to) : conversation);
  }

  // Participants

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

  void keep(Participant participant) {
    participants
        .computeIfAbsent(participant.conversation(), s -> new LinkedHashMap<>())
        .put(participant.sid(), participant);
    if (find(participant.conversation()).filter(c -> !c.closed()).isPresent()) {
      pairs.add(participant);
    }
  }

  void remove(Participant participant) {
    participants.getOrDefault(participant.conversation(), Map.of()).remove(participant.sid());
    pairs.remove(participant);
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

  /** The index of the next message, which no other message gets, even when that one is removed. */
  int takeIndex(Sid conversation) {
    return nextIndex.merge(conversation, 1, Integer::sum) - 1;
  }

  void keep(Message message) {
    messages
        .computeIfAbsent(message.conversation(), s -> new LinkedHashMap<>())
        .put(message.sid(), message);
  }

  void remove(Message message) {
    messages.getOrDefault(message.conversation(), Map.of()).remove(message.sid());
  }

  // Forgetting

  /** A conversation of the configuration is never the oldest. */
  void keepAlways(Sid conversation) {
    configured.add(conversation);
  }

  void forget(Sid conversation) {
    participants(conversation).forEach(pairs::remove);
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
  List<Sid> forgetOldest(Predicate<Sid> inUse) {
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
      forgotten.add(oldest.get());
    }
    return forgotten;
  }
}
