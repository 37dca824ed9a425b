package dev.ringback.twiml;

import dev.ringback.twiml.Grammar.Attribute;
import dev.ringback.twiml.Grammar.Element;
import dev.ringback.words.DidYouMean;
import java.time.Duration;
import java.util.Collections;
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
  private final Map<String, Object> values = new HashMap<>();
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
      if (attribute != null
          && attribute.type().isUrl()
          && attributes.values.get(name) instanceof String url) {
        findings.foreseeUrl(
            tag.positionOf(name), "%s of <%s>".formatted(name, element.name()), url);
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
    Object read = attribute.type().reader().read(value);
    if (attribute.support() == Support.NOT_EMULATED && read != null) {
      return Finding.notEmulated(
          tag.positionOf(name),
          "Attribute '" + name + "' of <" + element.name() + "> is not emulated");
    }
    String normal = normalises ? attribute.type().normal().apply(value) : value;
    if (normal.equals(value) && read != null) {
      values.put(name, read);
      return null;
    }
    if (normalises && normal.isEmpty() && attribute.type().equals(AttributeType.URL)) {
      return Finding.of(
          TwilioError.SCHEMA_VALIDATION_WARNING,
          tag.positionOf(name),
          "%s of <%s> is empty; it is taken as left out".formatted(name, element.name()));
    }
    Object meant = normal.equals(value) ? null : attribute.type().reader().read(normal);
    if (meant != null) {
      values.put(name, meant);
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
    return DidYouMean.slip(name, element.attributes().stream().map(Attribute::name).toList())
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
    return value(String.class, name);
  }

  String required(String name) {
    return required(String.class, name);
  }

  boolean flag(String name) {
    return required(Boolean.class, name);
  }

  int integer(String name) {
    return required(Integer.class, name);
  }

  Duration seconds(String name) {
    return required(Duration.class, name);
  }

  HttpMethod method(String name) {
    return required(HttpMethod.class, name);
  }

  /** The callback {@code name}, with the attributes {@code nameMethod} and {@code nameEvent}. */
  <E extends Enum<E> & WireNamed> Hook<E> hook(Class<E> type, String name) {
    return new Hook<>(text(name), method(name + "Method"), setOf(type, name + "Event"));
  }

  /** The constants named in a list; empty where neither the document nor a default names any. */
  <E extends Enum<E> & WireNamed> Set<E> setOf(Class<E> type, String name) {
    Set<E> constants = EnumSet.noneOf(type);
    Set<?> named = value(Set.class, name);
    if (named != null) {
      named.forEach(constant -> constants.add(type.cast(constant)));
    }
    return Collections.unmodifiableSet(constants);
  }

  /** The value, or the default; for an attribute that has one of the two. */
  <T> T required(Class<T> type, String name) {
    T value = value(type, name);
    if (value == null) {
      throw new IllegalStateException(name + " has neither a value nor a default");
    }
    return value;
  }

  /** The value, or the default; null: the attribute is left out and has none. */
  <T> @Nullable T value(Class<T> type, String name) {
    Object value = values.get(name);
    return type.cast(value != null ? value : element.attribute(name).orElseThrow().whenLeftOut());
  }
}
