package dev.ringback.conversation;

import dev.ringback.account.ApiError;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** How long and how many (docs/conversations/conversations-limits). */
final class Limits {
  static final int NAME = 256;
  static final int BODY = 1600;
  static final int CONVERSATION_ATTRIBUTES = 16 * 1024;
  static final int ATTRIBUTES = 4 * 1024;
  static final int PARTICIPANTS = 1000;
  static final int PARTICIPANTS_WITH_NUMBERS = 50;
  static final int SCOPED_WEBHOOKS = 5;

  private Limits() {}

  /**
   * @param parameter of the request that gives the text
   */
  static void checkLength(String parameter, @Nullable String text, int most) {
    if (text != null && text.length() > most) {
      throw ApiError.badRequest(
          20001, "%s is longer than %d characters".formatted(parameter, most));
    }
  }

  static void checkAttributes(@Nullable String attributes, int most) {
    if (attributes != null && attributes.getBytes(StandardCharsets.UTF_8).length > most) {
      throw ApiError.badRequest(50303, "Attributes are longer than %d bytes".formatted(most));
    }
  }
}
