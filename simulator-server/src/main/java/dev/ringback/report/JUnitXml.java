package dev.ringback.report;

import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * Scenarios as a JUnit XML report, which every CI server reads: {@code testsuites}, a suite a file,
 * as the schema of Jenkins' xUnit plugin has it.
 */
public final class JUnitXml {
  private final XMLStreamWriter xml;

  private JUnitXml(XMLStreamWriter xml) {
    this.xml = xml;
  }

  /** How a scenario ended. */
  public enum Status {
    PASSED,
    FAILED,
    /** Nothing is known of it, so nothing is well. */
    NOT_PLAYED
  }

  /**
   * A scenario.
   *
   * @param name of its file and its own
   * @param status how it ended
   * @param time when it began and how long it took, on the wall
   * @param message in a line, what went wrong first
   * @param details of the failure
   * @param output for people: timelines, the seed, the command that plays it again
   */
  public record Case(
      Name name, Status status, Time time, String message, String details, String output) {}

  /**
   * @param suite the scenario's file
   * @param title the scenario's
   */
  public record Name(String suite, String title) {}

  /** When something began and how long it took, on the wall. */
  public record Time(Instant start, Duration took) {}

  /**
   * What is told of all cases together: a suite without cases of its own.
   *
   * @param properties for programs
   * @param output for people
   * @param failure why all of them together are not enough; empty: they are, or nobody asked
   */
  public record Summary(
      String name, Map<String, String> properties, String output, String failure) {
    private List<Case> cases() {
      return failure.isEmpty()
          ? List.of()
          : List.of(
              new Case(
                  new Name(name, name),
                  Status.FAILED,
                  new Time(Instant.EPOCH, Duration.ZERO),
                  failure,
                  failure,
                  ""));
    }
  }

  /**
   * @param took on the wall, all in
   * @param summary null: there is none
   */
  public static void write(Writer out, Duration took, List<Case> cases, @Nullable Summary summary)
      throws IOException {
    try {
      new JUnitXml(XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out))
          .write(took, cases, summary);
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  private void write(Duration took, List<Case> cases, @Nullable Summary summary)
      throws XMLStreamException {
    Map<String, List<Case>> suites = new LinkedHashMap<>();
    for (Case c : cases) {
      suites.computeIfAbsent(c.name().suite(), s -> new ArrayList<>()).add(c);
    }
    xml.writeStartDocument();
    line(0);
    xml.writeStartElement("testsuites");
    xml.writeAttribute("name", "ringback");
    List<Case> all = new ArrayList<>(cases);
    all.addAll(summary == null ? List.of() : summary.cases());
    counts(all);
    xml.writeAttribute("time", seconds(took));
    for (Map.Entry<String, List<Case>> suite : suites.entrySet()) {
      suite(suite.getKey(), suite.getValue());
    }
    if (summary != null) {
      summary(summary);
    }
    line(0);
    xml.writeEndElement();
    line(0);
    xml.writeEndDocument();
    xml.flush();
  }

  private void counts(List<Case> cases) throws XMLStreamException {
    xml.writeAttribute("tests", Integer.toString(cases.size()));
    xml.writeAttribute("failures", Long.toString(count(cases, Status.FAILED)));
    xml.writeAttribute("errors", Long.toString(count(cases, Status.NOT_PLAYED)));
  }

  private static long count(List<Case> cases, Status status) {
    return cases.stream().filter(c -> c.status() == status).count();
  }

  private void suite(String name, List<Case> cases) throws XMLStreamException {
    line(1);
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", printable(name));
    counts(cases);
    xml.writeAttribute(
        "time",
        seconds(cases.stream().map(c -> c.time().took()).reduce(Duration.ZERO, Duration::plus)));
    xml.writeAttribute("timestamp", timestamp(cases.getFirst().time().start()));
    for (Case c : cases) {
      testCase(c);
    }
    line(1);
    xml.writeEndElement();
  }

  private void summary(Summary summary) throws XMLStreamException {
    line(1);
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", summary.name());
    counts(summary.cases());
    xml.writeAttribute("time", seconds(Duration.ZERO));
    line(2);
    xml.writeStartElement("properties");
    for (Map.Entry<String, String> property : summary.properties().entrySet()) {
      line(3);
      xml.writeEmptyElement("property");
      xml.writeAttribute("name", printable(property.getKey()));
      xml.writeAttribute("value", printable(property.getValue()));
    }
    line(2);
    xml.writeEndElement();
    for (Case one : summary.cases()) {
      testCase(one);
    }
    line(2);
    xml.writeStartElement("system-out");
    xml.writeCharacters(printable(summary.output()));
    xml.writeEndElement();
    line(1);
    xml.writeEndElement();
  }

  private void testCase(Case c) throws XMLStreamException {
    line(2);
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", printable(c.name().suite()));
    xml.writeAttribute("name", printable(c.name().title()));
    xml.writeAttribute("time", seconds(c.time().took()));
    if (c.status() == Status.NOT_PLAYED) {
      line(3);
      xml.writeStartElement("error");
      xml.writeAttribute("message", printable(c.message()));
      xml.writeAttribute("type", "not played");
      xml.writeEndElement();
    }
    if (c.status() == Status.FAILED) {
      line(3);
      xml.writeStartElement("failure");
      xml.writeAttribute("message", printable(c.message()));
      xml.writeAttribute("type", "scenario");
      xml.writeCharacters(printable(c.details()));
      xml.writeEndElement();
    }
    if (!c.output().isEmpty()) {
      line(3);
      xml.writeStartElement("system-out");
      xml.writeCharacters(printable(c.output()));
      xml.writeEndElement();
    }
    line(2);
    xml.writeEndElement();
  }

  private void line(int depth) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
  }

  private static String timestamp(Instant instant) {
    return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
        instant.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
  }

  /** Without the characters XML has no place for. */
  private static String printable(String text) {
    StringBuilder printable = new StringBuilder();
    text.codePoints().map(c -> isAllowed(c) ? c : '?').forEach(printable::appendCodePoint);
    return printable.toString();
  }

  /** XML 1.0, production 2. */
  private static boolean isAllowed(int c) {
    return c == '\t'
        || c == '\n'
        || (c >= 0x20 && c < Character.MIN_SURROGATE)
        || (c > Character.MAX_SURROGATE && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
