package dev.ringback.replay;

import dev.ringback.callback.Param;
import dev.ringback.engine.WorldSettings;
import dev.ringback.id.Sid;
import dev.ringback.journal.JournalEntry;
import dev.ringback.json.JournalJson;
import dev.ringback.scenariofile.ScenarioFile;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A journal as a file: a line that says which scenario was played and as whom, then a line of JSON
 * an entry. Lines that begin with {@code #} are remarks of people, and stay where they are.
 *
 * @param head how to play it again
 * @param above remarks above the head
 * @param lines as they are written, below the head
 */
public record JournalFile(Head head, List<String> above, List<String> lines) {
  private static final int VERSION = 1;

  /**
   * What is said of a call that was captured between the real Twilio and the app.
   *
   * @param fidelity where Twilio did otherwise, a sentence each
   * @param standIns words in whose place something else was
   * @param unanswered exchanges that Twilio did not have, so that nobody knows the app's answer
   * @param requests what Twilio sent, with stand-ins
   */
  public record Captured(
      List<String> fidelity,
      List<String> standIns,
      List<String> unanswered,
      List<Request> requests) {
    /** It was not captured. */
    static final Captured NOT = new Captured(List.of(), List.of(), List.of(), List.of());

    private void write(ObjectNode head) {
      write(head, "fidelity", fidelity);
      write(head, "standIns", standIns);
      write(head, "unanswered", unanswered);
      if (!requests.isEmpty()) {
        head.set("requests", JournalJson.mapper().valueToTree(requests));
      }
    }

    private static void write(ObjectNode head, String key, List<String> values) {
      if (!values.isEmpty()) {
        values.forEach(head.putArray(key)::add);
      }
    }

    private static Captured read(JsonNode head) {
      return new Captured(
          texts(head, "fidelity"),
          texts(head, "standIns"),
          texts(head, "unanswered"),
          head.path("requests").values().stream()
              .map(request -> JournalJson.mapper().treeToValue(request, Request.class))
              .toList());
    }

    private static List<String> texts(JsonNode head, String key) {
      return head.path(key).values().stream().map(JsonNode::asString).toList();
    }
  }

  /**
   * A request as Twilio sent it.
   *
   * @param path with the app's own query
   * @param headers those that are Twilio's own
   */
  public record Request(String method, String path, List<Param> headers, List<Param> form) {}

  /**
   * What is needed to play a journal again.
   *
   * @param file the scenario was read from; its canned app and shared parts are beside it
   * @param source the scenario as it was written
   * @param title which of the scenarios of the file it is
   * @param captured what is said of a captured call
   */
  public record Head(
      Path file, String source, String title, long seed, Sid account, Captured captured) {
    /** Of a scenario that was played. */
    public static Head of(ScenarioFile scenario, WorldSettings settings) throws BadInput {
      try {
        return new Head(
            scenario.file(),
            Files.readString(scenario.file()),
            scenario.name(),
            scenario.seed(),
            settings.account(),
            Captured.NOT);
      } catch (IOException e) {
        throw new BadInput(
            new Problem(scenario.file().toString(), 0, "", "it cannot be read any more", null));
      }
    }

    private String line() {
      ObjectNode head = JournalJson.mapper().createObjectNode();
      head.put("ringback", "journal");
      head.put("version", VERSION);
      head.put("scenario", title);
      head.put("seed", seed);
      head.put("account", account.value());
      head.put("file", file.toString());
      head.put("source", source);
      captured.write(head);
      return head.toString();
    }
  }

  /** The journal of a scenario that was played. */
  public static JournalFile of(Head head, List<JournalEntry> journal) {
    return new JournalFile(head, List.of(), journal.stream().map(JournalJson::write).toList());
  }

  public static JournalFile read(Path file) throws BadInput {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw problem(file, 0, "there is no such file", null);
    } catch (IOException e) {
      throw problem(file, 0, "it cannot be read: " + e.getMessage(), null);
    }
    int first = 0;
    while (first < lines.size() && isRemark(lines.get(first))) {
      first++;
    }
    Head head = first < lines.size() ? head(file, first + 1, lines.get(first)) : null;
    if (head == null) {
      throw problem(
          file,
          Math.min(first + 1, lines.size()),
          "it is no journal that can be replayed: its first line does not say which scenario was"
              + " played",
          "write one with `ringback run --journal DIR`");
    }
    JournalFile journal =
        new JournalFile(
            head,
            List.copyOf(lines.subList(0, first)),
            List.copyOf(lines.subList(first + 1, lines.size())));
    journal.check(file, first);
    return journal;
  }

  private static boolean isRemark(String line) {
    return line.isBlank() || line.startsWith("#");
  }

  private static @Nullable Head head(Path file, int number, String line) throws BadInput {
    try {
      JsonNode node = JournalJson.mapper().readTree(line);
      if (!node.path("ringback").asString("").equals("journal")) {
        return null;
      }
      if (node.path("version").asInt() != VERSION) {
        throw problem(
            file,
            number,
            "it is of version %s; this Ringback reads version %d"
                .formatted(node.path("version").asString("?"), VERSION),
            null);
      }
      return new Head(
          Path.of(node.required("file").asString()),
          node.required("source").asString(),
          node.required("scenario").asString(),
          node.required("seed").asLong(),
          new Sid(node.required("account").asString()),
          Captured.read(node));
    } catch (JacksonException | IllegalArgumentException e) {
      return null;
    }
  }

  private void check(Path file, int before) throws BadInput {
    for (int i = 0; i < lines.size(); i++) {
      if (!isRemark(lines.get(i))) {
        try {
          if (JournalJson.read(lines.get(i)).fact() == null) {
            throw new IllegalArgumentException("no fact");
          }
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
          throw problem(file, i + before + 2, "this line is no entry of a journal", null);
        }
      }
    }
  }

  private static BadInput problem(Path file, int line, String message, @Nullable String hint) {
    return new BadInput(new Problem(file.toString(), line, "", message, hint));
  }

  public List<JournalEntry> entries() {
    return lines.stream().filter(line -> !isRemark(line)).map(JournalJson::read).toList();
  }

  /** The same with other entries; each remark stays above the entry that has its place. */
  public JournalFile with(List<JournalEntry> entries) {
    List<String> updated = new ArrayList<>();
    int next = 0;
    for (String line : lines) {
      if (isRemark(line)) {
        updated.add(line);
      } else if (next < entries.size()) {
        updated.add(JournalJson.write(entries.get(next++)));
      }
    }
    entries.subList(next, entries.size()).forEach(entry -> updated.add(JournalJson.write(entry)));
    return new JournalFile(head, above, List.copyOf(updated));
  }

  /** All of it, as it is written. */
  public String text() {
    List<String> all = new ArrayList<>(above);
    all.add(head.line());
    all.addAll(lines);
    return String.join("\n", all) + "\n";
  }
}
