package dev.ringback.rest.v1;

import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.Participant;
import dev.ringback.conversation.User;
import dev.ringback.engine.Account;
import dev.ringback.id.Sid;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A participant of a conversation, seen from the participant.
 *
 * @param user null: a customer
 * @param messages how many the conversation has
 */
record Membership(
    Conversation conversation, Participant participant, @Nullable User user, int messages) {

  /** All of a service that fit, the newest conversation first. */
  static List<Membership> of(Account account, Sid service, Predicate<Participant> fits) {
    return account.conversations().everywhere(service, fits).reversed().stream()
        .map(p ->
            new Membership(
                account.conversations().find(p.conversation()).orElseThrow(),
                p,
                user(account, service, p.identity()).orElse(null),
                account.conversations().messages(p.conversation()).size()))
        .toList();
  }

  private static Optional<User> user(Account account, Sid service, @Nullable String identity) {
    return identity == null
        ? Optional.empty()
        : account.directory().users().find(service, identity);
  }

  /** Who made the conversation, as far as that is told. */
  String createdBy() {
    return "system";
  }
}
