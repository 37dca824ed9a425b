package dev.ringback.engine;

import dev.ringback.account.Addresses;
import dev.ringback.account.ApiError;
import dev.ringback.account.JsonText;
import dev.ringback.call.Alert;
import dev.ringback.call.AppRequest;
import dev.ringback.call.CallInput;
import dev.ringback.call.DirectoryAnswer;
import dev.ringback.call.DirectoryQuestion;
import dev.ringback.call.ExchangeId;
import dev.ringback.call.Landing;
import dev.ringback.call.MeetingQuestion;
import dev.ringback.call.RequestKind;
import dev.ringback.call.Target;
import dev.ringback.callback.TwilioDates;
import dev.ringback.conversation.Change;
import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.Conversations;
import dev.ringback.conversation.Directory;
import dev.ringback.conversation.Event;
import dev.ringback.conversation.EventType;
import dev.ringback.conversation.Participant;
import dev.ringback.conversation.Timers;
import dev.ringback.conversation.User;
import dev.ringback.engine.WorldSettings.Frontline;
import dev.ringback.engine.WorldSettings.KnownConversation;
import dev.ringback.engine.WorldSettings.Worker;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.journal.Fact;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.Level;
import dev.ringback.twiml.TwilioError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The conversations at work: changes are made with the webhooks they are worth, timers run, new
 * conversations are routed to a worker, and calls are answered whom to dial.
 */
final class FrontDesk {
  /** What a change is made by, as its webhooks tell it. */
  private static final String SOURCE = "API";

  private final WorldSettings settings;
  private final JsonText json;
  private final Agenda agenda;
  private final WorldClock clock;
  private final Holds holds;
  private final Requests requests;
  private final JournalWriter journalWriter;
  private final Debugger debugger;
  private final AccountRequester desk;
  private final People people;
  private final Directory directory;
  private final Conversations conversations;
  private final List<Event> happened = new ArrayList<>();

  /** By conversation, when the agenda looks at its timers next. */
  private final Map<Sid, Instant> timers = new HashMap<>();

  /** By conversation, the calls that are in it; those that are over may still be named. */
  private final Map<Sid, Set<Sid>> callsIn = new HashMap<>();

  private final Map<Sid, Sid> restored = new HashMap<>();
  private int exchanges;
  private int nextInPool;

  /**
   * @param sids makes identifiers
   * @param people hears of what concerns calls
   */
  FrontDesk(
      WorldSettings settings,
      JsonText json,
      Agenda agenda,
      WorldClock clock,
      Holds holds,
      Requests requests,
      JournalWriter journalWriter,
      Debugger debugger,
      AccountRequester desk,
      Predicate<String> ownNumbers,
      java.util.function.Function<SidKind, Sid> sids,
      People people) {
    this.settings = settings;
    this.json = json;
    this.agenda = agenda;
    this.clock = clock;
    this.holds = holds;
    this.requests = requests;
    this.journalWriter = journalWriter;
    this.debugger = debugger;
    this.desk = desk;
    this.people = people;
    this.directory =
        new Directory(
            settings.frontline().service(),
            settings.frontline().webhooks(),
            ownNumbers,
            clock.now(),
            sids,
            happened::add);
    this.conversations = directory.conversations();
    for (Worker worker : settings.workers()) {
      directory.users().addWorker(worker.identity(), worker.available(), clock.now());
    }
    for (KnownConversation known : settings.conversations()) {
      add(known, sids);
    }
    happened.clear(); // what is there from the beginning did not happen
  }

  private void add(KnownConversation known, java.util.function.Function<SidKind, Sid> sids) {
    Instant now = clock.now();
    Conversation conversation =
        begun(
            known.sid() == null ? sids.apply(SidKind.CONVERSATION) : known.sid(),
            known.service() == null ? directory.services().own().sid() : known.service());
    List<Participant.Draft> participants = new ArrayList<>();
    participants.add(Participant.Draft.customer(known.customer(), known.number()));
    if (known.worker() != null) {
      participants.add(Participant.Draft.worker(known.worker()));
    }
    directory.configure(
        known.closed() ? conversation.closedSince(now) : conversation, participants, now);
  }

  private Conversation begun(Sid sid, Sid service) {
    return Conversation.begun(
        sid,
        service,
        directory.services().configuration().messagingService(),
        Timers.NONE,
        clock.now());
  }

  /** Calls, as far as the front desk has news for them. */
  interface People {
    /** A worker has come into a conversation. */
    void workerJoined(Sid conversation, String worker);

    /** Whether a call waits for a worker to come into that conversation. */
    boolean isAwaited(Sid conversation);

    /** Whether something can still happen to that call. */
    boolean isLive(Sid call);

    /** A request of somebody's has ended, and no input of a call tells of it. */
    void heard(Requester sender);
  }

  Directory directory() {
    return directory;
  }

  Conversations conversations() {
    return conversations;
  }

  // Changes

  /** How a change ends. */
  interface Outcome<T> {
    void made(T result);

    void refused(ApiError why);
  }

  /**
   * Makes a change: whoever listens is asked before and told afterwards.
   *
   * @param by whose requests they are
   * @param webhooks whether anybody is asked or told
   */
  <T> void make(Requester by, Change<T> change, boolean webhooks, Outcome<? super T> outcome) {
    Event before = webhooks ? change.before() : null;
    List<Target> asked =
        before == null ? List.of() : directory.webhookTargets().askedBefore(before);
    if (before == null || asked.isEmpty()) {
      apply(by, change, Map.of(), webhooks, outcome);
    } else {
      ask(by, change, before, asked, 0, new HashMap<>(), outcome);
    }
  }

  private <T> void ask(
      Requester by,
      Change<T> change,
      Event before,
      List<Target> asked,
      int next,
      Map<String, String> answers,
      Outcome<? super T> outcome) {
    if (next == asked.size()) {
      apply(by, change, answers, true, outcome);
      return;
    }
    send(
        by,
        RequestKind.PRE_WEBHOOK,
        asked.get(next),
        before,
        (input, landing) -> {
          switch (landing) {
            case Landing.Answered answered when answered.status() >= 400 ->
                outcome.refused(
                    new ApiError(
                        400,
                        TwilioError.CONVERSATIONS_WEBHOOK_FAILED.code(),
                        "the pre-webhook %s answered HTTP %d, so it did not happen"
                            .formatted(before.type().wireName(), answered.status())));
            case Landing.Answered answered -> {
              if (answered.successful()) {
                Map<String, String> said = new HashMap<>(json.members(answered.body()));
                String attributes = said.get("attributes");
                if (attributes != null && !json.isJson(attributes)) {
                  said.remove("attributes");
                  complain(by, input, "its attributes are no JSON, so they stay", landing);
                }
                answers.putAll(said);
              }
              ask(by, change, before, asked, next + 1, answers, outcome);
            }
            case Landing.Failed failed -> {
              complain(by, input, failed.cause() + "; it happens unchanged", landing);
              ask(by, change, before, asked, next + 1, answers, outcome);
            }
          }
        });
  }

  private <T> void apply(
      Requester by,
      Change<T> change,
      Map<String, String> answers,
      boolean webhooks,
      Outcome<? super T> outcome) {
    T result;
    try {
      result = change.apply(answers, clock.now());
    } catch (ApiError refusal) {
      happened.clear();
      outcome.refused(refusal);
      return;
    }
    List<Event> events = List.copyOf(happened);
    happened.clear();
    for (Event event : events) {
      if (webhooks) {
        tell(by, event);
      }
      setTimers(event);
    }
    outcome.made(result);
    if (result instanceof Conversation newest) {
      forgetOldest(newest.sid());
    }
    for (Event event : events) {
      noticeWorker(by, event);
      if (event.type() == EventType.ON_CONVERSATION_REMOVED && event.conversation() != null) {
        directory.scopedWebhooks().forget(event.conversation());
        callsIn.remove(event.conversation());
      }
    }
  }

  private void forgetOldest(Sid newest) {
    for (Sid forgotten : directory.forgetOldest(sid -> sid.equals(newest) || isInUse(sid))) {
      timers.remove(forgotten);
      callsIn.remove(forgotten);
    }
  }

  private boolean isInUse(Sid conversation) {
    return callsIn.getOrDefault(conversation, Set.of()).stream().anyMatch(people::isLive);
  }

  /** As long as the call lives, the conversation stays. */
  private void enters(LiveCall call, Sid conversation) {
    Set<Sid> there = callsIn.computeIfAbsent(conversation, sid -> new HashSet<>());
    there.removeIf(other -> !people.isLive(other));
    there.add(call.call.sid());
  }

  private void tell(Requester by, Event event) {
    for (Target target : directory.webhookTargets().toldAfter(event)) {
      send(
          by,
          RequestKind.POST_WEBHOOK,
          target,
          event,
          (input, landing) -> {
            String problem = landing.problem();
            if (problem != null) {
              complain(by, input, problem, landing);
            }
          });
    }
  }

  private void complain(Requester by, CallInput.Landed input, String problem, Landing landing) {
    boolean late =
        landing instanceof Landing.Failed failed
            && failed.error() != TwilioError.HTTP_CONNECTION_REFUSED
            && failed.took().compareTo(Duration.ofSeconds(5)) >= 0;
    debugger.raise(
        by,
        Alert.of(
            late
                ? TwilioError.CONVERSATIONS_WEBHOOK_TIMEOUT
                : TwilioError.CONVERSATIONS_WEBHOOK_FAILED,
            "the %s to %s: %s".formatted(input.kind().wireName(), input.target().shown(), problem),
            input.target().shown()),
        null,
        landing);
  }

  private void send(
      Requester by,
      RequestKind kind,
      Target target,
      Event event,
      BiConsumer<CallInput.Landed, Landing> then) {
    Map<String, String> parameters = new TreeMap<>(event.parameters());
    parameters.put("AccountSid", settings.account().value());
    parameters.put("ChatServiceSid", event.service().value());
    parameters.put("EventType", event.type().wireName());
    parameters.put("RetryCount", "0");
    parameters.put("Source", SOURCE);
    send(by, kind, target, event.conversation(), parameters, then);
  }

  void send(
      Requester by,
      RequestKind kind,
      Target target,
      @Nullable Sid conversation,
      Map<String, String> parameters,
      BiConsumer<CallInput.Landed, Landing> then) {
    Sid lane = conversation == null ? settings.account() : conversation;
    requests.send(
        by,
        new AppRequest.Notice(
            new ExchangeId(lane, ++exchanges), kind, target, settings.account(), parameters),
        clock.now(),
        (sender, input, request, landing) -> {
          journalWriter.write(sender, new Fact.Concluded(input.exchange(), input.landing()));
          then.accept(input, landing);
          people.heard(sender);
        });
  }

  private void noticeWorker(Requester by, Event event) {
    String identity = event.parameters().get("Identity");
    if (event.type() == EventType.ON_PARTICIPANT_ADDED
        && identity != null
        && event.conversation() != null) {
      journalWriter.write(by, new Fact.WorkerAdded(event.conversation(), identity));
      boolean unused = holds.release(holdOf(event.conversation()));
      people.workerJoined(event.conversation(), identity);
    }
  }

  private void setTimers(Event event) {
    if (event.conversation() != null) {
      conversations.find(event.conversation()).ifPresent(this::setTimers);
    }
  }

  /** One entry a conversation is enough: when it falls due, the next one is made. */
  private void setTimers(Conversation conversation) {
    Instant next = earlier(conversation.timers().inactiveAt(), conversation.timers().closedAt());
    Instant set = timers.get(conversation.sid());
    if (next == null || (set != null && !next.isBefore(set))) {
      return;
    }
    timers.put(conversation.sid(), next);
    agenda.enter(
        next,
        () -> {
          if (next.equals(timers.get(conversation.sid()))) {
            timers.remove(conversation.sid());
            timeIsUp(conversation.sid(), next);
          }
        });
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    return one == null || (other != null && other.isBefore(one)) ? other : one;
  }

  private void timeIsUp(Sid sid, Instant at) {
    directory.conversationChanges().timeIsUp(sid, at);
    List<Event> events = List.copyOf(happened);
    happened.clear();
    events.forEach(event -> tell(desk, event));
    conversations.find(sid).ifPresent(this::setTimers);
  }

  // What calls ask

  /** Answers a call, now or when webhooks have been heard. */
  void ask(LiveCall call, DirectoryQuestion question, Consumer<DirectoryAnswer> answer) {
    switch (question) {
      case DirectoryQuestion.FindPair find ->
          answer.accept(
              isUnknown(call, find.service())
                  ? new DirectoryAnswer.UnknownService()
                  : find(call, find));
      case DirectoryQuestion.FindForWorker find ->
          answer.accept(
              isUnknown(call, find.service())
                  ? new DirectoryAnswer.UnknownService()
                  : findForWorker(call, find));
      case DirectoryQuestion.Create create -> create(call, create, answer);
      case DirectoryQuestion.LogCall log -> log(call, log);
      case MeetingQuestion other -> throw new IllegalArgumentException("for the rooms: " + other);
    }
  }

  /** Without a configured service the first one named becomes the account's. */
  private boolean isUnknown(LiveCall call, Sid named) {
    if (directory.services().adopts(named)) {
      directory.adopt(named);
      journalWriter.write(call, new Fact.ServiceAdopted(named));
    }
    return directory.services().find(named).isEmpty();
  }

  private DirectoryAnswer find(LiveCall call, DirectoryQuestion.FindPair find) {
    Optional<Conversation> found =
        conversations
            .withPair(find.caller(), find.called())
            .filter(c -> c.service().equals(find.service()));
    found.ifPresent(conversation -> enters(call, conversation.sid()));
    return found
        .<DirectoryAnswer>map(c ->
            people.isAwaited(c.sid())
                ? new DirectoryAnswer.Awaiting(c.sid(), joined(c, find.caller()))
                : new DirectoryAnswer.Found(
                    c.sid(), conversations.workers(c.sid()).stream().findFirst().orElse(null)))
        .orElseGet(DirectoryAnswer.NoConversation::new);
  }

  /** When that customer came into a conversation. */
  private Instant joined(Conversation conversation, String customer) {
    return conversations.participants(conversation.sid()).stream()
        .filter(p -> p.binding() != null && customer.equals(p.binding().address()))
        .map(Participant::created)
        .findFirst()
        .orElse(conversation.created());
  }

  private DirectoryAnswer findForWorker(LiveCall call, DirectoryQuestion.FindForWorker find) {
    String sid = find.conversationSid();
    if (sid == null) {
      return invalid("the worker's call names no ConversationSid");
    }
    if (!Sid.isWellFormed(SidKind.CONVERSATION, sid)) {
      return invalid("'" + sid + "' is not the SID of a conversation");
    }
    Conversation conversation = conversations.find(new Sid(sid)).orElse(null);
    if (conversation == null) {
      return invalid("there is no conversation " + sid);
    }
    if (conversation.closed()) {
      return invalid("conversation " + sid + " is closed");
    }
    if (!conversation.service().equals(find.service())) {
      return invalid("conversation " + sid + " is in another service");
    }
    if (!conversations.workers(conversation.sid()).contains(find.worker())) {
      return invalid(find.worker() + " is not in conversation " + sid);
    }
    for (Participant participant : conversations.participants(conversation.sid())) {
      Participant.Binding binding = participant.binding();
      if (binding != null
          && binding.address() != null
          && binding.proxyAddress() != null
          && Addresses.isE164(binding.address())) {
        enters(call, conversation.sid());
        return new DirectoryAnswer.FoundForWorker(
            conversation.sid(), binding.address(), binding.proxyAddress());
      }
    }
    return invalid("conversation " + sid + " has nobody with a phone number in it");
  }

  private static DirectoryAnswer invalid(String reason) {
    return new DirectoryAnswer.InvalidConversation(reason);
  }

  private void create(
      LiveCall call, DirectoryQuestion.Create create, Consumer<DirectoryAnswer> answer) {
    Sid made = restored.remove(call.call.sid());
    if (made != null) {
      created(call, made, answer); // in the world the call comes from
      return;
    }
    if (!Addresses.isE164(create.caller())) {
      answer.accept(
          new DirectoryAnswer.NotCreated(
              TwilioError.CONVERSATION_INVALID_ADDRESS.code(),
              "Invalid messaging binding address: the caller '%s' is not an E.164 number"
                  .formatted(create.caller())));
      return;
    }
    Change<Conversation> change;
    try {
      change =
          directory
              .conversationChanges()
              .create(create.service(), Conversation.Draft.EMPTY, create.caller(), create.called());
    } catch (ApiError refusal) {
      answer.accept(notCreated(refusal));
      return;
    }
    make(
        call,
        change,
        true,
        new Outcome<>() {
          @Override
          public void made(Conversation conversation) {
            welcome(call, create, conversation, answer);
          }

          @Override
          public void refused(ApiError why) {
            answer.accept(notCreated(why));
          }
        });
  }

  private static DirectoryAnswer notCreated(ApiError why) {
    return new DirectoryAnswer.NotCreated(why.code(), why.message());
  }

  private void welcome(
      LiveCall call,
      DirectoryQuestion.Create create,
      Conversation conversation,
      Consumer<DirectoryAnswer> answer) {
    enters(call, conversation.sid());
    make(
        call,
        directory
            .participantChanges()
            .add(conversation.sid(), Participant.Draft.customer(create.caller(), create.called())),
        true,
        new Outcome<>() {
          @Override
          public void made(Participant customer) {
            journalWriter.write(
                call,
                new Fact.ConversationCreated(
                    conversation.sid(), create.service(), create.caller(), create.called()));
            created(call, conversation.sid(), answer);
          }

          @Override
          public void refused(ApiError why) {
            answer.accept(notCreated(why));
          }
        });
  }

  private void created(LiveCall call, Sid conversation, Consumer<DirectoryAnswer> answer) {
    answer.accept(new DirectoryAnswer.Created(conversation));
    List<String> there = conversations.workers(conversation);
    if (!there.isEmpty()) {
      people.workerJoined(conversation, there.getFirst()); // while webhooks were heard
    } else if (!call.call.facts().leg().ended()) {
      route(call, conversation);
    }
  }

  // Routing

  private void route(LiveCall call, Sid conversation) {
    switch (settings.frontline().routing()) {
      case NONE -> {}
      case POOL -> nextOfPool().ifPresent(worker -> add(call, conversation, worker));
      case CUSTOM -> askForWorker(call, conversation);
    }
  }

  private void add(LiveCall call, Sid conversation, String worker) {
    make(
        call,
        directory.participantChanges().add(conversation, Participant.Draft.worker(worker)),
        true,
        new Outcome<>() {
          @Override
          public void made(Participant participant) {}

          @Override
          public void refused(ApiError why) {
            debugger.raise(
                call,
                Alert.of(
                    TwilioError.CONVERSATION_SERVICE_FAILURE,
                    worker + " could not be added: " + why.message(),
                    null),
                null,
                null);
          }
        });
  }

  /** The first available worker of the pool, round robin. */
  private Optional<String> nextOfPool() {
    Frontline frontline = settings.frontline();
    List<String> pool =
        frontline.pool().isEmpty()
            ? settings.workers().stream().map(Worker::identity).toList()
            : frontline.pool();
    for (int i = 0; i < pool.size(); i++) {
      String candidate = pool.get((nextInPool + i) % pool.size());
      if (isFree(candidate)) {
        nextInPool = (nextInPool + i + 1) % pool.size();
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /** A worker of the pool that nobody configured is available. */
  private boolean isFree(String worker) {
    return directory
        .users()
        .find(directory.services().own().sid(), worker)
        .map(user -> user.active() && !Boolean.FALSE.equals(user.available()))
        .orElse(true);
  }

  /** Whether calls reach that worker's device: a deactivated user is logged out. */
  boolean isActive(String worker) {
    return directory
        .users()
        .find(directory.services().own().sid(), worker)
        .map(User::active)
        .orElse(true);
  }

  private static String holdOf(Sid conversation) {
    return "routing of " + conversation;
  }

  /** The custom routing callback (docs/frontline/handle-incoming-conversations). */
  private void askForWorker(LiveCall call, Sid sid) {
    String url = settings.frontline().routingUrl();
    Conversation conversation = conversations.find(sid).orElse(null);
    if (url == null || conversation == null) {
      return;
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("Attributes", conversation.attributes());
    parameters.put("ConversationServiceSid", conversation.service().value());
    parameters.put("ConversationSid", sid.value());
    parameters.put("DateCreated", TwilioDates.millis(conversation.created()));
    parameters.put("DateUpdated", TwilioDates.millis(conversation.updated()));
    if (conversation.friendlyName() != null) {
      parameters.put("FriendlyName", conversation.friendlyName());
    }
    if (conversation.uniqueName() != null) {
      parameters.put("UniqueName", conversation.uniqueName());
    }
    for (Participant participant : conversations.participants(sid)) {
      Participant.Binding binding = participant.binding();
      if (binding != null && binding.address() != null && binding.proxyAddress() != null) {
        parameters.put("MessagingBinding.Address", binding.address());
        parameters.put("MessagingBinding.ProxyAddress", binding.proxyAddress());
      }
    }
    parameters.put("State", conversation.state().wireName());
    send(
        call,
        RequestKind.ROUTING,
        new Target(url, HttpMethod.POST),
        sid,
        parameters,
        (input, landing) -> routed(call, sid, input, landing));
  }

  private void routed(LiveCall call, Sid conversation, CallInput.Landed input, Landing landing) {
    boolean answered = landing instanceof Landing.Answered a && a.successful();
    if (!answered) {
      String problem =
          landing instanceof Landing.Answered a
              ? "answered HTTP " + a.status() + ", not 200"
              : landing.problem();
      debugger.raise(
          call,
          Alert.of(
              TwilioError.FRONTLINE_ROUTING_FAILED,
              "the custom routing callback to %s: %s; nobody was routed"
                  .formatted(input.target().shown(), problem),
              input.target().shown()),
          null,
          landing);
    } else if (settings.clock().virtual()
        && !call.over()
        && conversations.workers(conversation).isEmpty()) {
      holds.take(holdOf(conversation), settings.patience());
    }
  }

  /** A call that waited for a worker waits no longer. */
  void waitsNoLonger(Sid conversation) {
    boolean unused = holds.release(holdOf(conversation));
  }

  // After the call

  /** Frontline's log of calls in the attributes of the conversation. */
  private void log(LiveCall call, DirectoryQuestion.LogCall log) {
    Optional<Conversation> conversation =
        conversations.find(log.conversation()).filter(c -> !c.closed());
    if (conversation.isEmpty()) {
      return;
    }
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("type", "call_ended");
    entry.put("date", clock.now().toEpochMilli());
    entry.put("duration", log.seconds());
    entry.put("inbound", log.inbound());
    String attributes = json.appended(conversation.get().attributes(), "frontline.events", entry);
    Outcome<Conversation> outcome =
        new Outcome<>() {
          @Override
          public void made(Conversation written) {}

          @Override
          public void refused(ApiError why) {
            journalWriter.write(
                call,
                new Fact.Alerted(
                    Alert.ours(
                        Level.WARNING,
                        "the call is not in frontline.events of its conversation: "
                            + why.message())));
          }
        };
    try {
      // Nobody is asked before: what was said was said.
      apply(
          call,
          directory.conversationChanges().writeAttributes(log.conversation(), attributes),
          Map.of(),
          true,
          outcome);
    } catch (ApiError full) {
      outcome.refused(full);
    }
  }

  // People

  /** The newest open conversation with that customer's number, or with that worker in it. */
  Optional<Conversation> openWith(String customer, @Nullable String worker) {
    Conversation found = null;
    for (Participant participant :
        conversations.everywhere(
            p -> p.binding() != null && customer.equals(p.binding().address()))) {
      Conversation conversation = conversations.find(participant.conversation()).orElse(null);
      if (conversation != null
          && !conversation.closed()
          && (worker == null || conversations.workers(conversation.sid()).contains(worker))) {
        found = conversation;
      }
    }
    return Optional.ofNullable(found);
  }

  /**
   * Adds a worker.
   *
   * @param outcome known once the pre-webhook has been asked
   */
  void addWorker(Sid conversation, String worker, Outcome<? super Participant> outcome) {
    try {
      make(
          desk,
          directory.participantChanges().add(conversation, Participant.Draft.worker(worker)),
          true,
          outcome);
    } catch (ApiError refusal) {
      outcome.refused(refusal);
    }
  }

  /**
   * Takes over what another world did for a call that moves here.
   *
   * @return a conversation that now waits for its worker, if the fact made one
   */
  Optional<Sid> restore(Sid call, Fact fact) {
    Instant now = clock.now();
    if (fact instanceof Fact.ServiceAdopted adopted
        && directory.services().adopts(adopted.service())) {
      directory.adopt(adopted.service());
    }
    if (fact instanceof Fact.ConversationCreated created) {
      directory.restore(
          begun(created.conversation(), created.service()),
          List.of(Participant.Draft.customer(created.customer(), created.number())),
          now);
      restored.put(call, created.conversation());
      return Optional.of(created.conversation());
    }
    if (fact instanceof Fact.WorkerAdded added
        && conversations.find(added.conversation()).isPresent()
        && !conversations.workers(added.conversation()).contains(added.worker())) {
      directory.restore(
          conversations.find(added.conversation()).orElseThrow(),
          List.of(Participant.Draft.worker(added.worker())),
          now);
    }
    return Optional.empty();
  }
}
