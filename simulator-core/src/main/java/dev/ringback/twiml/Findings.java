package dev.ringback.twiml;

import java.util.ArrayList;
import java.util.List;

/** What a reader has to say about a document, while it reads. */
final class Findings {
  private static final int MOST = 100;

  private final List<Finding> found = new ArrayList<>();

  /** The first hundred; nobody reads more. */
  List<Finding> all() {
    return found.stream().limit(MOST).toList();
  }

  void add(Finding finding) {
    found.add(finding);
  }

  void find(TwilioError error, Position at, String message) {
    found.add(Finding.of(error, at, message));
  }

  void schema(Position at, String message) {
    find(TwilioError.SCHEMA_VALIDATION_WARNING, at, message);
  }

  void notEmulated(Position at, String message) {
    found.add(Finding.notEmulated(at, message));
  }

  void noText(Tag tag) {
    if (!tag.foldedText().isEmpty()) {
      schema(tag.at, "Text is not allowed in <" + tag.name + ">; it is ignored");
    }
  }

  void noChildren(Tag tag) {
    for (Tag child : tag.children) {
      stranger(child, tag, List.of());
    }
  }

  /** A child that cannot stand there, or is not emulated. */
  void stranger(Tag child, Tag parent, List<String> notEmulated) {
    if (notEmulated.contains(child.name)) {
      notEmulated(
          child.at, "<%s><%s> is not emulated; it is skipped".formatted(parent.name, child.name));
    } else {
      schema(
          child.at,
          "<%s> is not allowed in <%s>; it is ignored".formatted(child.name, parent.name));
    }
  }
}
