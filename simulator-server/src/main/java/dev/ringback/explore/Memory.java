package dev.ringback.explore;

import dev.ringback.json.JournalJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * All that an exploration knows, as values: when its time is up it is written, and the next one
 * goes on from there.
 */
final class Memory {
  int played;
  final Set<String> states = new LinkedHashSet<>();
  final Map<String, Finding> findings = new LinkedHashMap<>();

  /** By path: what the app answers when a session or dialled call went well. */
  final Map<String, String> successes = new LinkedHashMap<>();

  /** By path and what was told: the first that did not go well, while the caller was there. */
  final Map<String, Other> others = new LinkedHashMap<>();

  /** By what it tells: the first course in which a callback was made. */
  final Map<String, Callback> callbacks = new LinkedHashMap<>();

  /** By path: the first request that went well, to be made again with a wrong signature. */
  final Map<String, Signed> signed = new LinkedHashMap<>();

  /** By path: whether a wrong signature was taken for a right one. */
  final Map<String, Boolean> forged = new LinkedHashMap<>();

  /** Requests that are answered differently from time to time. */
  final Set<String> varying = new LinkedHashSet<>();

  /** Courses that two callers are to go at once. */
  final List<Course> doubles = new ArrayList<>();

  /** What was done after the branches, by name. */
  final Set<String> done = new LinkedHashSet<>();

  /** An ending that was none, and what the app answered. */
  record Other(String where, String path, String answer, String then, Course course) {}

  /** A callback, and a course in which it is made. */
  record Callback(String kind, Map<String, String> form, Course course) {}

  /** A request that was rightly signed, and what the app answered. */
  record Signed(String kind, Map<String, String> form, Told told, Course course) {

    String where() {
      return told.where();
    }

    String shape() {
      return told.shape();
    }

    String then() {
      return told.then();
    }
  }

  /**
   * A request and its answer, in words.
   *
   * @param shape of the answer, see {@link Journey#shape}
   * @param then what would have to be so instead
   */
  record Told(String where, String shape, String then) {}

  /** As a file has it. */
  private record Saved(
      String exploration,
      int played,
      List<Course> queue,
      Set<String> states,
      Knowledge knowledge,
      Rest rest) {}

  private record Knowledge(
      Map<String, Finding> findings, Map<String, String> successes, Map<String, Other> others) {}

  private record Rest(
      Map<String, Callback> callbacks,
      Map<String, Signed> signed,
      Map<String, Boolean> forged,
      Set<String> varying,
      List<Course> doubles,
      Set<String> done) {}

  /** What a memory knows, and the courses that are still to be played. */
  record Read(Memory memory, List<Course> queue) {}

  /** A state, short. */
  static String state(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /**
   * @param exploration which: app, seed and depth
   * @param queue courses that are still to be played
   */
  void write(Path file, String exploration, List<Course> queue) throws IOException {
    Files.writeString(
        file,
        JournalJson.mapper()
            .writeValueAsString(
                new Saved(
                    exploration,
                    played,
                    queue,
                    states,
                    new Knowledge(findings, successes, others),
                    new Rest(callbacks, signed, forged, varying, doubles, done))));
  }

  /** Null: there is none, or it is of another exploration. */
  static @Nullable Read read(Path file, String exploration) throws IOException {
    Saved saved = saved(file);
    if (saved == null || !exploration.equals(saved.exploration())) {
      return null;
    }
    Memory memory = new Memory();
    memory.played = saved.played();
    memory.states.addAll(saved.states());
    memory.findings.putAll(saved.knowledge().findings());
    memory.successes.putAll(saved.knowledge().successes());
    memory.others.putAll(saved.knowledge().others());
    memory.callbacks.putAll(saved.rest().callbacks());
    memory.signed.putAll(saved.rest().signed());
    memory.forged.putAll(saved.rest().forged());
    memory.varying.addAll(saved.rest().varying());
    memory.doubles.addAll(saved.rest().doubles());
    memory.done.addAll(saved.rest().done());
    return new Read(memory, saved.queue());
  }

  /** Of which exploration a file is; null: there is none. */
  static @Nullable String name(Path file) throws IOException {
    Saved saved = saved(file);
    return saved == null ? null : saved.exploration();
  }

  private static @Nullable Saved saved(Path file) throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    try {
      return JournalJson.mapper().readValue(Files.readString(file), Saved.class);
    } catch (JacksonException e) {
      return null;
    }
  }
}
