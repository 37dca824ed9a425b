package dev.ringback.twiml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An element as it stands in the text: what {@link XmlTree} builds and the reader interprets. */
final class Tag {
  final String name;
  final Position at;
  final Map<String, String> attributes = new LinkedHashMap<>();
  final Map<String, Position> attributePositions = new LinkedHashMap<>();
  final List<Tag> children = new ArrayList<>();
  final StringBuilder text = new StringBuilder();

  Tag(String name, Position at) {
    this.name = name;
    this.at = at;
  }

  Position positionOf(String attribute) {
    return attributePositions.getOrDefault(attribute, at);
  }

  /** The text of this element and all below it, white space folded. */
  String foldedText() {
    return text.toString().strip().replaceAll("\\s+", " ");
  }
}
