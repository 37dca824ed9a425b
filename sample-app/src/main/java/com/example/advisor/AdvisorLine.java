package com.example.advisor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * A webhook app of the kind Ringback is for: customers of a bank call their personal advisor, and
 * leave a voicemail when nobody answers. It is written as one would write it against Twilio, with
 * nothing but the JDK.
 *
 * <p>The attributes of {@code <Conversation>} can be set in the query string of {@code /voice}, so
 * that one app shows all of them: {@code /voice?inboundTimeout=20&record=record-from-answer}.
 */
public final class AdvisorLine {
  private static final String SERVICE = "IS0123456789abcdef0123456789abcdef";

  private static final List<String> CONVERSATION_ATTRIBUTES =
      List.of(
          "serviceInstanceSid",
          "inboundAutocreation",
          "routingAssignmentTimeout",
          "inboundTimeout",
          "record",
          "trim",
          "recordingStatusCallback",
          "recordingStatusCallbackMethod",
          "recordingStatusCallbackEvent",
          "statusCallback",
          "statusCallbackMethod",
          "statusCallbackEvent",
          "url",
          "method");

  private AdvisorLine() {}

  /**
   * Starts the app.
   *
   * @param arguments the port, default 3000; 0 picks one, and the first line of output says which
   */
  public static void main(String... arguments) throws IOException {
    HttpServer server = start(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3000);
    System.out.println("The advisor line listens on port " + server.getAddress().getPort());
  }

  /** The app, listening on that port of the loopback interface; 0 picks one. */
  public static HttpServer start(int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", AdvisorLine::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return server;
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> query = decoded(exchange.getRequestURI().getRawQuery());
      Map<String, String> form = new LinkedHashMap<>(query);
      form.putAll(
          decoded(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      String self = "http://" + exchange.getRequestHeaders().getFirst("Host");
      switch (exchange.getRequestURI().getPath()) {
        case "/voice" -> twiml(exchange, voice(query));
        case "/greeting" -> twiml(exchange, GREETING);
        case "/after" -> twiml(exchange, after(form, self));
        case "/voicemail" -> twiml(exchange, "<Say>Thank you. Goodbye.</Say><Hangup/>");
        case "/whisper" -> twiml(exchange, WHISPER);
        case "/choice" -> twiml(exchange, "9".equals(form.get("Digits")) ? "<Hangup/>" : "");
        case "/closed" -> twiml(exchange, "<Reject reason=\"busy\"/>");
        case "/fallback" ->
            twiml(exchange, "<Say>We have a problem. Please call again later.</Say>");
        case "/broken" -> respond(exchange, 500, "text/plain", "out of order");
        case "/conversations/before" -> beforeConversation(exchange, form);
        case "/json" -> respond(exchange, 200, "application/json", "{\"say\": \"hello\"}");
        case "/centre/hold.wav" -> respond(exchange, 200, "audio/x-wav", CallCentre.holdMusic());
        default -> {
          String verbs = CallCentre.document(exchange.getRequestURI().getPath(), form);
          if (verbs == null) {
            respond(exchange, 204, null, "");
          } else {
            twiml(exchange, verbs);
          }
        }
      }
    }
  }

  /** Conversations' pre-webhook: nobody talks to a blocked number; the others' talks get a name. */
  private static void beforeConversation(HttpExchange exchange, Map<String, String> form)
      throws IOException {
    String caller = form.getOrDefault("MessagingBinding.Address", "");
    if (caller.equals(BLOCKED)) {
      respond(exchange, 403, "text/plain", "blocked");
    } else if ("onConversationAdd".equals(form.get("EventType"))) {
      respond(
          exchange, 200, "application/json", "{\"friendly_name\": \"Call from " + caller + "\"}");
    } else {
      respond(exchange, 200, null, "");
    }
  }

  /** The first document of a call: greets nobody, connects to the advisor at once. */
  private static String voice(Map<String, String> query) {
    StringBuilder noun = new StringBuilder("<Conversation");
    Map<String, String> attributes = new LinkedHashMap<>(Map.of("serviceInstanceSid", SERVICE));
    query.forEach((name, value) -> {
      if (CONVERSATION_ATTRIBUTES.contains(name)) {
        attributes.put(name, value);
      }
    });
    attributes.forEach((name, value) ->
        noun.append(' ').append(name).append("=\"").append(xml(value)).append('"'));
    noun.append("/>");
    String action = query.getOrDefault("action", "/after");
    String method = query.getOrDefault("actionMethod", "POST");
    return action.equals("none")
        ? "<Connect>" + noun + "</Connect>" + query.getOrDefault("then", "")
        : "<Connect action=\"%s\" method=\"%s\">%s</Connect>".formatted(action, method, noun);
  }

  /** What happens after the session: the table of results every Frontline app has somewhere. */
  private static String after(Map<String, String> form, String self) {
    return switch (form.getOrDefault("Result", "")) {
      case "session-success" -> "<Hangup/>";
      case "dialed-call-incomplete", "no-other-participants" ->
          """
          <Say>Sorry, your personal advisor is not available right now. Please leave a message \
          after the tone. Thank you!</Say>
          <Record action="/voicemail" recordingStatusCallback="%s/recording"/>
          """
              .formatted(self);
      case "no-existing-conversation" -> "<Say>This line is for customers only.</Say>";
      case "failed-create-conversation" ->
          "<Say>Please call again without withholding your number.</Say>";
      case "invalid-conversation" -> "<Say>This conversation cannot be called.</Say>";
      default -> "<Say>Something went wrong on our side. Please call again later.</Say>";
    };
  }

  /** Whoever calls from there gets no conversation. */
  private static final String BLOCKED = "+15558675398";

  private static final String GREETING =
      """
      <Say>Welcome. We connect you to your advisor.</Say>
      <Pause length="2"/>
      <Redirect>/voice</Redirect>
      """;

  private static final String WHISPER =
      """
      <Gather numDigits="1" timeout="3" action="/choice">
        <Say>A customer calls. Press 9 to decline.</Say>
      </Gather>
      """;

  // HTTP

  private static void twiml(HttpExchange exchange, String verbs) throws IOException {
    respond(
        exchange,
        200,
        "text/xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response>" + verbs + "</Response>\n");
  }

  private static void respond(HttpExchange exchange, int status, String contentType, String text)
      throws IOException {
    respond(exchange, status, contentType, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void respond(HttpExchange exchange, int status, String contentType, byte[] body)
      throws IOException {
    if (contentType != null) {
      exchange.getResponseHeaders().set("Content-Type", contentType);
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  private static Map<String, String> decoded(String encoded) {
    Map<String, String> params = new LinkedHashMap<>();
    if (encoded != null && !encoded.isEmpty()) {
      for (String pair : encoded.split("&", -1)) {
        int at = pair.indexOf('=');
        String name = at < 0 ? pair : pair.substring(0, at);
        String value = at < 0 ? "" : pair.substring(at + 1);
        params.put(
            URLDecoder.decode(name, StandardCharsets.UTF_8),
            URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
    }
    return params;
  }

  private static String xml(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
