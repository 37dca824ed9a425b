package dev.ringback.control;

import dev.ringback.engine.World;
import dev.ringback.journal.Exchange;
import dev.ringback.journal.Journal;
import dev.ringback.scenario.Awaited;
import dev.ringback.scenariofile.AwaitReader;
import dev.ringback.viewer.CallViews;
import dev.ringback.worlds.WorldChoice;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Problem;
import dev.ringback.yaml.Yaml;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Waiting for a request to the app. */
final class AwaitHandlers {
  private final WorldChoice choice;

  AwaitHandlers(WorldChoice choice) {
    this.choice = choice;
  }

  /** 200 with the exchange as soon as it has come and was answered, 408 with what came nearest. */
  void await(Context context) throws InterruptedException {
    AwaitReader.Wait wait = wait(context);
    World world = choice.of(context);
    Journal journal = world.journal();
    LinkedBlockingQueue<Boolean> bell = new LinkedBlockingQueue<>(1);
    Runnable unsubscribe = journal.subscribe(entry -> bell.offer(true));
    try {
      int generation = journal.generation();
      long end = System.nanoTime() + wait.within().toNanos();
      while (true) {
        Awaited.Result result = wait.what().in(journal.all());
        if (result.exchange().isPresent()) {
          // The step that takes an answer also reads its document; a question comes after it.
          Boolean stepped = world.ask(account -> true).join();
          if (stepped) {
            result = wait.what().in(journal.all());
          }
          context.json(view(result.exchange().orElseThrow()));
          return;
        }
        if (journal.generation() != generation || world.isClosed()) {
          throw Refusal.conflict("the world was reset, or has gone, while this waited", null);
        }
        long left = end - System.nanoTime();
        if (left <= 0) {
          late(context, wait, result);
          return;
        }
        // A reset clears the journal without a word.
        bell.poll(Math.min(left, TimeUnit.MILLISECONDS.toNanos(100)), TimeUnit.NANOSECONDS);
      }
    } finally {
      unsubscribe.run();
    }
  }

  private static void late(Context context, AwaitReader.Wait wait, Awaited.Result result) {
    Map<String, Object> body =
        new LinkedHashMap<>(
            new Refusal(
                    408,
                    "within %d ms there was no %s"
                        .formatted(wait.within().toMillis(), wait.what().text()),
                    null,
                    String.join("; ", result.nearest()))
                .body());
    body.put("nearest", result.nearest());
    context.status(408).json(body);
  }

  /** What cannot be waited for is 422: the body is JSON, and says something impossible. */
  private static AwaitReader.Wait wait(Context context) {
    try {
      return AwaitReader.read(Yaml.parseBody(context.body()));
    } catch (BadInput e) {
      Problem first = e.problems().getFirst();
      throw new Refusal(422, first.message(), first.key(), first.hint());
    }
  }

  private static Map<String, Object> view(Exchange exchange) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", exchange.id().toString());
    if (exchange.call() != null) {
      view.put("callSid", exchange.call().value());
    }
    view.put("at", exchange.leftAt().toString());
    view.putAll(CallViews.exchange(exchange));
    return view;
  }
}
