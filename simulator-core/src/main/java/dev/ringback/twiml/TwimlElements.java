package dev.ringback.twiml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an app wrote in a document, as it stands there: unchecked, without defaults. */
public final class TwimlElements {
  private TwimlElements() {}

  /**
   * One element.
   *
   * @param attributes as written, in their order
   * @param text of the element and all below it, white space folded
   */
  public record Element(String name, Map<String, String> attributes, String text) {}

  /** All elements, in the order in which they begin; none when the text is not well-formed XML. */
  public static List<Element> of(String twiml) {
    List<Element> elements = new ArrayList<>();
    try {
      add(XmlTree.read(twiml), elements);
    } catch (XmlTree.MalformedXml e) {
      return List.of();
    }
    return elements;
  }

  private static void add(Tag tag, List<Element> elements) {
    elements.add(new Element(tag.name, Map.copyOf(tag.attributes), tag.foldedText()));
    tag.children.forEach(child -> add(child, elements));
  }
}
