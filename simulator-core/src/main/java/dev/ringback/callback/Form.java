package dev.ringback.callback;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parameters in the order in which they are sent. */
public record Form(List<Param> params) {
  /** The characters that a form leaves as they are. */
  private static final boolean[] PLAIN = new boolean[0x80];

  static {
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.*"
        .chars()
        .forEach(c -> PLAIN[c] = true);
  }

  public Optional<String> value(String name) {
    return params.stream().filter(p -> p.name().equals(name)).map(Param::value).findFirst();
  }

  /** {@code application/x-www-form-urlencoded}, UTF-8, a space as {@code +}. */
  public String encoded() {
    return encoded("+", Form::isPlain);
  }

  /** The same with {@code @} and {@code :} as they are, as Twilio has been seen to sign them. */
  String bare(String space) {
    return encoded(space, c -> isPlain(c) || c == '@' || c == ':');
  }

  /**
   * @param space what becomes of a space: {@code +} or {@code %20}
   */
  String encoded(String space) {
    return encoded(space, Form::isPlain);
  }

  private String encoded(String space, Percent.Allowed allowed) {
    StringBuilder out = new StringBuilder(params.size() * 32);
    for (Param param : params) {
      if (!out.isEmpty()) {
        out.append('&');
      }
      encode(param.name(), space, allowed, out);
      out.append('=');
      encode(param.value(), space, allowed, out);
    }
    return out.toString();
  }

  private static void encode(
      String text, String space, Percent.Allowed allowed, StringBuilder out) {
    if (text.indexOf(' ') < 0) {
      Percent.encode(text, allowed, out);
      return;
    }
    String[] words = text.split(" ", -1);
    for (int i = 0; i < words.length; i++) {
      if (i > 0) {
        out.append(space);
      }
      Percent.encode(words[i], allowed, out);
    }
  }

  private static boolean isPlain(char c) {
    return PLAIN[c];
  }

  static final class Builder {
    private static final Comparator<Param> BY_NAME = Comparator.comparing(Param::name);

    private final List<Param> params = new ArrayList<>(40);

    Builder add(String name, String value) {
      params.add(new Param(name, value));
      return this;
    }

    /** Leaves the parameter out when there is no value, as Twilio does. */
    Builder addIfKnown(String name, @Nullable Object value) {
      return value == null ? this : add(name, value.toString());
    }

    Form build() {
      return new Form(List.copyOf(params));
    }

    /** In the order of the bytes of their names, as voice requests of today arrive. */
    Form sorted() {
      params.sort(BY_NAME);
      return build();
    }
  }
}
