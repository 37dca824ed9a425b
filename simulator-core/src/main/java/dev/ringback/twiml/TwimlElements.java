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
   * @param path of its name and those around it, below the document's, such as {@code
   *     Connect/Conversation}
   * @param attributes as written, in their order
   * @param text of the element and all below it, white space folded
   */
  public record Element(String path, Map<String, String> attributes, String text) {
    public String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }

  /** All elements, in the order in which they begin; none when the text is not well-formed XML. */
  public static List<Element> of(String twiml) {
    List<Element> elements = new ArrayList<>();
    try {
      add("", XmlTree.read(twiml), elements);
    } catch (XmlTree.MalformedXml e) {
      return List.of();
    }
    return elements;
  }

  private static void add(String around, Tag tag, List<Element> elements) {
    String path = around + tag.name;
    elements.add(new Element(path, Map.copyOf(tag.attributes), tag.foldedText()));
    tag.children.forEach(child -> add(path.equals("Response") ? "" : path + "/", child, elements));
  }
}
