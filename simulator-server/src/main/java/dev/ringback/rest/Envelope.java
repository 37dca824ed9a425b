package dev.ringback.rest;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands around the items of a page, in the two styles that Twilio has. */
final class Envelope {
  private Envelope() {}

  /** The API of 2010: relative URIs beside the list. */
  static Map<String, @Nullable Object> of2010(Context context, Answer.Listing listing) {
    Answer.Page<Fields> page = listing.page();
    Links links = new Links(context.path(), filters(context), page);
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put(listing.key(), page.items().stream().map(Fields::map).toList());
    body.put("end", page.items().isEmpty() ? 0 : page.start() + page.items().size() - 1);
    body.put("first_page_uri", links.first());
    body.put("next_page_uri", links.next());
    body.put("page", page.number());
    body.put("page_size", page.size());
    body.put("previous_page_uri", links.previous());
    body.put("start", page.items().isEmpty() ? 0 : page.start());
    body.put("uri", links.own());
    return body;
  }

  /** The newer products: absolute URLs in {@code meta}. */
  static Map<String, @Nullable Object> ofProduct(
      Context context, RestRequest request, Answer.Listing listing) {
    Answer.Page<Fields> page = listing.page();
    Links links = new Links(request.url(request.below()), filters(context), page);
    Map<String, @Nullable Object> meta = new LinkedHashMap<>();
    meta.put("page", page.number());
    meta.put("page_size", page.size());
    meta.put("first_page_url", links.first());
    meta.put("previous_page_url", links.previous());
    meta.put("url", links.own());
    meta.put("next_page_url", links.next());
    meta.put("key", listing.key());
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put(listing.key(), page.items().stream().map(Fields::map).toList());
    body.put("meta", meta);
    return body;
  }

  private record Links(String path, String filters, Answer.Page<Fields> page) {
    private String to(int number, String token) {
      return path
          + "?"
          + filters
          + "PageSize="
          + page.size()
          + "&Page="
          + number
          + (token.isEmpty() ? "" : "&PageToken=" + token);
    }

    String first() {
      return to(0, "");
    }

    String own() {
      return to(page.number(), "");
    }

    @Nullable String next() {
      return page.next().isEmpty() ? null : to(page.number() + 1, page.next());
    }

    @Nullable String previous() {
      return page.previous().isEmpty() ? null : to(Math.max(0, page.number() - 1), page.previous());
    }
  }

  /** The filters of a list go with its pages. */
  private static String filters(Context context) {
    List<String> filters = new ArrayList<>();
    for (Map.Entry<String, List<String>> each : context.queryParamMap().entrySet()) {
      if (!each.getKey().startsWith("Page")) {
        for (String value : each.getValue()) {
          filters.add(encoded(each.getKey()) + "=" + encoded(value) + "&");
        }
      }
    }
    return String.join("", filters);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
