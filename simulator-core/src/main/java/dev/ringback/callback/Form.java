package dev.ringback.callback;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parameters in the order in which they are sent. */
public record Form(List<Param> params) {

  public Optional<String> value(String name) {
    return params.stream().filter(p -> p.name().equals(name)).map(Param::value).findFirst();
  }

  /** {@code application/x-www-form-urlencoded}, UTF-8, a space as {@code +}. */
  public String encoded() {
    StringBuilder out = new StringBuilder(params.size() * 32);
    for (Param param : params) {
      if (!out.isEmpty()) {
        out.append('&');
      }
      out.append(URLEncoder.encode(param.name(), StandardCharsets.UTF_8))
          .append('=')
          .append(URLEncoder.encode(param.value(), StandardCharsets.UTF_8));
    }
    return out.toString();
  }

  static final class Builder {
    private final List<Param> params = new ArrayList<>();

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
      params.sort(Comparator.comparing(Param::name));
      return build();
    }
  }
}
