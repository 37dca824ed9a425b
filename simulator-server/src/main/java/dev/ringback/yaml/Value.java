package dev.ringback.yaml;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import java.util.function.UnaryOperator;

/** A value as written, with the line it is on (0: unknown). */
sealed interface Value {
  int line();

  /** The same with other texts. */
  Value with(UnaryOperator<String> replace);

  /** Shows every text and its line. */
  void visit(ObjIntConsumer<String> visitor);

  record Scalar(String text, int line) implements Value {
    @Override
    public Value with(UnaryOperator<String> replace) {
      return new Scalar(replace.apply(text), line);
    }

    @Override
    public void visit(ObjIntConsumer<String> visitor) {
      visitor.accept(text, line);
    }
  }

  record Nothing(int line) implements Value {
    @Override
    public Value with(UnaryOperator<String> replace) {
      return this;
    }

    @Override
    public void visit(ObjIntConsumer<String> visitor) {}
  }

  record Sequence(List<Value> items, int line) implements Value {
    @Override
    public Value with(UnaryOperator<String> replace) {
      return new Sequence(items.stream().map(item -> item.with(replace)).toList(), line);
    }

    @Override
    public void visit(ObjIntConsumer<String> visitor) {
      items.forEach(item -> item.visit(visitor));
    }
  }

  /**
   * @param lines of the keys
   */
  record Mapping(LinkedHashMap<String, Value> entries, Map<String, Integer> lines, int line)
      implements Value {
    @Override
    public Value with(UnaryOperator<String> replace) {
      LinkedHashMap<String, Value> same = new LinkedHashMap<>();
      Map<String, Integer> sameLines = new HashMap<>();
      entries.forEach((key, value) -> {
        String name = replace.apply(key);
        same.put(name, value.with(replace));
        sameLines.put(name, lines.getOrDefault(key, line));
      });
      return new Mapping(same, sameLines, line);
    }

    @Override
    public void visit(ObjIntConsumer<String> visitor) {
      entries.forEach((key, value) -> {
        visitor.accept(key, lines.getOrDefault(key, line));
        value.visit(visitor);
      });
    }
  }
}
