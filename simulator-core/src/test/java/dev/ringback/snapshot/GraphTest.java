package dev.ringback.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.twiml.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A graph of objects comes back as it was written, whatever circles are in it. */
class GraphTest {
  private static Object again(Object root) {
    return GraphReader.read(GraphWriter.write(root, List.of()), List.of());
  }

  /** Values and collections that equal what they were. */
  @Test
  void valuesComeBack() {
    List<Object> all = new ArrayList<>();
    all.add("é \ud83d\ude00 \ud800 lone");
    all.add(Arrays.asList(null, "", "latin é"));
    all.addAll(List.of(true, 7, -7, Long.MIN_VALUE, -0.5, Double.NaN));
    all.addAll(List.of(Instant.MAX, Instant.MIN, Duration.ofSeconds(-3, 5), HttpMethod.GET));
    all.addAll(List.of(Optional.empty(), Optional.of("x"), Map.entry("k", 1)));
    all.add(new HashMap<>(Map.of("a", List.of(1, 2))));
    all.add(new EnumMap<>(Map.of(HttpMethod.POST, "p")));
    all.add(new HashSet<>(Set.of(new Pair(new ArrayList<>(List.of("in a key")), 1))));
    all.add(new TreeSet<>(Set.of("b", "a")));
    all.add(Collections.unmodifiableMap(new LinkedHashMap<>(Map.of("z", 1))));
    all.add(String.class);
    assertEquals(all, again(all));
  }

  /** Nobody can tell a restored one by the order in which it tells its elements. */
  @Test
  void orderIsKept() {
    Set<HttpMethod> methods = EnumSet.allOf(HttpMethod.class);
    assertEquals(List.copyOf(methods), List.copyOf((Set<?>) again(methods)));
    Map<String, Integer> map = new LinkedHashMap<>();
    Set<String> set = new LinkedHashSet<>();
    ArrayDeque<String> deque = new ArrayDeque<>();
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      String word = Integer.toString(random.nextInt(10_000), 36);
      map.put(word, i);
      set.add(word);
      deque.addFirst(word);
    }
    assertEquals(List.copyOf(map.keySet()), List.copyOf(((Map<?, ?>) again(map)).keySet()));
    assertEquals(List.copyOf(set), List.copyOf((Set<?>) again(set)));
    assertEquals(List.copyOf(deque), List.copyOf((ArrayDeque<?>) again(deque)));
  }

  private record Pair(Object one, Object other) {}

  private static final class Node {
    private final String name;
    private Object next = "nothing";
    private transient @Nullable String cache = "not kept";

    Node(String name) {
      this.name = name;
    }
  }

  private interface Task extends SerializableSupplier<String> {}

  /** A node, a record and a lambda that know each other: Java's serialization loses this one. */
  @Test
  void circlesGoThroughRecordsAndLambdas() {
    Node node = new Node("n");
    Task task = () -> node.name + ((Pair) node.next).other();
    node.next = new Pair(task, "!");
    Pair read = (Pair) again(new Pair(task, node));
    Node copy = (Node) read.other();
    assertNotSame(node, copy);
    assertEquals("n!", ((Task) read.one()).get());
    assertSame(read.one(), ((Pair) copy.next).one());
    assertEquals(null, copy.cache);
    copy.next = new Pair(read.one(), "?");
    assertEquals("n?", ((Task) read.one()).get(), "the lambda has the copy");
    assertEquals("n!", task.get());
  }

  @Test
  void whatIsOnTheGroundStaysThere() {
    Object here = new Object();
    Object there = new Object();
    byte[] bytes = GraphWriter.write(new Pair(here, List.of(here)), List.of("other", here));
    Pair read = (Pair) GraphReader.read(bytes, List.of("another", there));
    assertSame(there, read.one());
    assertSame(there, ((List<?>) read.other()).getFirst());
  }

  @Test
  void nobodyHearsOfAFutureThatWasPromisedBefore() {
    CompletableFuture<String> future = new CompletableFuture<>();
    future.complete("then");
    Object read = again(new Pair(future, 1));
    assertTrue(!assertInstanceOf(CompletableFuture.class, ((Pair) read).one()).isDone());
  }

  @Test
  void whatCannotBeWrittenIsNamedWithItsPlace() {
    Supplier<String> lambda = () -> "x";
    Node node = new Node("n");
    node.next = lambda;
    GraphProblem problem = assertThrows(GraphProblem.class, () -> again(node));
    assertTrue(
        problem.toString().contains("is not Serializable") && problem.toString().contains("Node"),
        problem::toString);
    assertThrows(GraphProblem.class, () -> again(new Pair(new Thread(), 1)));
    assertThrows(GraphProblem.class, () -> again(new TreeSet<>(Collections.reverseOrder())));
  }

  /** Whatever is done to the bytes: an answer or a problem, nothing else. */
  @Test
  void bytesThatAreNoneAreRefused() {
    Node node = new Node("n");
    node.next = new Pair(new ArrayList<>(List.of("a", 2, Instant.EPOCH)), Map.of("k", "v"));
    byte[] bytes = GraphWriter.write(node, List.of());
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(GraphProblem.class, () -> GraphReader.read(cut, List.of()));
    }
  }
}
