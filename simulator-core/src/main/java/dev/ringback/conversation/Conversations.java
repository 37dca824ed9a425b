package dev.ringback.conversation;

import dev.ringback.account.ApiError;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.journal.Footprint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

  /** So they are when all take more than so many bytes, by {@link Footprint}. */
  public static final long MAX_BYTES = 48L * 1024 * 1024;

  /** Bytes: beyond them the oldest messages of a conversation are forgotten. */
  public static final long MAX_BYTES_OF_ONE = 8L * 1024 * 1024;

  private static final SequencedMap<Sid, Message> NO_MESSAGES = Collections.emptySortedMap();

  private final Map<Sid, Conversation> conversations = new LinkedHashMap<>();
  private final Map<Sid, Map<Sid, Participant>> participants = new LinkedHashMap<>();
  private final Map<Sid, SequencedMap<Sid, Message>> messages = new LinkedHashMap<>();
  private final Map<Sid, Integer> nextIndex = new LinkedHashMap<>();
  private final NumberPairIndex pairs = new NumberPairIndex();

  /** In the order in which they were closed. */
  private final Set<Sid> closed = new LinkedHashSet<>();

  /** What each takes with all that is in it, in bytes. */
  private final Map<Sid, Long> footprints = new HashMap<>();

  private long bytes;

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
    Conversation before = conversations.put(conversation.sid(), conversation);
    takes(conversation.sid(), footprint(conversation) - footprint(before));
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
    Participant before =
        participants
            .computeIfAbsent(participant.conversation(), s -> new LinkedHashMap<>())
            .put(participant.sid(), participant);
    takes(participant.conversation(), footprint(participant) - footprint(before));
    if (find(participant.conversation()).filter(c -> !c.closed()).isPresent()) {
      pairs.add(participant);
    }
  }

  void remove(Participant participant) {
    Map<Sid, Participant> those = participants.getOrDefault(participant.conversation(), Map.of());
    takes(participant.conversation(), -footprint(those.remove(participant.sid())));
    pairs.remove(participant);
  }

  // Messages

  public List<Message> messages(Sid conversation) {
    return List.copyOf(messages.getOrDefault(conversation, NO_MESSAGES).values());
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
    SequencedMap<Sid, Message> those = messagesIn(message.conversation());
    Message before = those.put(message.sid(), message);
    takes(message.conversation(), footprint(message) - footprint(before));
    while (footprints.getOrDefault(message.conversation(), 0L) > MAX_BYTES_OF_ONE
        && those.size() > 1) {
      remove(those.firstEntry().getValue());
    }
  }

  void remove(Message message) {
    SequencedMap<Sid, Message> those = messagesIn(message.conversation());
    takes(message.conversation(), -footprint(those.remove(message.sid())));
  }

  private SequencedMap<Sid, Message> messagesIn(Sid conversation) {
    return messages.computeIfAbsent(conversation, s -> new LinkedHashMap<>());
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
    Long took = footprints.remove(conversation);
    bytes -= took == null ? 0 : took;
  }

  private void takes(Sid conversation, long more) {
    footprints.merge(conversation, more, Long::sum);
    bytes += more;
  }

  private static long footprint(@Nullable Conversation conversation) {
    return conversation == null
        ? 0
        : 2 * Footprint.OBJECT
            + Footprint.of(conversation.friendlyName())
            + Footprint.of(conversation.uniqueName())
            + Footprint.of(conversation.attributes());
  }

  private static long footprint(@Nullable Participant participant) {
    return participant == null
        ? 0
        : 2 * Footprint.OBJECT
            + Footprint.of(participant.identity())
            + Footprint.of(participant.attributes());
  }

  private static long footprint(@Nullable Message message) {
    return message == null
        ? 0
        : 2 * Footprint.OBJECT
            + Footprint.of(message.author())
            + Footprint.of(message.body())
            + Footprint.of(message.attributes());
  }

  /**
   * Forgets what is beyond {@link #MAX_CONVERSATIONS} and {@link #MAX_BYTES}.
   *
   * @param inUse what stays in any case
   * @return what was forgotten
   */
  List<Sid> forgetOldest(Predicate<Sid> inUse) {
    List<Sid> forgotten = new ArrayList<>();
    while (conversations.size() > MAX_CONVERSATIONS || bytes > MAX_BYTES) {
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
