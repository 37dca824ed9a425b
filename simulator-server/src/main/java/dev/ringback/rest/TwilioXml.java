package dev.ringback.rest;

import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * The XML of the API of 2010: names in camel case below {@code TwilioResponse}
 * (docs/usage/twilios-response).
 */
final class TwilioXml {
  private static final XMLOutputFactory FACTORY = XMLOutputFactory.newFactory();

  /** What is told of a page, in its order. */
  private static final List<String> ABOUT_A_PAGE =
      List.of("page", "page_size", "uri", "first_page_uri", "previous_page_uri", "next_page_uri");

  /** The fields that come before the others. */
  private static final List<String> FIRST = List.of("sid", "date_created", "date_updated");

  private TwilioXml() {}

  /** A resource. */
  static String of(String element, Map<String, @Nullable Object> fields) {
    return document(xml -> write(xml, element, fields));
  }

  /**
   * A page of a list.
   *
   * @param page what is told of it, as attributes
   */
  static String of(
      String elements,
      Map<String, @Nullable Object> page,
      String element,
      List<Map<String, @Nullable Object>> items) {
    return document(xml -> {
      xml.writeStartElement(elements);
      for (String name : ABOUT_A_PAGE) {
        xml.writeAttribute(
            name.replace("_", ""), Objects.requireNonNullElse(page.get(name), "").toString());
      }
      for (Map<String, @Nullable Object> item : items) {
        write(xml, element, item);
      }
      xml.writeEndElement();
    });
  }

  private interface Content {
    void write(XMLStreamWriter xml) throws XMLStreamException;
  }

  private static String document(Content content) {
    StringWriter text = new StringWriter();
    text.append("<?xml version='1.0' encoding='UTF-8'?>\n");
    try {
      XMLStreamWriter xml = FACTORY.createXMLStreamWriter(text);
      xml.writeStartElement("TwilioResponse");
      content.write(xml);
      xml.writeEndElement();
      xml.flush();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }

  private static void write(XMLStreamWriter xml, String name, @Nullable Object value)
      throws XMLStreamException {
    if (value == null) {
      xml.writeEmptyElement(name);
      return;
    }
    xml.writeStartElement(name);
    if (value instanceof Map<?, ?> fields) {
      for (String field : FIRST) {
        if (fields.containsKey(field)) {
          write(xml, camel(field), fields.get(field));
        }
      }
      for (Map.Entry<?, ?> entry : fields.entrySet()) {
        String field = String.valueOf(entry.getKey());
        if (!FIRST.contains(field)) {
          boolean address = field.equals("uri") || name.equals("SubresourceUris");
          Object told = entry.getValue();
          write(xml, camel(field), address && told != null ? ledToXml(told.toString()) : told);
        }
      }
    } else {
      xml.writeCharacters(printable(value.toString()));
    }
    xml.writeEndElement();
  }

  /** The address of a resource, where it is told in XML too. */
  private static String ledToXml(String address) {
    return address.endsWith(".json")
        ? address.substring(0, address.length() - ".json".length())
        : address;
  }

  /** Characters that XML cannot say are left out. */
  private static String printable(String text) {
    return text.codePoints()
        .filter(c -> c == 9 || c == 10 || c == 13 || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String camel(String snake) {
    StringBuilder camel = new StringBuilder();
    for (String word : snake.split("_", -1)) {
      if (!word.isEmpty()) {
        camel.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
      }
    }
    return camel.toString();
  }
}
