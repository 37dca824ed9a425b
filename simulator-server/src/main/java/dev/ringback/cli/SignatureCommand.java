package dev.ringback.cli;

import dev.ringback.callback.Param;
import dev.ringback.config.KnownAccount;
import dev.ringback.report.Ink;
import dev.ringback.report.Printable;
import dev.ringback.signature.Cause;
import dev.ringback.signature.Report;
import dev.ringback.signature.SeenRequest;
import dev.ringback.signature.SignatureDoctor;
import dev.ringback.signature.SignatureDoctor.Diagnosis;
import dev.ringback.signature.SignatureDoctor.Token;
import dev.ringback.voice.Urls;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.TextFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ringback signature}. */
@Command(
    name = "signature",
    mixinStandardHelpOptions = true,
    description = {
      "The signature doctor: given the URL, the parameters and the X-Twilio-Signature that an app saw,"
          + " it finds which URL, order, token, encoding or body would have matched, and how to mend"
          + " the app in Express, Flask, Spring and PHP.",
      "Exit code: 0 the signature is right; 1 it is not, with the cause; 2 wrong use."
    })
final class SignatureCommand implements Callable<Integer> {
  /** Bytes of a body; Twilio sends less. */
  private static final int MOST_BODY = 1_000_000;

  @Option(
      names = "--url",
      required = true,
      paramLabel = "URL",
      description = "that the app validated")
  String url;

  @Option(
      names = "--form",
      paramLabel = "K=V",
      description = "a parameter of the body, decoded; as often as there are parameters")
  List<String> form = new ArrayList<>();

  @Option(
      names = "--body",
      paramLabel = "FILE",
      description = "the body as it came, instead of --form")
  @Nullable Path body;

  @Option(
      names = "--signature",
      required = true,
      paramLabel = "S",
      description = "the header X-Twilio-Signature")
  String signature;

  @Option(
      names = "--token",
      paramLabel = "T",
      description =
          "that the app validates with, default: TWILIO_AUTH_TOKEN, or the running server's")
  @Nullable String token;

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  SignatureCommand() {}

  @Override
  public Integer call() throws BadInput {
    if (body != null && !form.isEmpty()) {
      throw WorldOptions.wrong("--body", "goes without --form");
    }
    if (!Urls.isAbsoluteHttp(url.strip())) {
      throw WorldOptions.wrong(
          "--url", "must be the http(s) URL that the app validated, not '" + url + "'");
    }
    if (signature.isBlank()) {
      throw WorldOptions.wrong("--signature", "must be what the app got as X-Twilio-Signature");
    }
    Optional<Diagnosis> examined = new SignatureDoctor(tokens()).examine(seen(), List.of());
    PrintWriter out = spec.commandLine().getOut();
    Ink ink = Ink.forTerminal();
    boolean right = examined.isPresent() && examined.get().matches();
    out.println(
        (right ? ink.pass("✓ ") : ink.fail("✗ "))
            + Printable.of(String.valueOf(Report.view(examined).get("text"))));
    for (Cause cause : examined.map(Diagnosis::causes).orElse(List.of())) {
      out.println("  " + cause.text());
      cause.fixes().forEach((where, fix) -> out.println("    %-8s %s".formatted(where, fix)));
    }
    return right ? ExitCode.OK : ExitCode.FAILED;
  }

  private List<Token> tokens() throws BadInput {
    List<Token> tokens = new ArrayList<>();
    if (token != null) {
      tokens.addAll(SignatureDoctor.tokens("the token of --token", token));
    }
    String known = known(tokens.isEmpty());
    if (known != null) {
      tokens.add(new Token("the token of TWILIO_AUTH_TOKEN or the running server", known));
    }
    if (tokens.isEmpty()) {
      throw WorldOptions.wrong(
          "--token", "is needed: no server runs, and TWILIO_AUTH_TOKEN is not set");
    }
    return tokens;
  }

  /** What is wrong in the environment is no matter where a token is given. */
  private static @Nullable String known(boolean needed) throws BadInput {
    try {
      return KnownAccount.of(System.getenv()).besideAServer().authToken();
    } catch (BadInput e) {
      if (needed) {
        throw e;
      }
      return null;
    }
  }

  private SeenRequest seen() throws BadInput {
    SeenRequest asText =
        SignatureDoctor.seen(url, body == null ? "" : TextFile.read(body, MOST_BODY), signature);
    return body == null ? new SeenRequest(asText.url(), params(), asText.signature()) : asText;
  }

  private List<Param> params() throws BadInput {
    List<Param> params = new ArrayList<>();
    for (String pair : form) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw WorldOptions.wrong("--form", "must be K=V, not '" + pair + "'");
      }
      params.add(new Param(pair.substring(0, equals), pair.substring(equals + 1)));
    }
    return params;
  }
}
