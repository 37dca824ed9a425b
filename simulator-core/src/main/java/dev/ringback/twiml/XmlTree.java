package dev.ringback.twiml;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads XML from a stranger: no document type, no external entities, bounded depth and number of
 * elements. Knows nothing of TwiML.
 */
final class XmlTree {
  /** TwiML itself is three levels deep; more is no TwiML. */
  static final int MAX_DEPTH = 32;

  static final int MAX_ELEMENTS = 1_000;

  private static final XMLInputFactory FACTORY = factory();

  private final String source;
  private final Lines lines;
  private final Deque<Tag> open = new ArrayDeque<>();
  private int elements;
  private @Nullable Tag root;

  private XmlTree(String source) {
    this.source = source;
    this.lines = new Lines(source);
  }

  /** Thrown and caught within this package: the text is not well-formed, or over a limit. */
  static final class MalformedXml extends Exception {
    final transient Position at;

    MalformedXml(Position at, String message) {
      super(message);
      this.at = at;
    }
  }

  static Tag read(String source) throws MalformedXml {
    return new XmlTree(source).read();
  }

  private Tag read() throws MalformedXml {
    XMLStreamReader xml = null;
    try {
      xml = FACTORY.createXMLStreamReader(new StringReader(source));
      int end = 0;
      while (xml.hasNext()) {
        int start = end;
        int event = xml.next();
        // The reader's character offsets are wrong after an empty element; its columns are right.
        end = lines.offset(xml.getLocation().getLineNumber(), xml.getLocation().getColumnNumber());
        switch (event) {
          case XMLStreamConstants.START_ELEMENT -> start(xml, start, end);
          case XMLStreamConstants.END_ELEMENT -> end();
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text(xml.getText());
          case XMLStreamConstants.DTD ->
              throw new MalformedXml(
                  lines.position(start),
                  "a document type declaration (DOCTYPE) is not allowed; remove it");
          case XMLStreamConstants.ENTITY_REFERENCE ->
              throw new MalformedXml(
                  lines.position(start),
                  "the entity &"
                      + xml.getLocalName()
                      + "; is not defined; use a character or &amp;");
          default -> {}
        }
      }
    } catch (XMLStreamException e) {
      throw malformed(e);
    } catch (RuntimeException e) {
      // The JDK's reader throws unchecked exceptions of its own on some ill-formed input.
      throw new MalformedXml(Position.START, "not well-formed XML");
    } finally {
      close(xml);
    }
    if (root == null) {
      throw new MalformedXml(Position.START, "there is no element in it");
    }
    return root;
  }

  private void start(XMLStreamReader xml, int start, int end) throws MalformedXml {
    // After text the reader has already taken the '<' of what comes next.
    boolean behind = start > 0 && source.charAt(start - 1) == '<';
    int tagStart = behind ? start - 1 : Math.max(source.indexOf('<', start), 0);
    Position at = lines.position(tagStart);
    if (open.size() >= MAX_DEPTH) {
      throw new MalformedXml(at, "elements are nested deeper than " + MAX_DEPTH + " levels");
    }
    if (++elements > MAX_ELEMENTS) {
      throw new MalformedXml(at, "more than " + MAX_ELEMENTS + " elements");
    }
    String prefix = xml.getPrefix();
    String name =
        prefix == null || prefix.isEmpty() ? xml.getLocalName() : prefix + ":" + xml.getLocalName();
    Tag tag = new Tag(name, at);
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      String attributePrefix = xml.getAttributePrefix(i);
      if ("xsi".equals(attributePrefix) || "xml".equals(attributePrefix)) {
        continue; // schema hints and xml:space are no business of TwiML's
      }
      String attribute = xml.getAttributeLocalName(i);
      tag.attributes.put(attribute, xml.getAttributeValue(i));
      tag.attributePositions.put(attribute, attributePosition(attribute, tagStart, end, at));
    }
    Tag parent = open.peek();
    if (parent != null) {
      parent.children.add(tag);
    } else {
      root = tag;
    }
    open.push(tag);
  }

  private void end() {
    Tag tag = open.pop();
    Tag parent = open.peek();
    if (parent != null && Grammar.SSML.contains(tag.name)) {
      parent.text.append(tag.text);
      if (Grammar.SEPARATING.contains(tag.name)) {
        parent.text.append(' ');
      }
    }
  }

  private void text(String text) {
    Tag tag = open.peek();
    if (tag != null) {
      tag.text.append(text);
    }
  }

  private Position attributePosition(String name, int start, int end, Position fallback) {
    if (end <= start || end > source.length()) {
      return fallback;
    }
    Matcher matcher =
        Pattern.compile("\\s" + Pattern.quote(name) + "\\s*=").matcher(source).region(start, end);
    return matcher.find() ? lines.position(matcher.start() + 1) : fallback;
  }

  private MalformedXml malformed(XMLStreamException e) {
    String message = e.getMessage() == null ? "not well-formed XML" : e.getMessage();
    int text = message.indexOf("Message: ");
    if (text >= 0) {
      message = message.substring(text + "Message: ".length());
    }
    message = plain(message.strip().replaceAll("^https?://\\S+#(\\S+)$", "$1"));
    Position at =
        e.getLocation() == null
            ? Position.START
            : new Position(
                Math.max(1, e.getLocation().getLineNumber()),
                Math.max(1, e.getLocation().getColumnNumber()));
    return new MalformedXml(at, message);
  }

  /** What the JDK's reader says of the most usual mistakes, in words about the document. */
  private static String plain(String message) {
    if (message.startsWith("Content is not allowed in prolog")) {
      return "it begins with text, not with an element";
    }
    if (message.startsWith("The processing instruction target matching")) {
      return "<?xml …?> must be the very first of it; something, perhaps white space, stands before";
    }
    return message;
  }

  private static void close(@Nullable XMLStreamReader xml) {
    try {
      if (xml != null) {
        xml.close();
      }
    } catch (XMLStreamException e) {
      // Nothing behind a string needs closing.
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }
}
