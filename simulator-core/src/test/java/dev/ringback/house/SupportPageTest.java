package dev.ringback.house;

import dev.ringback.twiml.Grammar;
import dev.ringback.twiml.Grammar.Attribute;
import dev.ringback.twiml.Grammar.Element;
import dev.ringback.twiml.Support;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/EMULATED.md is the grammar the reader checks documents against. */
class SupportPageTest {
  /** What is no TwiML: kept by hand, beside the tests that would fail if it were not so. */
  private static final List<String[]> BEYOND_TWIML =
      List.of(
          new String[] {"Session: seven `Result`, five `DialCallStatus`", "emulated", ""},
          new String[] {
            "Action, session status, recording status, `url`, voice URL, number's status callback",
            "emulated",
            "GET and POST, signed, with `I-Twilio-Idempotency-Token`"
          },
          new String[] {
            "Fallback URL, error message",
            "emulated",
            "`ErrorCode`, `ErrorUrl`; the message lasts as long as its words"
          },
          new String[] {
            "Dial: up to ten parties, `url`, progress events",
            "emulated",
            "first answer wins, or `sequential`"
          },
          new String[] {
            "Queues and conferences",
            "approximated",
            "who meets whom, requests, times and recordings; no mute, hold, coach, modify or speaker events"
          },
          new String[] {
            "Debugger codes, Debugger webhook",
            "emulated",
            "the wording of `Msg` is our own; the last 1,000 entries are kept"
          },
          new String[] {
            "Connection overrides `ct rt tt rc rp`",
            "emulated",
            "`sni` and `e` are checked and have no effect"
          },
          new String[] {
            "HTTP redirects, cookies, Basic and Digest authentication, ETag, Last-Modified",
            "emulated",
            "301, 302 and 303 turn POST into GET, with the parameters in the query"
          },
          new String[] {"`CallToken`", "approximated", "a JWT's shape; nobody can verify it"},
          new String[] {
            "City, state, zip, country",
            "approximated",
            "country by calling code; the rest is empty"
          },
          new String[] {
            "Recordings, their WAV and MP3 files",
            "approximated",
            "what happened when; voices are tones, or espeak-ng where it is installed, and a played file is a tone"
          },
          new String[] {"Faults to order", "emulated", "see scenarios/README.md"},
          new String[] {"Pool routing, no routing", "emulated", ""},
          new String[] {
            "Custom routing callback, Conversations webhooks, `frontline.events`",
            "not emulated",
            "the first two are refused in the configuration"
          },
          new String[] {
            "REST API 2010-04-01, Conversations, Frontline, Monitor",
            "not emulated",
            "but for the files of recordings"
          });

  @Test
  void theSupportPageIsTheGrammar() {
    StringBuilder page = new StringBuilder();
    page.append("# Emulated, approximated, not emulated\n\n")
        .append(
            "Generated from the code by `make docs`; `make test` fails when it is out of date.\n")
        .append(
            "What is not emulated is named in a warning or refused, never ignored in silence.\n")
        .append("The REST API has a page of its own: [API.md](API.md).\n\n")
        .append("## TwiML\n\n")
        .append(
            "| element | attribute | default | values | support | note |\n|---|---|---|---|---|---|\n");
    for (Element element : Grammar.ELEMENTS) {
      row(page, "`<" + element.name() + ">`", "", "", "", element.support(), element.note());
      for (Attribute attribute : element.attributes()) {
        String value = attribute.defaultValue();
        row(
            page,
            "",
            "`" + attribute.name() + "`",
            value == null ? "" : "`" + value + "`",
            attribute.support() == Support.NOT_EMULATED ? "" : attribute.values(),
            attribute.support(),
            attribute.note());
      }
    }
    for (String verb : Grammar.VERBS_NOT_EMULATED) {
      row(page, "`<" + verb + ">`", "", "", "", Support.NOT_EMULATED, "");
    }
    for (String noun : Grammar.DIAL_NOUNS_NOT_EMULATED) {
      row(page, "`<Dial><" + noun + ">`", "", "", "", Support.NOT_EMULATED, "");
    }
    for (String noun : Grammar.ENQUEUE_NOUNS_NOT_EMULATED) {
      row(page, "`<Enqueue><" + noun + ">`", "", "", "", Support.NOT_EMULATED, "");
    }
    for (String noun : Grammar.BACKGROUND_NOT_EMULATED) {
      row(page, "`<Start><" + noun + ">`", "", "", "", Support.NOT_EMULATED, "");
    }
    for (String noun : Grammar.NOUNS_NOT_EMULATED) {
      row(page, "`<Connect><" + noun + ">`", "", "", "", Support.NOT_EMULATED, "");
    }
    page.append("\n## Everything else\n\n| what | support | note |\n|---|---|---|\n");
    for (String[] line : BEYOND_TWIML) {
      page.append("| ").append(String.join(" | ", line)).append(" |\n");
    }
    GeneratedDocs.check("EMULATED.md", page.toString());
  }

  private static void row(
      StringBuilder page,
      String element,
      String attribute,
      String defaultValue,
      String values,
      Support support,
      String note) {
    String word =
        switch (support) {
          case EMULATED -> "emulated";
          case APPROXIMATED -> "approximated";
          case NOT_EMULATED -> "not emulated";
        };
    page.append(
        "| %s | %s | %s | %s | %s | %s |\n"
            .formatted(element, attribute, defaultValue, values, word, note));
  }
}
