package dev.ringback.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringback.account.ApiError;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.id.SidMint;
import dev.ringback.snapshot.SerializablePredicate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/** A directory of one account with one number, and what it has told of. */
final class DirectoryFixture {
  static final String OWN = "+15017122661";
  static final String OTHER_OWN = "+15017122662";
  static final String CUSTOMER = "+15558675310";
  static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");

  final List<Event> events = new ArrayList<>();
  private SidMint mint = SidMint.of(1);
  final Directory directory;
  final Sid service;

  DirectoryFixture() {
    this(number -> number.equals(OWN) || number.equals(OTHER_OWN));
  }

  /**
   * @param ownNumbers whether a number is the account's
   */
  DirectoryFixture(SerializablePredicate<String> ownNumbers) {
    directory =
        new Directory(
            null, WebhookConfiguration.NONE, ownNumbers, NOW, kind -> sid(kind), events::add);
    service = directory.services().own().sid();
  }

  private Sid sid(SidKind kind) {
    mint = mint.next();
    return mint.sid(kind);
  }

  Conversation conversation() {
    return made(directory.conversationChanges().create(service, Conversation.Draft.EMPTY));
  }

  Conversation conversation(Conversation.Draft draft) {
    return made(directory.conversationChanges().create(service, draft));
  }

  static Conversation.Draft named(@Nullable String friendlyName, @Nullable String uniqueName) {
    return new Conversation.Draft(
        friendlyName, uniqueName, null, null, null, null, null, null, null);
  }

  static Conversation.Draft in(State state) {
    return new Conversation.Draft(null, null, null, null, state, null, null, null, null);
  }

  static Message.Draft says(@Nullable String author, @Nullable String body) {
    return new Message.Draft(author, body, null, null, null);
  }

  Participant worker(Conversation conversation, String identity) {
    return joined(conversation, Participant.Draft.worker(identity));
  }

  Participant joined(Conversation conversation, Participant.Draft draft) {
    return made(directory.participantChanges().add(conversation.sid(), draft));
  }

  Message message(Conversation conversation, @Nullable String author, String body) {
    return made(directory.messageChanges().add(conversation.sid(), says(author, body)));
  }

  void close(Conversation conversation) {
    made(
        directory
            .conversationChanges()
            .update(service, conversation.sid().value(), in(State.CLOSED)));
  }

  static <T> T made(Change<T> change) {
    return change.apply(Map.of(), NOW);
  }

  static void refused(int code, Executable change) {
    assertEquals(code, assertThrows(ApiError.class, change).code());
  }

  /** What is refused when it is asked for is also refused when it has become impossible since. */
  <T> void refusedNowAndLater(int code, Supplier<Change<T>> change, Runnable obstacle) {
    Change<T> asked = change.get();
    obstacle.run();
    refused(code, change::get);
    events.clear();
    refused(code, () -> made(asked));
    assertEquals(List.of(), events);
  }

  /** The last event that was told. */
  Event told() {
    return events.getLast();
  }
}
