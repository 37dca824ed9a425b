package dev.ringback.snapshot;

import java.lang.reflect.Field;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Reads what {@link GraphWriter} of the same build has written. */
public final class GraphReader {
  private static final Kind[] KINDS = Kind.values();

  private final Bytes.Reader in;
  private final List<?> ground;
  private final List<Object> words = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();
  private final List<Hashed> hashed = new ArrayList<>();
  private Object[] vessels = {};

  private GraphReader(byte[] bytes, List<?> ground) {
    this.in = new Bytes.Reader(bytes);
    this.ground = ground;
  }

  /**
   * @param ground objects that take the places of those that the writer named, in their order
   * @throws GraphProblem when that is nothing that this build has written
   */
  public static Object read(byte[] bytes, List<?> ground) {
    try {
      return new GraphReader(bytes, ground).read();
    } catch (GraphProblem e) {
      throw e;
    } catch (RuntimeException e) {
      throw new GraphProblem("the bytes are no graph: " + e, e);
    }
  }

  private Object read() {
    vessels = new Object[in.count()];
    for (int i = 0; i < vessels.length; i++) {
      vessels[i] = vessel(KINDS[in.count()]);
    }
    words.clear(); // those of the shells were their own
    Object root = reference();
    for (int i = 0; i < vessels.length; i++) {
      fill(vessels[in.count()]);
    }
    // Keys and elements may have lists in them, and elements maps, too.
    hashed.stream().filter(late -> late.vessel() instanceof Map<?, ?>).forEach(Hashed::fill);
    hashed.stream().filter(late -> late.vessel() instanceof Set<?>).forEach(Hashed::fill);
    if (root == null) {
      throw new GraphProblem("the graph is empty");
    }
    return root;
  }

  /** Maps and sets are filled when all that is in them is whole. */
  private record Hashed(Object vessel, List<@Nullable Object> parts) {
    @SuppressWarnings("unchecked") // of what the writer found in them
    void fill() {
      if (vessel instanceof Map<?, ?> map) {
        for (int i = 0; i < parts.size(); i += 2) {
          ((Map<@Nullable Object, @Nullable Object>) map).put(parts.get(i), parts.get(i + 1));
        }
      } else {
        ((Set<@Nullable Object>) vessel).addAll(parts);
      }
    }
  }

  // Vessels

  private Object vessel(Kind kind) {
    return switch (kind) {
      case ARRAY -> new Object[in.count()];
      case LONGS -> new long[in.count()];
      case FUTURE -> new CompletableFuture<>();
      case ENUM_MAP -> enumMap((Class<?>) word(Kind.CLASS));
      case OBJECT -> Types.ObjectType.of((Class<?>) word(Kind.CLASS)).make();
      case COLLECTION, MUTABLE_MAP -> empty((Class<?>) word(Kind.CLASS));
      default -> throw new GraphProblem("nothing of kind %s can be empty".formatted(kind));
    };
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // the class is one of an enum, or the cast fails
  private static Object enumMap(Class<?> keys) {
    return new EnumMap(keys.asSubclass(Enum.class));
  }

  private static Object empty(Class<?> type) {
    try {
      return type.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new GraphProblem("no empty %s can be made".formatted(type), e);
    }
  }

  @SuppressWarnings("unchecked") // of what the writer found in them
  private void fill(Object vessel) {
    switch (vessel) {
      case Object[] array -> {
        for (int i = 0; i < array.length; i++) {
          array[i] = reference();
        }
      }
      case long[] longs -> {
        for (int i = 0; i < longs.length; i++) {
          longs[i] = in.number();
        }
      }
      case CompletableFuture<?> future -> {}
      case Set<?> set -> hashed.add(new Hashed(set, Arrays.asList(parts(in.count()))));
      case Map<?, ?> map -> hashed.add(new Hashed(map, Arrays.asList(parts(2 * in.count()))));
      case Collection<?> collection -> {
        int size = in.count();
        for (int i = 0; i < size; i++) {
          ((Collection<@Nullable Object>) collection).add(reference());
        }
      }
      default -> {
        for (Field field : Types.ObjectType.of(vessel.getClass()).fields()) {
          Types.set(field, vessel, reference());
        }
      }
    }
  }

  // References

  private @Nullable Object reference() {
    int head = in.count();
    return switch (head) {
      case GraphWriter.NULL -> null;
      case GraphWriter.GROUND -> ground.get(in.count());
      case GraphWriter.VESSEL -> vessels[in.count()];
      case GraphWriter.KNOWN -> values.get(in.count());
      default -> here(KINDS[head - GraphWriter.FIRST_KIND]);
    };
  }

  private Object here(Kind kind) {
    if (kind.shape == Kind.Shape.LEAF) {
      return leaf(kind);
    }
    int number = values.size();
    values.add(kind); // its number is its own before its parts have theirs
    Object value = value(kind);
    values.set(number, value);
    return value;
  }

  private Object leaf(Kind kind) {
    return switch (kind) {
      case BOOLEAN -> in.number() != 0;
      case INTEGER -> (int) in.number();
      case LONG -> in.number();
      case DOUBLE -> Double.longBitsToDouble(in.number());
      case INSTANT -> Instant.ofEpochSecond(in.number(), in.number());
      case DURATION -> Duration.ofSeconds(in.number(), in.number());
      case CONSTANT -> ((Class<?>) word(Kind.CLASS)).getEnumConstants()[in.count()];
      default -> word(kind);
    };
  }

  private Object word(Kind kind) {
    int known = in.count();
    if (known > 0) {
      return words.get(known - 1);
    }
    Object word =
        switch (kind) {
          case CLASS -> Types.named(in.text());
          case LAMBDA -> lambda();
          default -> in.text();
        };
    words.add(word);
    return word;
  }

  private Lambda lambda() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < Lambda.NAMES; i++) {
      names.add(in.text());
    }
    return new Lambda(List.copyOf(names), in.count());
  }

  private Object value(Kind kind) {
    return switch (kind) {
      case RECORD -> {
        Types.RecordType type = Types.RecordType.of((Class<?>) word(Kind.CLASS));
        yield type.make(parts(type.parts().size()));
      }
      case LAMBDA -> {
        Lambda place = (Lambda) word(Kind.LAMBDA);
        yield place.with(parts(in.count()));
      }
      case OPTIONAL -> Optional.ofNullable(reference());
      case LIST -> list(parts(in.count()));
      case SET ->
          Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList(parts(in.count()))));
      case MAP -> map(in.count());
      case ENTRY -> Map.entry(part(), part());
      default -> throw new GraphProblem("a %s is no value".formatted(kind));
    };
  }

  private Object part() {
    Object part = reference();
    if (part == null) {
      throw new GraphProblem("a part is missing");
    }
    return part;
  }

  private @Nullable Object[] parts(int count) {
    @Nullable Object[] parts = new Object[count];
    for (int i = 0; i < count; i++) {
      parts[i] = reference();
    }
    return parts;
  }

  /** What {@code Stream.toList} gives can have nulls in it. */
  @SuppressWarnings("NullAway")
  private static Object list(@Nullable Object[] parts) {
    for (Object part : parts) {
      if (part == null) {
        return Collections.unmodifiableList(Arrays.asList(parts));
      }
    }
    return List.of(parts);
  }

  /** In the order in which it was written, which is that of one that was wrapped. */
  private Object map(int size) {
    Map<Object, Object> map = LinkedHashMap.newLinkedHashMap(size);
    for (int i = 0; i < size; i++) {
      map.put(part(), part());
    }
    return Collections.unmodifiableMap(map);
  }
}
