package dev.ringback.engine;

import dev.ringback.call.DirectoryAnswer;
import dev.ringback.call.DirectoryQuestion;
import dev.ringback.call.RoomQuestion;
import dev.ringback.engine.WorldSettings.Frontline;
import dev.ringback.engine.WorldSettings.KnownConversation;
import dev.ringback.engine.WorldSettings.Routing;
import dev.ringback.engine.WorldSettings.Worker;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.journal.Fact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who is in which conversation. Calls ask it by effect and hear its answers as inputs; nobody else
 * touches it.
 */
final class Directory {

  private static final int INVALID_ADDRESS = 50407;
  private static final int BINDING_EXISTS = 50416;

  private final Frontline frontline;
  private final List<Worker> workers;
  private final Supplier<Sid> conversationSids;
  private final Map<Sid, Conversation> conversations = new LinkedHashMap<>();
  private @Nullable Sid service;
  private int nextInPool;

  /**
   * @param service null: the account's, whichever that turns out to be
   * @param workers in the order in which they joined
   */
  record Conversation(
      Sid sid,
      @Nullable Sid service,
      String customer,
      String number,
      List<String> workers,
      boolean closed) {
    boolean between(String customer, String number) {
      return !closed && this.customer.equals(customer) && this.number.equals(number);
    }

    @Nullable String firstWorker() {
      return workers.isEmpty() ? null : workers.getFirst();
    }
  }

  /**
   * @param facts for the journal
   * @param joined a worker that routing added right after; null: none
   */
  record Reply(
      DirectoryAnswer answer, List<Fact> facts, DirectoryAnswer.@Nullable WorkerJoined joined) {}

  Directory(WorldSettings settings, Supplier<Sid> conversationSids) {
    this.frontline = settings.frontline();
    this.workers = settings.workers();
    this.conversationSids = conversationSids;
    this.service = frontline.service();
    for (KnownConversation known : settings.conversations()) {
      Sid sid = known.sid() == null ? conversationSids.get() : known.sid();
      conversations.put(
          sid,
          new Conversation(
              sid,
              known.service(),
              known.customer(),
              known.number(),
              known.worker() == null ? List.of() : List.of(known.worker()),
              known.closed()));
    }
  }

  Reply ask(DirectoryQuestion question) {
    List<Fact> facts = new ArrayList<>();
    return switch (question) {
      case DirectoryQuestion.FindPair find ->
          reply(
              isUnknown(find.service(), facts) ? new DirectoryAnswer.UnknownService() : find(find),
              facts);
      case DirectoryQuestion.FindForWorker find ->
          reply(
              isUnknown(find.service(), facts)
                  ? new DirectoryAnswer.UnknownService()
                  : findForWorker(find),
              facts);
      case DirectoryQuestion.Create create -> create(create, facts);
      case RoomQuestion other -> throw new IllegalArgumentException("for the rooms: " + other);
    };
  }

  private static Reply reply(DirectoryAnswer answer, List<Fact> facts) {
    return new Reply(answer, facts, null);
  }

  /** Without a configured service the first one named becomes the account's. */
  private boolean isUnknown(Sid named, List<Fact> facts) {
    if (service == null) {
      service = named;
      facts.add(new Fact.ServiceAdopted(named));
    }
    return !service.equals(named);
  }

  private DirectoryAnswer find(DirectoryQuestion.FindPair find) {
    for (Conversation conversation : conversations.values()) {
      if (conversation.between(find.caller(), find.called())
          && isIn(conversation, find.service())) {
        return new DirectoryAnswer.Found(conversation.sid(), conversation.firstWorker());
      }
    }
    return new DirectoryAnswer.NoConversation();
  }

  private DirectoryAnswer findForWorker(DirectoryQuestion.FindForWorker find) {
    String sid = find.conversationSid();
    if (sid == null) {
      return invalid("the worker's call names no ConversationSid");
    }
    if (!Sid.isWellFormed(SidKind.CONVERSATION, sid)) {
      return invalid("'" + sid + "' is not the SID of a conversation");
    }
    Conversation conversation = conversations.get(new Sid(sid));
    if (conversation == null) {
      return invalid("there is no conversation " + sid);
    }
    if (conversation.closed()) {
      return invalid("conversation " + sid + " is closed");
    }
    if (!isIn(conversation, find.service())) {
      return invalid("conversation " + sid + " is in another service");
    }
    if (!conversation.workers().contains(find.worker())) {
      return invalid(find.worker() + " is not in conversation " + sid);
    }
    return new DirectoryAnswer.FoundForWorker(
        conversation.sid(), conversation.customer(), conversation.number());
  }

  private static DirectoryAnswer invalid(String reason) {
    return new DirectoryAnswer.InvalidConversation(reason);
  }

  private boolean isIn(Conversation conversation, Sid service) {
    return conversation.service() == null || conversation.service().equals(service);
  }

  private Reply create(DirectoryQuestion.Create create, List<Fact> facts) {
    if (!Addresses.isE164(create.caller())) {
      return reply(
          new DirectoryAnswer.NotCreated(
              INVALID_ADDRESS,
              "Invalid messaging binding address: the caller '%s' is not an E.164 number"
                  .formatted(create.caller())),
          facts);
    }
    for (Conversation conversation : conversations.values()) {
      if (conversation.between(create.caller(), create.called())) {
        return reply(
            new DirectoryAnswer.NotCreated(
                BINDING_EXISTS,
                "A binding for this participant and proxy address already exists in Conversation "
                    + conversation.sid()),
            facts);
      }
    }
    Conversation made =
        new Conversation(
            conversationSids.get(),
            create.service(),
            create.caller(),
            create.called(),
            List.of(),
            false);
    conversations.put(made.sid(), made);
    facts.add(
        new Fact.ConversationCreated(
            made.sid(), create.service(), create.caller(), create.called()));
    DirectoryAnswer.WorkerJoined joined = route(made, facts);
    return new Reply(new DirectoryAnswer.Created(made.sid()), facts, joined);
  }

  private DirectoryAnswer.@Nullable WorkerJoined route(Conversation made, List<Fact> facts) {
    if (frontline.routing() == Routing.NONE) {
      return null;
    }
    List<Worker> pool = pool();
    for (int i = 0; i < pool.size(); i++) {
      Worker candidate = pool.get((nextInPool + i) % pool.size());
      if (candidate.available()) {
        nextInPool = (nextInPool + i + 1) % pool.size();
        return add(made, candidate.identity(), facts);
      }
    }
    return null;
  }

  /** The workers of the pool, in its order; one that is not configured is available. */
  private List<Worker> pool() {
    if (frontline.pool().isEmpty()) {
      return workers;
    }
    return frontline.pool().stream()
        .map(identity ->
            workers.stream()
                .filter(w -> w.identity().equals(identity))
                .findFirst()
                .orElse(new Worker(identity, true, null)))
        .toList();
  }

  private DirectoryAnswer.WorkerJoined add(
      Conversation conversation, String worker, List<Fact> facts) {
    List<String> longer = new ArrayList<>(conversation.workers());
    longer.add(worker);
    conversations.put(
        conversation.sid(),
        new Conversation(
            conversation.sid(),
            conversation.service(),
            conversation.customer(),
            conversation.number(),
            List.copyOf(longer),
            conversation.closed()));
    facts.add(new Fact.WorkerAdded(conversation.sid(), worker));
    return new DirectoryAnswer.WorkerJoined(conversation.sid(), worker);
  }

  /** Adds a worker to a conversation that exists; empty when there is none of that SID. */
  Optional<DirectoryAnswer.WorkerJoined> addWorker(Sid sid, String worker, List<Fact> facts) {
    Conversation conversation = conversations.get(sid);
    return conversation == null || conversation.closed()
        ? Optional.empty()
        : Optional.of(add(conversation, worker, facts));
  }

  /** The newest open conversation with that customer's number, or with that worker in it. */
  Optional<Conversation> openWith(String customer, @Nullable String worker) {
    Conversation found = null;
    for (Conversation conversation : conversations.values()) {
      if (!conversation.closed()
          && conversation.customer().equals(customer)
          && (worker == null || conversation.workers().contains(worker))) {
        found = conversation;
      }
    }
    return Optional.ofNullable(found);
  }

  /**
   * Takes over what another directory did for a call that moves here.
   *
   * @return a conversation that now waits for its worker, if the fact made one
   */
  Optional<Sid> restore(Fact fact) {
    if (fact instanceof Fact.ConversationCreated created) {
      conversations.put(
          created.conversation(),
          new Conversation(
              created.conversation(),
              created.service(),
              created.customer(),
              created.number(),
              List.of(),
              false));
      return Optional.of(created.conversation());
    }
    if (fact instanceof Fact.WorkerAdded added) {
      Conversation conversation = conversations.get(added.conversation());
      if (conversation != null && !conversation.workers().contains(added.worker())) {
        add(conversation, added.worker(), new ArrayList<>());
      }
    }
    return Optional.empty();
  }
}
