package dev.ringback.rest;

import dev.ringback.account.ApiError;
import java.util.List;
import java.util.function.Function;

/**
 * Pages of a list (docs/usage/twilios-response). A page token remembers the last item before the
 * page, so that what is new at the front of a list shifts no page.
 */
final class Paging {
  static final int DEFAULT_SIZE = 50;

  private static final String AFTER = "PA";
  private static final String BEFORE = "PB";

  private Paging() {}

  /**
   * The page that a request asks for.
   *
   * @param name of an item, such as its SID
   * @param strict whether larger ones are refused with 20007; otherwise they are cut
   */
  static <T> Answer.Page<T> page(
      Params params, List<T> items, Function<T, String> name, int mostPerPage, boolean strict) {
    int size = size(params, mostPerPage, strict);
    int number = params.integer("Page", 0, Integer.MAX_VALUE, 20001).orElse(0);
    int start = start(params.text("PageToken").orElse(""), items, name, size, number);
    int end = Math.min(items.size(), start + size);
    List<T> shown = List.copyOf(items.subList(Math.min(start, end), end));
    return new Answer.Page<>(
        shown,
        number,
        size,
        start,
        end < items.size() ? AFTER + name.apply(items.get(end - 1)) : "",
        start > 0 && start < items.size() ? BEFORE + name.apply(items.get(start)) : "");
  }

  private static int size(Params params, int most, boolean strict) {
    int size =
        params
            .integer("PageSize", 1, Integer.MAX_VALUE, 20001)
            .orElse(Math.min(DEFAULT_SIZE, most));
    if (size > most && strict) {
      throw ApiError.badRequest(20007, "Page size " + size + " is too large; at most " + most);
    }
    return Math.min(size, most);
  }

  private static <T> int start(
      String token, List<T> items, Function<T, String> name, int size, int number) {
    long plain = (long) number * size;
    if (token.isEmpty()) {
      return (int) Math.min(plain, items.size());
    }
    boolean after = token.startsWith(AFTER);
    if (!after && !token.startsWith(BEFORE)) {
      throw ApiError.badRequest(21481, "Invalid PageToken");
    }
    String item = token.substring(AFTER.length());
    for (int i = 0; i < items.size(); i++) {
      if (name.apply(items.get(i)).equals(item)) {
        return after ? i + 1 : Math.max(0, i - size);
      }
    }
    return (int) Math.min(plain, items.size()); // that item is gone
  }
}
