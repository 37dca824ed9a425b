package dev.ringback.state;

import dev.ringback.config.ConfigView;
import dev.ringback.engine.WorldSettings;
import dev.ringback.engine.WorldSnapshot;
import dev.ringback.json.JournalJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A state as a file: JSON, an object a line. The first one says what it is; then comes each world
 * with its settings, and behind it the lines of its history.
 */
public final class StateTransfer {
  private static final String FORMAT = "ringbackState";
  private static final int VERSION = 1;

  /** The last line: without it something is missing. */
  private static final String END = "ringbackStateEnd";

  private static final String SNAPSHOT = "snapshot";

  /** Lines that are written at once. */
  private static final int CHUNK = 1_000;

  private StateTransfer() {}

  /**
   * Writes a state.
   *
   * @return how many worlds there were
   * @throws DamagedState when a record is not what was written
   */
  public static int write(StateStore store, OutputStream out) throws IOException, StateProblem {
    line(out, JournalJson.mapper().writeValueAsString(Map.of(FORMAT, VERSION)));
    List<StoredWorld> worlds = store.database().worlds();
    for (StoredWorld world : worlds) {
      Map<String, Object> head = new LinkedHashMap<>();
      head.put("world", world.account());
      head.put("settings", JournalJson.mapper().readTree(world.settings()));
      line(out, JournalJson.mapper().writeValueAsString(head));
      world(store.database(), world.id(), out);
    }
    line(out, JournalJson.mapper().writeValueAsString(Map.of(END, worlds.size())));
    return worlds.size();
  }

  private static void world(Database database, long world, OutputStream out)
      throws IOException, StateProblem {
    try {
      new WholeWorld(database, world)
          .visit(
              new WholeWorld.Visitor() {
                @Override
                public void record(String lines) {
                  text(out, lines);
                }

                @Override
                public void snapshot(SnapshotTable.Row row) {
                  Map<String, Object> snapshot = new LinkedHashMap<>();
                  snapshot.put(SNAPSHOT, row.what());
                  snapshot.put("bytes", Base64.getEncoder().encodeToString(row.packed().bytes()));
                  text(out, JournalJson.mapper().writeValueAsString(snapshot) + "\n");
                }
              });
    } catch (SQLException e) {
      throw new StateProblem("the state cannot be read: " + e.getMessage());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void text(OutputStream out, String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void line(OutputStream out, String text) throws IOException {
    out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a state into a store that has none; when something is wrong it still has none.
   *
   * @return how many worlds there were
   */
  public static int read(BufferedReader in, StateStore store) throws IOException, StateProblem {
    if (!store.database().worlds().isEmpty()) {
      throw new StateProblem("the folder has a state already; name an empty one");
    }
    try {
      return new Reader(in, store.database()).read();
    } catch (SQLException e) {
      clear(store, e);
      throw new StateProblem("the state cannot be written: " + e.getMessage());
    } catch (IOException | StateProblem e) {
      clear(store, e);
      throw e;
    }
  }

  private static void clear(StateStore store, Exception why) {
    try {
      store.database().clear();
    } catch (SQLException e) {
      why.addSuppressed(e);
    }
  }

  private static final class Reader {
    private final BufferedReader in;
    private final Database database;
    private final StringBuilder chunk = new StringBuilder();
    private int number;
    private int lines;
    private int worlds;
    private final Set<String> accounts = new HashSet<>();
    private long world;

    Reader(BufferedReader in, Database database) {
      this.in = in;
      this.database = database;
    }

    int read() throws IOException, StateProblem, SQLException {
      String first = next();
      JsonNode head = first == null ? null : parsed(first);
      if (head == null || !head.has(FORMAT)) {
        throw wrong("this is no state that `ringback state export` has written");
      }
      if (head.path(FORMAT).asInt() != VERSION) {
        throw wrong(
            "it is of format %s, and this Ringback reads %d".formatted(head.path(FORMAT), VERSION));
      }
      for (String text = next(); text != null; text = next()) {
        if (text.startsWith("{\"" + END)) {
          if (parsed(text).path(END).asInt(-1) != worlds || next() != null) {
            throw wrong("the end does not fit what came before it");
          }
          write();
          return worlds;
        }
        take(text);
      }
      throw wrong("the end is missing: the file is not whole");
    }

    private void take(String text) throws StateProblem, SQLException {
      JsonNode json = parsed(text);
      if (json.has("world")) {
        write();
        String settings = json.path("settings").toString();
        String account = settings(settings).account().value();
        if (!accounts.add(account)) {
          throw wrong("the account %s is there twice".formatted(account));
        }
        world = database.addWorld(account, settings);
        worlds++;
        return;
      }
      if (world == 0) {
        throw wrong("a line of a history comes before its world");
      }
      if (json.has(SNAPSHOT)) {
        write();
        database.add(List.of(snapshot(json)));
        return;
      }
      try {
        Line line = Line.read(text);
        if (line == null
            || (line.at() == null || line.input() == null) == (line.request() == null)
            || (line.request() != null && line.number() <= 0)) {
          throw wrong("it is neither an input nor a request");
        }
      } catch (JacksonException e) {
        throw wrong(e.getOriginalMessage());
      }
      chunk.append(text).append('\n');
      if (++lines % CHUNK == 0) {
        write();
      }
    }

    private Database.Taken snapshot(JsonNode json) throws StateProblem {
      try {
        StoredSnapshot what =
            JournalJson.mapper().treeToValue(json.path(SNAPSHOT), StoredSnapshot.class);
        Packed packed = Packed.read(Base64.getDecoder().decode(json.path("bytes").asString()));
        WorldSnapshot snapshot = new SnapshotTable.Row(what, 0, packed).snapshot().orElse(null);
        if (snapshot == null
            || what.number() <= 0
            || what.moment() == null
            || what.build() == null
            || what.time() == null) {
          throw wrong("the snapshot is not whole");
        }
        return new Database.Taken(world, what, packed);
      } catch (JacksonException | IllegalArgumentException e) {
        throw wrong("the snapshot is not whole: " + e.getMessage());
      }
    }

    private WorldSettings settings(String json) throws StateProblem {
      try {
        WorldSettings read = JournalJson.mapper().readValue(json, WorldSettings.class);
        ConfigView.ofWorld(read); // nothing is missing
        return read;
      } catch (JacksonException e) {
        throw wrong("the settings cannot be read: " + e.getOriginalMessage());
      } catch (RuntimeException e) {
        throw wrong("the settings are not whole");
      }
    }

    private void write() throws SQLException {
      if (!chunk.isEmpty()) {
        database.add(List.of(new Database.Entry(world, chunk.toString())));
        chunk.setLength(0);
      }
    }

    private @Nullable String next() throws IOException {
      number++;
      return in.readLine();
    }

    private JsonNode parsed(String text) throws StateProblem {
      try {
        return JournalJson.mapper().readTree(text);
      } catch (JacksonException e) {
        throw wrong("it is no JSON: " + e.getOriginalMessage());
      }
    }

    private StateProblem wrong(String what) {
      return new StateProblem("line %d: %s".formatted(number, what));
    }
  }
}
