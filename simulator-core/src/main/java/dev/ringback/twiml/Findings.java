package dev.ringback.twiml;

import java.util.ArrayList;
import java.util.List;

/** What a reader has to say about a document, while it reads. */
final class Findings {
  private static final int MOST = 100;

  private final WrongAttribute wrongAttribute;
  private final List<Finding> found = new ArrayList<>();
  private final List<Finding> outlook = new ArrayList<>();

  Findings(WrongAttribute wrongAttribute) {
    this.wrongAttribute = wrongAttribute;
  }

  /** Whether a blemish of this element's attributes is mended rather than refused. */
  boolean normalises(Grammar.Element element) {
    return wrongAttribute == WrongAttribute.NORMALISE
        && (element.equals(ConnectTables.CONNECT) || element.equals(ConnectTables.CONVERSATION));
  }

  /** The first hundred; nobody reads more. */
  List<Finding> all() {
    return found.stream().limit(MOST).toList();
  }

  /** What will be said or done later; the first hundred. */
  List<Finding> outlook() {
    return outlook.stream().limit(MOST).toList();
  }

  void foresee(Finding finding) {
    outlook.add(finding);
  }

  /**
   * Foresees what a request to that URL will come to.
   *
   * @param what it is the URL of
   */
  void foreseeUrl(Position at, String what, String url) {
    String problem = UrlCheck.problem(url);
    if (problem != null) {
      foresee(Finding.of(TwilioError.INVALID_URL, at, "%s: %s".formatted(what, problem)));
      return;
    }
    String remark = UrlCheck.remark(url);
    if (remark != null) {
      foresee(Finding.notice(at, "%s: %s".formatted(what, remark)));
    }
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
          "<%s> is not allowed in <%s>; it is ignored%s"
              .formatted(child.name, parent.name, Grammar.meant(child.name)));
    }
  }
}
