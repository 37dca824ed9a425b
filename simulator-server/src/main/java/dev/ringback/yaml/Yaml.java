package dev.ringback.yaml;

import dev.ringback.yaml.Value.Mapping;
import dev.ringback.yaml.Value.Nothing;
import dev.ringback.yaml.Value.Scalar;
import dev.ringback.yaml.Value.Sequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** YAML and JSON (which is YAML) with the line of everything. */
public final class Yaml {
  private static final int MAX_CHARACTERS = 1024 * 1024;
  private static final int MAX_DEPTH = 64;

  private Yaml() {}

  /** The file's only section; a missing or unreadable file is a problem too. */
  public static Section read(Path file) throws BadInput {
    return parse(file.toString(), TextFile.read(file, MAX_CHARACTERS));
  }

  /** A file's text; empty text is an empty section. */
  public static Section parse(String source, String text) throws BadInput {
    return section(source, text);
  }

  /** A request's body, which is JSON; no body is an empty section. */
  public static Section parseBody(String text) throws BadInput {
    return section(null, text);
  }

  private static Section section(@Nullable String source, String text) throws BadInput {
    if (text.length() > MAX_CHARACTERS) {
      throw new BadInput(new Problem(source, 0, "", "it is larger than 1 MB", null));
    }
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source == null ? "body" : source)
            .setMaxAliasesForCollections(0)
            .build();
    try {
      Node root = new Compose(settings).composeString(text).orElse(null);
      Value value = root == null ? new Nothing(1) : value(root, 0);
      return switch (value) {
        case Mapping mapping -> Section.root(source, mapping);
        case Nothing nothing ->
            Section.root(source, new Mapping(new LinkedHashMap<>(), Map.of(), 1));
        case Scalar scalar -> throw notAMapping(source, scalar.line());
        case Sequence sequence -> throw notAMapping(source, sequence.line());
      };
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(m -> m.getLine() + 1).orElse(0);
      throw new BadInput(new Problem(source, line, "", "not well-formed: " + e.getProblem(), null));
    } catch (YamlEngineException e) {
      throw new BadInput(new Problem(source, 0, "", "not well-formed: " + e.getMessage(), null));
    } catch (StackOverflowError e) {
      throw new BadInput(new Problem(source, 0, "", "nested too deeply", null));
    }
  }

  private static BadInput notAMapping(@Nullable String source, int line) {
    return new BadInput(new Problem(source, line, "", "it must be keys and values", null));
  }

  private static Value value(Node node, int depth) {
    int line = node.getStartMark().map(m -> m.getLine() + 1).orElse(0);
    if (depth > MAX_DEPTH) {
      throw new YamlEngineException("nested deeper than " + MAX_DEPTH + " levels");
    }
    return switch (node) {
      case ScalarNode scalar ->
          scalar.getTag().equals(Tag.NULL)
              ? new Nothing(line)
              : new Scalar(scalar.getValue(), line);
      case SequenceNode sequence -> {
        List<Value> items = new ArrayList<>();
        sequence.getValue().forEach(item -> items.add(value(item, depth + 1)));
        yield new Sequence(items, line);
      }
      case MappingNode mapping -> {
        LinkedHashMap<String, Value> entries = new LinkedHashMap<>();
        Map<String, Integer> lines = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
          String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
          int keyLine = tuple.getKeyNode().getStartMark().map(m -> m.getLine() + 1).orElse(0);
          if (entries.put(key, value(tuple.getValueNode(), depth + 1)) != null) {
            throw new YamlEngineException(
                "the key '%s' is there twice, the second time in line %d".formatted(key, keyLine));
          }
          lines.put(key, keyLine);
        }
        yield new Mapping(entries, lines, line);
      }
      default -> throw new YamlEngineException("aliases to what is not finished are not allowed");
    };
  }
}
