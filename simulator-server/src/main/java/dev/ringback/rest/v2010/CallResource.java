package dev.ringback.rest.v2010;

import dev.ringback.account.ApiError;
import dev.ringback.account.PhoneNumber;
import dev.ringback.call.CallInput;
import dev.ringback.engine.Account;
import dev.ringback.engine.Account.LegOfCall;
import dev.ringback.engine.Placed;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.rest.Answer;
import dev.ringback.rest.Fields;
import dev.ringback.rest.Params;
import dev.ringback.rest.RestRequest;
import dev.ringback.rest.Route.Audience;
import dev.ringback.rest.Routes;
import dev.ringback.rest.TimeFilter;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.PhoneText;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.Direction;
import dev.ringback.voice.Leg;
import dev.ringback.voice.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Calls (docs/voice/api/call-resource). A leg that a document dialled is a call, too. */
final class CallResource {
  private CallResource() {}

  static void add(Routes routes) {
    routes.open(Audience.TEST).post("/Calls", CallResource::create);
    routes
        .get("/Calls", CallResource::list)
        .get("/Calls/{sid}", request -> Answer.found("Call", fetch(request)))
        .post("/Calls/{sid}", CallResource::update)
        .delete("/Calls/{sid}", CallResource::delete);
  }

  // Create

  private static Answer create(RestRequest request) {
    NewCall call = NewCall.read(request.params());
    if (request.isTest()) {
      MagicNumbers.checkCall(call.from(), call.to());
      return Answer.created("Call", ofTest(request, call));
    }
    Fields fields =
        request.change(account -> {
          call.check(account);
          return switch (account.place(call.placement(account))) {
            case Placed.Ringing ringing -> {
              call.warnings().forEach(warning -> account.raise(ringing.call(), warning));
              yield CallFields.of(request, account.leg(ringing.call()).orElseThrow(), account);
            }
            // The numbers are checked, so that only the limit on live calls can refuse the call.
            case Placed.Refused refused ->
                throw new ApiError(
                    429,
                    20429,
                    "Too Many Requests: %s; %s".formatted(refused.message(), refused.hint()));
          };
        });
    return Answer.created("Call", fields);
  }

  private static Fields ofTest(RestRequest request, NewCall call) {
    Instant now = request.ask(Account::now);
    Leg leg =
        new Leg(
            MagicNumbers.sid(SidKind.CALL),
            null,
            call.from(),
            call.to(),
            Direction.OUTBOUND_API,
            CallStatus.QUEUED,
            now,
            null,
            null);
    return CallFields.of(request, leg, null, null);
  }

  // Fetch and list

  static LegOfCall leg(RestRequest request, Account account, String name) {
    return account.leg(request.sid(name, SidKind.CALL)).orElseThrow(request::notFound);
  }

  private static Fields fetch(RestRequest request) {
    return request.ask(account -> CallFields.of(request, leg(request, account, "sid"), account));
  }

  private static Answer list(RestRequest request) {
    Params params = request.params();
    Optional<String> to = params.text("To").map(PhoneText::e164);
    Optional<String> from = params.text("From").map(PhoneText::e164);
    Optional<String> parent = params.text("ParentCallSid");
    Optional<CallStatus> status = params.named("Status", CallStatus.class, 20001);
    TimeFilter byEnd = params.times("EndTime");
    TimeFilter byStart = params.times("StartTime");
    Function<Account, Stream<LegOfCall>> shown =
        account ->
            account
                .legs()
                .filter(l -> to.filter(t -> !t.equals(l.leg().to())).isEmpty())
                .filter(l -> from.filter(f -> !f.equals(l.leg().from())).isEmpty())
                .filter(l -> parent.filter(p -> !isSid(l.leg().parent(), p)).isEmpty())
                .filter(l -> status.filter(s -> s != CallFields.shown(l.leg())).isEmpty())
                .filter(l -> byStart.takes(CallFields.start(l.leg())))
                .filter(l -> byEnd.takes(l.leg().endedAt()));
    Function<String, Optional<Sid>> numbers = numbers(request);
    return request.longListing(
        shown,
        l -> l.leg().sid().value(),
        Version2010.MOST_PER_PAGE,
        "calls",
        "Call",
        "Calls",
        l ->
            CallFields.of(
                request, l.leg(), l.call(), numbers.apply(CallFields.ours(l.leg())).orElse(null)));
  }

  private static boolean isSid(@Nullable Sid sid, String text) {
    return sid != null && sid.value().equals(text);
  }

  private static Function<String, Optional<Sid>> numbers(RestRequest request) {
    List<PhoneNumber> numbers = request.ask(account -> account.inventory().numbers());
    return address ->
        numbers.stream().filter(n -> n.number().equals(address)).map(PhoneNumber::sid).findFirst();
  }

  // Update

  private static Answer update(RestRequest request) {
    Params params = request.params();
    Optional<String> status = params.choice("Status", List.of("canceled", "completed"), 20001);
    Optional<Target> url = CallParameters.target(params, "Url", "Method", 21205, HttpMethod.POST);
    Optional<String> twiml = CallParameters.twiml(params);
    if (url.isPresent() && twiml.isPresent()) {
      throw CallParameters.urlAndTwiml();
    }
    Optional<Target> fallback =
        CallParameters.target(params, "FallbackUrl", "FallbackMethod", 21205, HttpMethod.POST);
    Optional<Target> callback =
        CallParameters.target(
            params, "StatusCallback", "StatusCallbackMethod", 21609, HttpMethod.POST);
    Optional<Duration> limit =
        params.integer("TimeLimit", 1, 86_400, 20001).map(Duration::ofSeconds);
    return Answer.found(
        "Call",
        request.change(account -> {
          LegOfCall before = leg(request, account, "sid");
          Sid sid = before.leg().sid();
          if (before.leg().ended()) {
            throw notInProgress();
          }
          // Twilio answers at once; what it then does shows a moment later.
          Fields fields = CallFields.of(request, before, account);
          boolean adjusts = fallback.isPresent() || callback.isPresent() || limit.isPresent();
          if (adjusts && before.leg().parent() != null) {
            throw ApiError.badRequest(
                21220,
                "Ringback changes calls, not legs that a document dialled: change "
                    + before.leg().parent());
          }
          if (adjusts) {
            account.change(
                sid,
                new CallInput.Adjusted(
                    sid, fallback.orElse(null), callback.orElse(null), limit.orElse(null)));
          }
          if (status.isPresent()) {
            boolean cancels = status.get().equals("canceled");
            if ((cancels && before.leg().answered()) || !account.end(sid, cancels)) {
              throw notInProgress();
            }
            return fields;
          }
          boolean redirects = url.isPresent() || twiml.isPresent();
          if (redirects && before.leg().parent() != null) {
            throw ApiError.badRequest(
                21220,
                "Call is not in-progress. Cannot redirect. (Ringback redirects calls, not legs that"
                    + " a document dialled: redirect "
                    + before.leg().parent()
                    + ")");
          }
          if (redirects && before.leg().status() != CallStatus.IN_PROGRESS) {
            throw notInProgress();
          }
          if (redirects) {
            account.change(
                sid, new CallInput.Redirected(sid, url.orElse(null), twiml.orElse(null)));
          }
          return fields;
        }));
  }

  private static ApiError notInProgress() {
    return ApiError.badRequest(21220, "Call is not in-progress. Cannot redirect.");
  }

  private static Answer delete(RestRequest request) {
    return request.change(account -> {
      LegOfCall leg = leg(request, account, "sid");
      if (!account.delete(leg.leg().sid())) {
        throw ApiError.conflict(20009, "Cannot delete this resource before it is complete");
      }
      return Answer.gone();
    });
  }
}
