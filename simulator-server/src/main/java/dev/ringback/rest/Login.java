package dev.ringback.rest;

import dev.ringback.account.ApiError;
import dev.ringback.account.ApiKey;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldGone;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.worlds.Worlds;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Who calls the API (docs/iam/api-keys, docs/iam/test-credentials): an account with its token, one
 * of its keys, or its test credentials.
 *
 * @param test whether nothing may happen
 * @param key whether it is a key, which may not see accounts and keys
 */
record Login(World world, boolean test, boolean key) {

  /**
   * @param authorization the header; null: there is none
   */
  static Login of(Worlds worlds, @Nullable String authorization) {
    if (authorization == null) {
      throw refused("Authentication Error - No credentials provided");
    }
    String[] credentials = credentials(authorization);
    if (credentials.length != 2) {
      throw refused("Authentication Error - No credentials provided");
    }
    String username = credentials[0];
    if (!Sid.isWellFormed(SidKind.ACCOUNT, username)
        && !Sid.isWellFormed(SidKind.API_KEY, username)) {
      throw refused("Authentication Error - invalid username");
    }
    for (World world : worlds.all()) {
      Optional<Login> login = of(world, username, credentials[1]);
      if (login.isPresent()) {
        return login.get();
      }
    }
    throw refused("Authenticate");
  }

  private static Optional<Login> of(World world, String username, String secret) {
    if (username.equals(world.settings().account().value())) {
      return isSame(secret, world.settings().authToken())
          ? Optional.of(new Login(world, false, false))
          : Optional.empty();
    }
    if (username.equals(world.settings().testAccount().value())) {
      return isSame(secret, world.settings().testToken())
          ? Optional.of(new Login(world, true, false))
          : Optional.empty();
    }
    if (!username.startsWith(SidKind.API_KEY.prefix())) {
      return Optional.empty();
    }
    Optional<ApiKey> key;
    try {
      key = world.ask(account -> account.inventory().key(new Sid(username))).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof WorldGone gone && gone.why() == WorldGone.Why.DIED) {
        throw RestRequest.unavailable(gone); // whose key it is nobody can tell any more
      }
      return Optional.empty(); // that world is closed
    }
    return key.filter(k -> isSame(secret, k.secret())).map(k -> new Login(world, false, true));
  }

  private static boolean isSame(String given, String expected) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }

  static ApiError refused(String message) {
    return new ApiError(401, 20003, message);
  }

  private static String[] credentials(String authorization) {
    if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      return new String[0];
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(authorization.substring(6).trim());
      return new String(decoded, StandardCharsets.UTF_8).split(":", 2);
    } catch (IllegalArgumentException e) {
      return new String[0];
    }
  }
}
