package dev.ringback.engine;

import dev.ringback.conversation.Directory;
import dev.ringback.conversation.Event;
import dev.ringback.id.Sid;
import dev.ringback.snapshot.SerializableConsumer;
import dev.ringback.voice.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The conversations of a world, and what has just happened to them. */
final class ConversationEvents {
  private final List<Event> happened = new ArrayList<>();
  private final Directory directory;

  /**
   * @param directory made with what hears of each event
   */
  ConversationEvents(Function<SerializableConsumer<Event>, Directory> directory) {
    this.directory = directory.apply(happened::add);
  }

  Directory directory() {
    return directory;
  }

  /** What has happened since this was asked last. */
  List<Event> take() {
    List<Event> events = List.copyOf(happened);
    happened.clear();
    return events;
  }

  /** What has happened was only in the attempt, or is what the world begins with. */
  void clear() {
    happened.clear();
  }

  List<Target> askedBefore(Event event) {
    return directory.webhookTargets().askedBefore(event);
  }

  List<Target> toldAfter(Event event) {
    return directory.webhookTargets().toldAfter(event);
  }

  /** A timer of that conversation's runs out then. */
  List<Event> timeIsUp(Sid conversation, Instant at) {
    directory.conversationChanges().timeIsUp(conversation, at);
    return take();
  }
}
