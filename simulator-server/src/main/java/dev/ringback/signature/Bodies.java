package dev.ringback.signature;

import dev.ringback.callback.Param;
import dev.ringback.json.JournalJson;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The parameters that may have been signed where an app saw others. */
final class Bodies {
  private Bodies() {}

  /** What is not ASCII is often read in one of these. */
  private static final List<Charset> WRONG_CHARSETS =
      Stream.of("ISO-8859-1", "windows-1252", "ISO-8859-15")
          .filter(Charset::isSupported)
          .map(Charset::forName)
          .toList();

  /** The parameters of a form, as it came; JSON is one that is named so, without a value. */
  static List<Param> form(String body) {
    if (json(body).isPresent()) {
      return List.of(new Param(body, ""));
    }
    List<Param> params = new ArrayList<>();
    for (String pair : body.strip().split("&", -1)) {
      if (!pair.isEmpty()) {
        String[] both = pair.split("=", 2);
        params.add(new Param(decoded(both[0]), both.length > 1 ? decoded(both[1]) : ""));
      }
    }
    return params;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  static List<Variant<List<Param>>> of(SeenRequest seen, List<SignedRequest> known) {
    Map<List<Param>, Set<Cause>> found = new LinkedHashMap<>();
    found.put(seen.params(), Set.of());
    Set<String> inQuery = namesInQuery(seen.url());
    found.putIfAbsent(
        seen.params().stream().filter(param -> !inQuery.contains(param.name())).toList(),
        EnumSet.of(Cause.QUERY_IN_PARAMETERS));
    found.putIfAbsent(List.of(), EnumSet.of(Cause.NOT_A_FORM));
    for (UnaryOperator<String> mended :
        List.<UnaryOperator<String>>of(
            String::strip,
            Bodies::decoded,
            value -> value.replace("+", " "),
            value -> value.startsWith(" ") ? "+" + value.substring(1) : value)) {
      found.putIfAbsent(
          seen.params().stream()
              .map(param -> new Param(param.name(), mended.apply(param.value())))
              .toList(),
          EnumSet.of(Cause.VALUES));
    }
    for (Charset wrong : WRONG_CHARSETS) {
      found.putIfAbsent(
          seen.params().stream()
              .map(param -> new Param(param.name(), asUtf8(param.value(), wrong)))
              .toList(),
          EnumSet.of(Cause.VALUES));
    }
    if (seen.params().size() == 1) {
      json(seen.params().getFirst().name())
          .ifPresent(members -> found.putIfAbsent(members, EnumSet.of(Cause.FORM_AS_JSON)));
    }
    for (SignedRequest signed : known) {
      if (!names(seen.params()).containsAll(names(signed.params()))
          && names(signed.params()).containsAll(names(seen.params()))) {
        found.putIfAbsent(signed.params(), EnumSet.of(Cause.NO_PARAMETERS));
      } else if (names(signed.params()).containsAll(names(seen.params()))) {
        found.putIfAbsent(signed.params(), EnumSet.of(Cause.VALUES));
      }
    }
    List<Variant<List<Param>>> variants = new ArrayList<>();
    found.forEach((params, causes) -> variants.add(new Variant<>(params, causes)));
    return variants;
  }

  private static Set<String> names(List<Param> params) {
    return params.stream().map(Param::name).collect(Collectors.toSet());
  }

  /** What was UTF-8 and was read in another charset. */
  private static String asUtf8(String text, Charset wrong) {
    return wrong.newEncoder().canEncode(text)
        ? new String(text.getBytes(wrong), StandardCharsets.UTF_8)
        : text;
  }

  /** The members of a JSON object with plain values; empty: the body is none. */
  private static Optional<List<Param>> json(String body) {
    if (!body.strip().startsWith("{")) {
      return Optional.empty();
    }
    try {
      JsonNode object = JournalJson.mapper().readTree(body);
      return Optional.of(
          object.properties().stream()
              .map(member -> new Param(member.getKey(), member.getValue().asString("")))
              .toList());
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static Set<String> namesInQuery(String url) {
    int query = url.indexOf('?');
    return query < 0
        ? Set.of()
        : Set.copyOf(
            Arrays.stream(url.substring(query + 1).split("&", -1))
                .map(pair -> decoded(pair.split("=", 2)[0]))
                .distinct()
                .toList());
  }
}
