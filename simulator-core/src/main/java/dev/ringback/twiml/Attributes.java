package dev.ringback.twiml;

import dev.ringback.id.Sid;
import dev.ringback.twiml.Grammar.Attribute;
import dev.ringback.twiml.Grammar.Element;
import dev.ringback.words.Nearest;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one element, checked against {@link Grammar}: what is unknown or ill-formed
 * becomes a finding and falls back to the default, what is asked for here has its type.
 */
final class Attributes {
  private final Element element;
  private final Map<String, String> valid = new HashMap<>();
  private @Nullable Finding firstError;

  private Attributes(Element element) {
    this.element = element;
  }

  static Attributes of(Tag tag, Element element, Findings findings) {
    Attributes attributes = new Attributes(element);
    tag.attributes.forEach((name, value) -> {
      Finding finding = attributes.check(tag, name, value, findings.normalises(element));
      if (finding != null) {
        findings.add(finding);
      }
      Attribute attribute = element.attribute(name).orElse(null);
      String taken = attributes.valid.get(name);
      if (attribute != null && attribute.type().isUrl() && taken != null) {
        findings.foreseeUrl(
            tag.positionOf(name), "%s of <%s>".formatted(name, element.name()), taken);
      }
    });
    return attributes;
  }

  private @Nullable Finding check(Tag tag, String name, String value, boolean normalises) {
    Attribute attribute = element.attribute(name).orElse(null);
    if (attribute == null) {
      return Finding.of(
          TwilioError.SCHEMA_VALIDATION_WARNING,
          tag.positionOf(name),
          "Attribute '%s' is not allowed in <%s>; it is ignored%s"
              .formatted(name, element.name(), meant(name)));
    }
    if (attribute.support() == Support.NOT_EMULATED && attribute.type().accepts().test(value)) {
      return Finding.notEmulated(
          tag.positionOf(name),
          "Attribute '" + name + "' of <" + element.name() + "> is not emulated");
    }
    String normal = normalises ? attribute.type().normal().apply(value) : value;
    if (normal.equals(value) && attribute.type().accepts().test(value)) {
      valid.put(name, value);
      return null;
    }
    if (normalises && normal.isEmpty() && attribute.type().equals(AttributeType.URL)) {
      return Finding.of(
          TwilioError.SCHEMA_VALIDATION_WARNING,
          tag.positionOf(name),
          "%s of <%s> is empty; it is taken as left out".formatted(name, element.name()));
    }
    if (!normal.equals(value) && attribute.type().accepts().test(normal)) {
      valid.put(name, normal);
      return Finding.of(
          TwilioError.SCHEMA_VALIDATION_WARNING,
          tag.positionOf(name),
          "%s of <%s> is '%s'; it is taken as '%s'"
              .formatted(name, element.name(), shortened(value), normal));
    }
    Finding finding =
        Finding.of(
            attribute.error(),
            tag.positionOf(name),
            "%s of <%s> must be %s, not '%s'"
                .formatted(name, element.name(), attribute.values(), shortened(value)));
    if (firstError == null && finding.level() == Level.ERROR) {
      firstError = finding;
    }
    return finding;
  }

  private String meant(String name) {
    return Nearest.slip(name, element.attributes().stream().map(Attribute::name).toList())
        .map(nearest -> "; did you mean '" + nearest + "'?")
        .orElse("");
  }

  private static String shortened(String value) {
    return value.length() <= 60 ? value : value.substring(0, 60) + "…";
  }

  /** The first finding of level ERROR among the values. */
  @Nullable Finding firstError() {
    return firstError;
  }

  @Nullable String text(String name) {
    String value = valid.get(name);
    return value != null ? value : element.attribute(name).orElseThrow().defaultValue();
  }

  String required(String name) {
    String value = text(name);
    if (value == null) {
      throw new IllegalStateException(name + " has neither a value nor a default");
    }
    return value;
  }

  Sid sid(String name) {
    return new Sid(required(name));
  }

  boolean flag(String name) {
    return required(name).equals("true");
  }

  int integer(String name) {
    return Integer.parseInt(required(name));
  }

  @Nullable Integer optionalInteger(String name) {
    String value = text(name);
    return value == null ? null : Integer.valueOf(value);
  }

  Duration seconds(String name) {
    return Duration.ofSeconds(integer(name));
  }

  HttpMethod method(String name) {
    return HttpMethod.valueOf(required(name));
  }

  /** The callback {@code name}, with the attributes {@code nameMethod} and {@code nameEvent}. */
  <E extends Enum<E> & WireNamed> Hook<E> hook(Class<E> type, String name) {
    return new Hook<>(text(name), method(name + "Method"), setOf(type, name + "Event"));
  }

  <E extends Enum<E> & WireNamed> E oneOf(Class<E> type, String name) {
    return WireNamed.find(type, required(name)).orElseThrow();
  }

  <E extends Enum<E> & WireNamed> Set<E> setOf(Class<E> type, String name) {
    Set<E> set = EnumSet.noneOf(type);
    for (String word : required(name).split(" ", -1)) {
      set.add(WireNamed.find(type, word).orElseThrow());
    }
    return java.util.Collections.unmodifiableSet(set);
  }
}
