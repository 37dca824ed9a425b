package dev.ringback.yaml;

import dev.ringback.twiml.WireNamed;
import dev.ringback.words.DidYouMean;
import dev.ringback.yaml.Value.Mapping;
import dev.ringback.yaml.Value.Nothing;
import dev.ringback.yaml.Value.Scalar;
import dev.ringback.yaml.Value.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values as they are written. Asking for a key makes it known; {@link #done()} turns the
 * keys nobody asked for into problems. Problems are collected, so that one look at a file finds all
 * of them; {@link #check()} throws them.
 */
public final class Section {
  private final @Nullable String source;
  private final String path;
  private final Mapping mapping;
  private final List<Problem> problems;
  private final Set<String> known = new LinkedHashSet<>();

  private Section(@Nullable String source, String path, Mapping mapping, List<Problem> problems) {
    this.source = source;
    this.path = path;
    this.mapping = mapping;
    this.problems = problems;
  }

  static Section root(@Nullable String source, Mapping mapping) {
    return new Section(source, "", mapping, new ArrayList<>());
  }

  public @Nullable String source() {
    return source;
  }

  /** The keys as written. */
  public Set<String> keys() {
    return mapping.entries().keySet();
  }

  public boolean has(String key) {
    known.add(key);
    Value value = mapping.entries().get(key);
    return value != null && !(value instanceof Nothing);
  }

  // Values

  public Optional<String> text(String key) {
    known.add(key);
    return switch (mapping.entries().get(key)) {
      case null -> Optional.empty();
      case Nothing nothing -> Optional.empty();
      case Scalar scalar -> Optional.of(scalar.text());
      case Sequence sequence -> wrong(key, "must be a single value, not a list");
      case Mapping other -> wrong(key, "must be a single value, not keys and values");
    };
  }

  public Optional<String> text(String key, Predicate<String> valid, String mustBe) {
    Optional<String> text = text(key);
    return text.isPresent() && !valid.test(text.get())
        ? wrong(key, "must be " + mustBe + ", not '" + text.get() + "'")
        : text;
  }

  public <T> Optional<T> value(String key, Function<String, Optional<T>> parse, String mustBe) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<T> value = parse.apply(text.get());
    return value.isPresent()
        ? value
        : wrong(key, "must be " + mustBe + ", not '" + text.get() + "'");
  }

  public Optional<Duration> duration(String key) {
    return value(key, Durations::parse, Durations.FORM);
  }

  public Optional<Boolean> flag(String key) {
    return value(
        key,
        text ->
            switch (text) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            },
        "true or false");
  }

  public Optional<Long> integer(String key) {
    return value(
        key,
        text -> text.matches("-?\\d{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty(),
        "a whole number");
  }

  public <E extends Enum<E> & WireNamed> Optional<E> named(String key, Class<E> type) {
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      names.add(constant.wireName());
    }
    return choice(key, names).flatMap(name -> WireNamed.find(type, name));
  }

  public Optional<String> choice(String key, List<String> choices) {
    Optional<String> text = text(key);
    if (text.isEmpty() || choices.contains(text.get())) {
      return text;
    }
    String hint =
        DidYouMean.to(text.get(), choices).map(n -> "; did you mean '" + n + "'?").orElse("");
    return wrong(
        key,
        "must be one of %s, not '%s'%s".formatted(String.join(", ", choices), text.get(), hint));
  }

  public Optional<Section> section(String key) {
    known.add(key);
    return switch (mapping.entries().get(key)) {
      case null -> Optional.empty();
      case Nothing nothing -> Optional.empty();
      case Mapping below -> Optional.of(new Section(source, at(key), below, problems));
      case Scalar scalar -> wrong(key, "must be keys and values, not '" + scalar.text() + "'");
      case Sequence sequence -> wrong(key, "must be keys and values, not a list");
    };
  }

  /** A list of sections; empty when there is none. */
  public List<Section> sections(String key) {
    List<Section> sections = new ArrayList<>();
    List<Value> items = items(key);
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Mapping below) {
        sections.add(new Section(source, at(key) + "[" + i + "]", below, problems));
      } else {
        add(items.get(i).line(), at(key) + "[" + i + "]", "must be keys and values", null);
      }
    }
    return sections;
  }

  /** A list of single values; empty when there is none. */
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    List<Value> items = items(key);
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Scalar scalar) {
        texts.add(scalar.text());
      } else {
        add(items.get(i).line(), at(key) + "[" + i + "]", "must be a single value", null);
      }
    }
    return texts;
  }

  private List<Value> items(String key) {
    known.add(key);
    return switch (mapping.entries().get(key)) {
      case null -> List.of();
      case Nothing nothing -> List.of();
      case Sequence sequence -> sequence.items();
      case Scalar scalar -> {
        wrong(key, "must be a list, not '" + scalar.text() + "'");
        yield List.of();
      }
      case Mapping below -> {
        wrong(key, "must be a list, not keys and values");
        yield List.of();
      }
    };
  }

  /** Keys that are names of the user's own, with single values. */
  public Map<String, String> freeTexts(String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    section(key)
        .ifPresent(below -> {
          for (String name : below.keys()) {
            below.text(name).ifPresent(text -> texts.put(name, text));
          }
          below.done();
        });
    return texts;
  }

  /** Whether the value of {@code key} is a single value rather than keys or a list. */
  public boolean isText(String key) {
    return mapping.entries().get(key) instanceof Scalar;
  }

  /**
   * The same with other texts: every single value, and every key, is what {@code replace} makes of
   * it. Its problems are its own.
   */
  public Section with(UnaryOperator<String> replace) {
    return new Section(source, path, (Mapping) mapping.with(replace), new ArrayList<>());
  }

  /** The sections under a key: one, or those of a list; none where there is something else. */
  public List<Section> within(String key) {
    return switch (mapping.entries().get(key)) {
      case Mapping below -> List.of(new Section(source, at(key), below, problems));
      case Sequence sequence -> {
        List<Section> sections = new ArrayList<>();
        for (Value item : sequence.items()) {
          if (item instanceof Mapping below) {
            sections.add(new Section(source, at(key), below, problems));
          }
        }
        yield sections;
      }
      case null, default -> List.of();
    };
  }

  /** What is found in the single value, or the single values of a list, under a key. */
  public Set<String> texts(String key, Function<String, Set<String>> words) {
    Set<String> found = new LinkedHashSet<>();
    Value value = mapping.entries().get(key);
    if (value != null) {
      value.visit((text, line) -> found.addAll(words.apply(text)));
    }
    return found;
  }

  /** What is found in its single values and keys, here and below, with the line. */
  public Map<String, Integer> find(Function<String, Set<String>> words) {
    Map<String, Integer> found = new LinkedHashMap<>();
    mapping.visit((text, line) -> words.apply(text).forEach(w -> found.putIfAbsent(w, line)));
    return found;
  }

  // Problems

  /** A problem in a certain line. */
  public void wrongIn(int line, String message, @Nullable String hint) {
    add(line, path, message, hint);
  }

  /** What was found to be wrong so far, here and in all sections below. */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** A problem with the value of a key. */
  public <T> Optional<T> wrong(String key, String message) {
    return wrong(key, message, null);
  }

  public <T> Optional<T> wrong(String key, String message, @Nullable String hint) {
    known.add(key);
    add(lineOf(key), at(key), message, hint);
    return Optional.empty();
  }

  /** The line of a key's value, or of the section when there is none. */
  public int line(String key) {
    return lineOf(key);
  }

  /** A key that must be there is not. */
  public void missing(String key) {
    if (!has(key)) {
      add(lineOf(key), at(key), "'" + key + "' is missing", null);
    }
  }

  /** Ends the reading of this section: keys that were not asked for are unknown. */
  public void done() {
    for (String key : mapping.entries().keySet()) {
      if (!known.contains(key)) {
        String hint =
            DidYouMean.to(key, known)
                .map(nearest -> "did you mean '" + nearest + "'?")
                .orElse("known here: " + String.join(", ", known));
        add(lineOf(key), at(key), "unknown key '" + key + "'", hint);
      }
    }
  }

  /** Throws what was found, here and in all sections below. */
  public void check() throws BadInput {
    if (!problems.isEmpty()) {
      problems.sort(Comparator.comparingInt(Problem::line));
      throw new BadInput(problems);
    }
  }

  private void add(int line, String key, String message, @Nullable String hint) {
    problems.add(new Problem(source, line, key, message, hint));
  }

  private int lineOf(String key) {
    return mapping.lines().getOrDefault(key, mapping.line());
  }

  private String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
