package dev.ringback.twiml;

import static dev.ringback.twiml.Grammar.attribute;
import static dev.ringback.twiml.Grammar.element;

import dev.ringback.twiml.Grammar.Element;
import java.util.List;

/** Verbs that decide where a call goes: docs/voice/twiml/redirect, reject, hangup, refer. */
final class FlowTables {
  static final Element REDIRECT =
      element(
          "Redirect",
          "redirect",
          attribute("method", "POST", TwilioError.REDIRECT_INVALID_METHOD, AttributeType.METHOD));

  static final Element REJECT =
      element(
          "Reject",
          "reject",
          attribute(
              "reason",
              "rejected",
              TwilioError.REJECT_INVALID_REASON,
              AttributeType.oneOf("rejected", "busy")));

  static final Element HANGUP = element("Hangup", "hangup");

  static final Element REFER =
      new Element(
          "Refer",
          "refer",
          Support.APPROXIMATED,
          "error 13801 on a leg that is not SIP; on a SIP leg it is named in a warning and skipped",
          List.of(
              attribute("action", null, AttributeType.URL_OR_EMPTY).notEmulated(),
              attribute("method", "POST", AttributeType.METHOD).notEmulated()));

  private FlowTables() {}
}
