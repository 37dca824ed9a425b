package dev.ringback.rest.v2010;

import dev.ringback.account.ApiError;
import dev.ringback.call.CallInput;
import dev.ringback.engine.Account;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.meeting.QueueView;
import dev.ringback.rest.Answer;
import dev.ringback.rest.Fields;
import dev.ringback.rest.Params;
import dev.ringback.rest.RestRequest;
import dev.ringback.rest.Routes;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Queues and who waits in them (docs/voice/api/queue-resource, member-resource). */
final class QueueResource {
  private static final int DEFAULT_SIZE = 100;
  private static final int LARGEST = 5_000;

  private QueueResource() {}

  static void add(Routes routes) {
    routes
        .get("/Queues", QueueResource::list)
        .post("/Queues", QueueResource::create)
        .get("/Queues/{sid}", r -> Answer.found("Queue", fields(r, r.ask(a -> find(r, a)))))
        .post("/Queues/{sid}", QueueResource::update)
        .delete("/Queues/{sid}", QueueResource::delete)
        .get("/Queues/{sid}/Members", QueueResource::members)
        .get("/Queues/{sid}/Members/{call}", QueueResource::member)
        .post("/Queues/{sid}/Members/{call}", QueueResource::dequeue);
  }

  private static QueueView find(RestRequest request, Account account) {
    Sid sid = request.sid("sid", SidKind.QUEUE);
    return account.queues().stream()
        .filter(q -> q.sid().equals(sid))
        .findFirst()
        .orElseThrow(request::notFound);
  }

  private static Answer list(RestRequest request) {
    return request.listing(
        request.ask(Account::queues).reversed(),
        q -> q.sid().value(),
        Version2010.MOST_PER_PAGE,
        "queues",
        "Queue",
        "Queues",
        q -> fields(request, q));
  }

  private static void checkFree(Account account, String name, Optional<Sid> self) {
    boolean taken =
        account.queues().stream()
            .anyMatch(q -> q.name().equals(name) && !Optional.of(q.sid()).equals(self));
    if (taken) {
      throw ApiError.badRequest(20001, "A queue with FriendlyName '" + name + "' exists");
    }
  }

  private static Answer create(RestRequest request) {
    Params params = request.params();
    String name = params.required("FriendlyName");
    params.text("FriendlyName", 64, 20001);
    int size = params.integer("MaxSize", 1, LARGEST, 20001).orElse(DEFAULT_SIZE);
    QueueView made =
        request.change(account -> {
          checkFree(account, name, Optional.empty());
          return account.configureQueue(null, name, size);
        });
    return Answer.created("Queue", fields(request, made));
  }

  private static Answer update(RestRequest request) {
    Params params = request.params();
    Optional<String> name = params.text("FriendlyName", 64, 20001).filter(n -> !n.isEmpty());
    Optional<Integer> size = params.integer("MaxSize", 1, LARGEST, 20001);
    QueueView changed =
        request.change(account -> {
          QueueView before = find(request, account);
          name.ifPresent(n -> checkFree(account, n, Optional.of(before.sid())));
          return account.configureQueue(
              before.sid(), name.orElse(before.name()), size.orElse(before.maxSize()));
        });
    return Answer.found("Queue", fields(request, changed));
  }

  private static Answer delete(RestRequest request) {
    return request.change(account -> {
      QueueView queue = find(request, account);
      if (!account.isQueueEmpty(queue.sid())) {
        throw ApiError.conflict(20409, "Queue " + queue.sid() + " is not empty");
      }
      account.removeQueue(queue.sid());
      return Answer.gone();
    });
  }

  private static Fields fields(RestRequest request, QueueView queue) {
    return new Fields()
        .put("account_sid", request.account())
        .put("average_wait_time", queue.averageWait())
        .put("current_size", queue.members().size())
        .rfc2822("date_created", queue.created())
        .rfc2822("date_updated", queue.updated())
        .put("friendly_name", queue.name())
        .put("max_size", queue.maxSize())
        .put("sid", queue.sid())
        .put("uri", request.uri("/Queues/" + queue.sid()));
  }

  // Members

  private record Waiting(QueueView queue, int position, QueueView.Member member, Instant now) {}

  private static List<Waiting> waiting(RestRequest request, Account account) {
    QueueView queue = find(request, account);
    List<QueueView.Member> members = queue.members();
    return java.util.stream.IntStream.range(0, members.size())
        .mapToObj(i -> new Waiting(queue, i + 1, members.get(i), account.now()))
        .toList();
  }

  /** By its SID, or {@code Front} for who has waited longest. */
  private static Waiting find(RestRequest request, List<Waiting> waiting) {
    String name = request.name("call");
    return waiting.stream()
        .filter(
            w -> name.equals("Front") ? w.position() == 1 : w.member().call().value().equals(name))
        .findFirst()
        .orElseThrow(request::notFound);
  }

  private static Answer members(RestRequest request) {
    return request.listing(
        request.ask(account -> waiting(request, account)),
        w -> w.member().call().value(),
        Version2010.MOST_PER_PAGE,
        "queue_members",
        "QueueMember",
        "QueueMembers",
        w -> memberFields(request, w));
  }

  private static Answer member(RestRequest request) {
    return Answer.found(
        "QueueMember",
        memberFields(request, request.ask(account -> find(request, waiting(request, account)))));
  }

  /** Takes a call out of the queue and gives it another document. */
  private static Answer dequeue(RestRequest request) {
    request.params().required("Url", 21205, "Url parameter is required.");
    Target to =
        CallParameters.target(request.params(), "Url", "Method", 21205, HttpMethod.POST)
            .orElseThrow();
    Waiting taken =
        request.change(account -> {
          Waiting waiting = find(request, waiting(request, account));
          Sid call = waiting.member().call();
          account.change(call, new CallInput.Redirected(call, to, null));
          return waiting;
        });
    return Answer.found("QueueMember", memberFields(request, taken));
  }

  private static Fields memberFields(RestRequest request, Waiting waiting) {
    Sid call = waiting.member().call();
    return new Fields()
        .put("queue_sid", waiting.queue().sid())
        .put("call_sid", call)
        .rfc2822("date_enqueued", waiting.member().since())
        .put("position", waiting.position())
        .put("uri", request.uri("/Queues/" + waiting.queue().sid() + "/Members/" + call))
        .put("wait_time", Duration.between(waiting.member().since(), waiting.now()).toSeconds());
  }
}
