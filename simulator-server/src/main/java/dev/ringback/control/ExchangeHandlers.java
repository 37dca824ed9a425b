package dev.ringback.control;

import dev.ringback.callback.WebRequest;
import dev.ringback.engine.CallRecord;
import dev.ringback.engine.PastCalls;
import dev.ringback.engine.World;
import dev.ringback.id.Sid;
import dev.ringback.journal.Exchange;
import dev.ringback.journal.Exchanges;
import dev.ringback.journal.JournalEntry;
import dev.ringback.scenario.AppAnswer;
import dev.ringback.viewer.CallViews;
import dev.ringback.viewer.ExchangeViews;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.Landing;
import dev.ringback.worlds.WorldChoice;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One request to the app: all there is to know of it, and once more. */
final class ExchangeHandlers {
  private final WorldChoice choice;

  ExchangeHandlers(WorldChoice choice) {
    this.choice = choice;
  }

  private static ExchangeId id(Context context) {
    String leg = context.pathParam("sid");
    String number = context.pathParam("number");
    if (!leg.matches("[A-Z]{2}[0-9a-f]{32}") || !number.matches("\\d{1,9}")) {
      throw Refusal.notFound(
          "'%s/%s' names no request: it is a SID, such as a call's, a slash and a number"
              .formatted(leg, number));
    }
    return new ExchangeId(new Sid(leg), Integer.parseInt(number));
  }

  /** Of a call, or of the account, as the Debugger's are. */
  private static Exchange exchange(World world, ExchangeId id) {
    List<JournalEntry> entries =
        world.call(id.leg()).join().map(CallRecord::entries).orElseGet(() -> world.journal().all());
    return Exchanges.of(entries).stream()
        .filter(exchange -> exchange.id().equals(id))
        .findFirst()
        .orElseThrow(() -> Refusal.notFound("there is no request " + id));
  }

  void show(Context context) {
    World world = choice.of(context);
    ExchangeId id = id(context);
    Exchange exchange = exchange(world, id);
    WebRequest written = new PastCalls(world.settings()).written(exchange, exchange.leftAt());
    context.json(ExchangeViews.details(exchange, written));
  }

  void resend(Context context) {
    World world = choice.of(context);
    ExchangeId id = id(context);
    Landing landing =
        world.resend(id).join().orElseThrow(() -> Refusal.notFound("there is no request " + id));
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", id.toString());
    view.put("text", AppAnswer.of(landing));
    view.putAll(CallViews.landing(landing));
    context.json(view);
  }
}
