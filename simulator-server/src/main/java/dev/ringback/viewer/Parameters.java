package dev.ringback.viewer;

import dev.ringback.journal.Exchange;
import dev.ringback.scenario.ParameterNames;
import dev.ringback.voice.RequestKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** What each parameter of Twilio's requests is and when it comes, a sentence each. */
public final class Parameters {
  /** Parameters that most calls have no reason for; nobody misses them. */
  private static final Set<String> RARE =
      Set.of(
          "AnsweredBy",
          "ApplicationSid",
          "CallToken",
          "CalledVia",
          "CallerName",
          "ConversationSid",
          "ForwardedFrom",
          "MachineDetectionDuration",
          "ParentCallSid",
          "SipCallId",
          "SipDomain",
          "SipDomainSid",
          "SipSourceIp",
          "StirPassportToken",
          "StirStatus",
          "StirVerstat");

  private static final Map<String, String> SENTENCES = read();

  private Parameters() {}

  private static Map<String, String> read() {
    Map<String, String> sentences = new LinkedHashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Parameters.class.getResourceAsStream("parameters.tsv")),
                StandardCharsets.UTF_8))) {
      lines
          .lines()
          .forEach(line -> {
            int tab = line.indexOf('\t');
            if (tab > 0) {
              sentences.put(line.substring(0, tab), line.substring(tab + 1));
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sentences;
  }

  /** The sentence on a parameter; empty: none is known. */
  public static String about(String name) {
    return SENTENCES.getOrDefault(name, "");
  }

  /** Every parameter that any request can carry and that no sentence is about. */
  static Set<String> unknown() {
    Set<String> unknown = new TreeSet<>();
    for (RequestKind kind : RequestKind.values()) {
      for (String name : ParameterNames.of(kind)) {
        if (about(name).isEmpty()) {
          unknown.add(name);
        }
      }
    }
    return unknown;
  }

  /** Those that were sent, in Twilio's order. */
  public static List<Map<String, Object>> sent(Exchange exchange) {
    List<Map<String, Object>> views = new ArrayList<>();
    exchange
        .request()
        .form()
        .params()
        .forEach(param -> {
          Map<String, Object> view = new LinkedHashMap<>();
          view.put("name", param.name());
          view.put("value", param.value());
          view.put("about", about(param.name()));
          views.add(view);
        });
    return views;
  }

  /** Those that such a request can carry and this one does not, but for the rarest. */
  public static List<Map<String, Object>> missing(Exchange exchange) {
    List<Map<String, Object>> views = new ArrayList<>();
    for (String name : ParameterNames.of(exchange.kind())) {
      if (!RARE.contains(name) && exchange.request().form().value(name).isEmpty()) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", name);
        view.put("about", about(name));
        views.add(view);
      }
    }
    return views;
  }
}
