package dev.ringback.control;

import dev.ringback.engine.World;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.journal.Journal;
import dev.ringback.journal.JournalEntry;
import dev.ringback.json.JournalJson;
import dev.ringback.worlds.WorldChoice;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The journal, by the page and as a stream. */
final class JournalHandlers {
  private static final int MAX_JOURNAL_PAGE = 10_000;
  private static final int ENTRIES_AT_ONCE = 100;

  private final WorldChoice choice;

  JournalHandlers(WorldChoice choice) {
    this.choice = choice;
  }

  /** Written as it is read, so that the first entries are there at once. */
  void journal(Context context) throws IOException {
    long after = number(context, "after", 0);
    long limit = Math.min(MAX_JOURNAL_PAGE, number(context, "limit", 1000));
    World world = choice.of(context);
    Predicate<JournalEntry> wanted = ofCall(world, context.queryParam("call"));
    Journal journal = world.journal();
    long end = journal.last();
    context.contentType("application/json");
    OutputStream out = context.res().getOutputStream();
    write(out, "{\"entries\":[");
    long last = after;
    long written = 0;
    while (last < end && written < limit) {
      List<JournalEntry> some = journal.after(last, ENTRIES_AT_ONCE);
      if (some.isEmpty()) {
        break; // the world was reset meanwhile
      }
      StringBuilder text = new StringBuilder();
      for (JournalEntry entry : some) {
        if (written >= limit) {
          break;
        }
        last = entry.number();
        if (wanted.test(entry)) {
          text.append(written++ == 0 ? "" : ",").append(JournalJson.write(entry));
        }
      }
      write(out, text.toString());
    }
    // `last` is where the next page begins, whatever was filtered out before it.
    write(out, "],\"last\":" + last + "}");
  }

  private static Predicate<JournalEntry> ofCall(World world, @Nullable String leg) {
    if (leg == null) {
      return entry -> true;
    }
    Sid root =
        Sid.isWellFormed(SidKind.CALL, leg)
            ? world.call(new Sid(leg)).join().map(r -> r.call().sid()).orElse(null)
            : null;
    if (root == null) {
      throw Refusal.notFound("there is no call '" + leg + "'");
    }
    return entry -> root.equals(entry.call());
  }

  private static long number(Context context, String name, long otherwise) {
    String text = context.queryParam(name);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("\\d{1,18}")) {
      throw new Refusal(400, name + " must be a whole number, not '" + text + "'", name, null);
    }
    return Long.parseLong(text);
  }

  /** Server-sent events: a journal entry each, and a comment a second to keep the line open. */
  void streamJournal(Context context) throws IOException {
    World world = choice.of(context);
    Journal journal = world.journal();
    // What comes is read from the journal itself; the subscription only says that something came.
    LinkedBlockingQueue<Boolean> bell = new LinkedBlockingQueue<>(1);
    Runnable unsubscribe = journal.subscribe(entry -> bell.offer(true));
    context.contentType("text/event-stream;charset=utf-8").header("Cache-Control", "no-store");
    OutputStream out = context.res().getOutputStream();
    try {
      int generation = journal.generation();
      long sent = number(context, "after", journal.last());
      comment(out, "ready");
      while (!world.isClosed()) {
        if (journal.generation() != generation) {
          generation = journal.generation();
          sent = 0; // the world was reset
          write(out, "event: reset\ndata: {}\n\n");
        }
        for (JournalEntry entry : journal.after(sent, MAX_JOURNAL_PAGE)) {
          sent = send(out, entry);
        }
        if (bell.poll(1, TimeUnit.SECONDS) == null) {
          comment(out, "alive"); // fails when the reader has gone
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The reader has gone, as readers of streams do.
    } finally {
      unsubscribe.run();
    }
  }

  private static long send(OutputStream out, JournalEntry entry) throws IOException {
    write(
        out,
        "id: %d\nevent: entry\ndata: %s\n\n".formatted(entry.number(), JournalJson.write(entry)));
    return entry.number();
  }

  private static void comment(OutputStream out, String text) throws IOException {
    write(out, ": " + text + "\n\n");
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
