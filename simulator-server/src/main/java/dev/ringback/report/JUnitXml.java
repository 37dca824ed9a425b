package dev.ringback.report;

import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Scenarios as a JUnit XML report, which every CI server reads. */
public final class JUnitXml {
  private JUnitXml() {}

  /**
   * @param file of the scenario
   * @param took on the wall
   * @param failures in lines; empty: it passed
   */
  public record Case(String file, String name, Duration took, List<String> failures) {}

  /**
   * @param took on the wall, all in
   */
  public static void write(Writer out, Duration took, List<Case> cases) throws IOException {
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      xml.writeStartDocument();
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", "ringback");
      xml.writeAttribute("tests", Integer.toString(cases.size()));
      long failed = cases.stream().filter(c -> !c.failures().isEmpty()).count();
      xml.writeAttribute("failures", Long.toString(failed));
      xml.writeAttribute("time", seconds(took));
      for (Case c : cases) {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", printable(c.file()));
        xml.writeAttribute("name", printable(c.name()));
        xml.writeAttribute("time", seconds(c.took()));
        if (!c.failures().isEmpty()) {
          xml.writeStartElement("failure");
          xml.writeAttribute("message", printable(c.failures().getFirst()));
          xml.writeCharacters(printable(String.join("\n", c.failures())));
          xml.writeEndElement();
        }
        xml.writeEndElement();
      }
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.flush();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
  }

  /** Without the characters XML has no place for. */
  private static String printable(String text) {
    return text.replaceAll("[^\\x09\\x0A\\x20-\\uFFFD]", "?");
  }
}
