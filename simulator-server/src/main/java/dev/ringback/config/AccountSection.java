package dev.ringback.config;

import dev.ringback.account.Addresses;
import dev.ringback.engine.WorldSettings.KnownKey;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.yaml.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The keys of {@code account}: who it is, with which keys its API may be called, and which numbers
 * were verified.
 *
 * @param sid null: from the seed
 * @param authToken null: drawn
 * @param callerIds null: no list is kept; an empty list is a list, and then only numbers of the
 *     account's may be shown
 */
record AccountSection(
    @Nullable Sid sid,
    @Nullable String authToken,
    List<KnownKey> keys,
    @Nullable Set<String> callerIds) {
  static final AccountSection NONE = new AccountSection(null, null, List.of(), null);

  /** What the section says; what it adds to are the keys. */
  AccountSection read(Section account) {
    Optional<Sid> sid = Values.sid(account, "sid", SidKind.ACCOUNT);
    Optional<String> token =
        account.text("authToken", AuthToken::isWellFormed, "32 hexadecimal digits");
    List<KnownKey> keys = new ArrayList<>(this.keys);
    for (Section key : account.sections("apiKeys")) {
      readKey(key).ifPresent(keys::add);
    }
    Set<String> callerIds = readCallerIds(account);
    account.done();
    return new AccountSection(
        sid.orElse(null),
        token.orElse(authToken),
        List.copyOf(keys),
        callerIds == null ? this.callerIds : callerIds);
  }

  private static Optional<KnownKey> readKey(Section key) {
    key.missing("sid");
    key.missing("secret");
    Optional<Sid> sid = Values.sid(key, "sid", SidKind.API_KEY);
    Optional<String> secret = key.text("secret");
    key.done();
    return sid.flatMap(s -> secret.map(t -> new KnownKey(s, t)));
  }

  private static @Nullable Set<String> readCallerIds(Section account) {
    List<String> numbers = account.texts("callerIds");
    if (!account.keys().contains("callerIds")) {
      return null;
    }
    numbers.stream()
        .filter(number -> !Addresses.isE164(number))
        .forEach(number ->
            account.wrong(
                "callerIds",
                "lists numbers in E.164, such as +15558675310 (quote them in YAML), not '"
                    + number
                    + "'"));
    return new TreeSet<>(numbers);
  }

  /** Who the account is, as far as the section does not say so. */
  AccountSection or(KnownAccount known) {
    return new AccountSection(
        sid == null ? known.sid() : sid,
        authToken == null ? known.authToken() : authToken,
        keys,
        callerIds);
  }
}
