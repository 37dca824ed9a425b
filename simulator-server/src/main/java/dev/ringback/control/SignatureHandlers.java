package dev.ringback.control;

import dev.ringback.engine.World;
import dev.ringback.engine.WorldSettings;
import dev.ringback.journal.Exchanges;
import dev.ringback.signature.Report;
import dev.ringback.signature.SignatureDoctor;
import dev.ringback.signature.SignatureDoctor.Token;
import dev.ringback.signature.SignedRequest;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.Urls;
import dev.ringback.worlds.WorldChoice;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Section;
import dev.ringback.yaml.Yaml;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The signature doctor. */
final class SignatureHandlers {
  /** So many of the requests that were made last may be the one that the app saw. */
  private static final int MOST_KNOWN = 200;

  private final WorldChoice choice;

  SignatureHandlers(WorldChoice choice) {
    this.choice = choice;
  }

  void examine(Context context) throws BadInput {
    Section body = Yaml.parseBody(context.body());
    body.missing("url");
    body.missing("signature");
    Optional<String> url = body.text("url");
    Optional<String> form = body.text("body");
    Optional<String> signature = body.text("signature");
    Optional<String> token = body.text("token");
    if (url.isPresent() && !Urls.isAbsoluteHttp(url.get().strip())) {
      body.wrong("url", "must be the http(s) URL that the app validated, with its host");
    }
    body.done();
    body.check();
    World world = choice.of(context);
    WorldSettings settings = world.settings();
    List<Token> tokens = new ArrayList<>();
    token
        .filter(value -> !value.isBlank())
        .ifPresent(
            value -> tokens.addAll(SignatureDoctor.tokens("the token that the app has", value)));
    tokens.add(new Token("the auth token of " + settings.account(), settings.authToken()));
    tokens.add(new Token("the token of the test credentials", settings.testToken()));
    context.json(
        Report.view(
            new SignatureDoctor(tokens)
                .examine(
                    SignatureDoctor.seen(
                        url.orElseThrow(), form.orElse(""), signature.orElseThrow()),
                    known(world))));
  }

  private static List<SignedRequest> known(World world) {
    List<SignedRequest> known = new ArrayList<>();
    Exchanges.of(world.journal().all()).reversed().stream()
        .limit(MOST_KNOWN)
        .forEach(exchange ->
            known.add(
                new SignedRequest(
                    exchange.request().url(),
                    exchange.request().method() == HttpMethod.POST
                        ? exchange.request().form().params()
                        : List.of())));
    return known;
  }
}
