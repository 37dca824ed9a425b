package dev.ringback.rest;

import dev.ringback.account.ApiError;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * Pages of a list (docs/usage/twilios-response). A page token remembers the last item before the
 * page, so that what is new at the front of a list shifts no page. The list is read no further than
 * the page needs.
 */
final class Paging<T> {
  static final int DEFAULT_SIZE = 50;

  private static final String AFTER = "PA";
  private static final String BEFORE = "PB";

  private final Iterator<T> rest;
  private final Function<T, String> name;
  private final List<T> items = new ArrayList<>();

  private Paging(Iterator<T> rest, Function<T, String> name) {
    this.rest = rest;
    this.name = name;
  }

  /**
   * The page that a request asks for.
   *
   * @param name of an item, such as its SID
   * @param strict whether larger ones are refused with 20007; otherwise they are cut
   */
  static <T> Answer.Page<T> page(
      Params params, Iterator<T> items, Function<T, String> name, int mostPerPage, boolean strict) {
    int size = size(params, mostPerPage, strict);
    int number = params.integer("Page", 0, Integer.MAX_VALUE, 20001).orElse(0);
    return new Paging<>(items, name).page(params.text("PageToken").orElse(""), size, number);
  }

  private Answer.Page<T> page(String token, int size, int number) {
    int start = start(token, size, number);
    boolean more = hasItem((long) start + size);
    int end = Math.min(items.size(), start + size);
    List<T> shown = List.copyOf(items.subList(Math.min(start, end), end));
    return new Answer.Page<>(
        shown,
        number,
        size,
        start,
        more ? AFTER + name.apply(items.get(end - 1)) : "",
        start > 0 && start < items.size() ? BEFORE + name.apply(items.get(start)) : "");
  }

  /** Reads on up to the item of that index; false: the list ends before it. */
  private boolean hasItem(long index) {
    while (items.size() <= index && rest.hasNext()) {
      items.add(rest.next());
    }
    return items.size() > index;
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

  private int start(String token, int size, int number) {
    if (!token.isEmpty()) {
      boolean after = token.startsWith(AFTER);
      if (!after && !token.startsWith(BEFORE)) {
        throw ApiError.badRequest(21481, "Invalid PageToken");
      }
      String item = token.substring(AFTER.length());
      for (int i = 0; hasItem(i); i++) {
        if (name.apply(items.get(i)).equals(item)) {
          return after ? i + 1 : Math.max(0, i - size);
        }
      }
      // that item is gone
    }
    long plain = (long) number * size;
    return hasItem(plain) ? (int) plain : items.size();
  }
}
