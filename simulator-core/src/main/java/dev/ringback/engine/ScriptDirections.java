package dev.ringback.engine;

import dev.ringback.account.ApiError;
import dev.ringback.cast.ScriptStep;
import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.Participant;
import dev.ringback.engine.ChangeProcess.Outcome;
import dev.ringback.frontline.SessionLookup;
import dev.ringback.journal.Fact;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;

/** The directions of a call's script: each is followed when its time has come, or refused. */
final class ScriptDirections {
  private final WorldTime time;
  private final JournalWriter journal;
  private final CallActs acts;
  private final SessionLookup lookup;
  private final WorkerAdder workers;
  private final ApiRequests api;

  /** Adds a worker to a conversation. */
  interface WorkerAdder extends Serializable {
    void add(Conversation conversation, String worker, Outcome<Participant> outcome);
  }

  ScriptDirections(
      WorldTime time,
      JournalWriter journal,
      CallActs acts,
      SessionLookup lookup,
      WorkerAdder workers,
      ApiRequests api) {
    this.time = time;
    this.journal = journal;
    this.acts = acts;
    this.lookup = lookup;
    this.workers = workers;
    this.api = api;
  }

  /** Puts the directions of a call on the agenda, as far as their time is still to come. */
  void enter(LiveCall call, Instant from) {
    Instant placedAt = call.call.facts().leg().startedAt();
    for (ScriptStep direction : call.script.directions()) {
      Instant at = placedAt.plus(direction.at());
      if (at.isBefore(from)) {
        call.followed.add(direction);
      } else {
        time.agenda().enter(at, call, () -> follow(call, direction));
      }
    }
  }

  private void follow(LiveCall call, ScriptStep direction) {
    call.followed.add(direction);
    String noLeg = "no leg was dialled yet";
    Optional<String> refusal =
        switch (direction.move()) {
          case ScriptStep.Does does ->
              does.role()
                  .leg(call.call)
                  .map(leg -> acts.act(leg.sid(), does.act()))
                  .orElse(Optional.of(noLeg));
          case ScriptStep.EndedByApi ends ->
              ends.role()
                  .leg(call.call)
                  .map(leg ->
                      ends.cancel() && leg.answered()
                          ? Optional.of("the leg was answered, and only what rings is canceled")
                          : acts.endByApi(leg.sid(), ends.cancel())
                              ? Optional.<String>empty()
                              : Optional.of("the leg has ended"))
                  .orElse(Optional.of(noLeg));
          case ScriptStep.ApiRequest request ->
              api.send(call, request, time.holds(), why -> refused(call, direction, why));
          case ScriptStep.Joins joins -> joins(call, direction, joins.worker());
        };
    refusal.ifPresent(reason -> refused(call, direction, reason));
  }

  private void refused(LiveCall call, ScriptStep direction, String reason) {
    journal.write(call, new Fact.DirectionRefused(direction, reason));
  }

  /** What is wrong at once; whether the worker joins is known when the app has been asked. */
  private Optional<String> joins(LiveCall call, ScriptStep direction, String worker) {
    Conversation conversation = lookup.openWith(call.call.facts().leg().from(), null).orElse(null);
    if (conversation == null) {
      return Optional.of("there is no open conversation with the customer");
    }
    workers.add(
        conversation,
        worker,
        Outcome.of(
            added -> {},
            (ApiError why) -> refused(call, direction, String.valueOf(why.getMessage()))));
    return Optional.empty();
  }
}
