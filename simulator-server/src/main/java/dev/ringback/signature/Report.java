package dev.ringback.signature;

import dev.ringback.signature.SignatureDoctor.Diagnosis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A diagnosis for people; no token is in it. */
public final class Report {
  private static final String NOTHING =
      "no URL, parameters or token that were tried give this signature; paste the body as it came, the URL with its query,"
          + " and the token that the app has";

  private Report() {}

  /** As JSON has it: {@code matches}, {@code text}, {@code signedUrl} and {@code findings}. */
  public static Map<String, Object> view(Optional<Diagnosis> examined) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("matches", examined.map(Diagnosis::matches).orElse(false));
    view.put("text", text(examined));
    examined.ifPresent(diagnosis -> view.put("signedUrl", diagnosis.url()));
    List<Map<String, Object>> findings = new ArrayList<>();
    for (Cause cause : examined.map(Diagnosis::causes).orElse(List.of())) {
      Map<String, Object> finding = new LinkedHashMap<>();
      finding.put("cause", cause.name());
      finding.put("text", cause.text());
      finding.put("fixes", cause.fixes());
      findings.add(finding);
    }
    view.put("findings", findings);
    return view;
  }

  private static String text(Optional<Diagnosis> examined) {
    if (examined.isEmpty()) {
      return NOTHING;
    }
    Diagnosis diagnosis = examined.get();
    return diagnosis.matches()
        ? "the signature is right for this URL, these parameters and " + diagnosis.token().name()
        : "signed were the URL %s, %s, with %s"
            .formatted(
                diagnosis.url(),
                switch (diagnosis.params().size()) {
                  case 0 -> "no parameters";
                  case 1 -> "1 parameter";
                  default -> diagnosis.params().size() + " parameters";
                },
                diagnosis.token().name());
  }
}
