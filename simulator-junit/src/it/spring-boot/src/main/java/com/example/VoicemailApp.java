package com.example;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The voicemail app of Twilio's page; it checks signatures. */
@SpringBootApplication
@RestController
public class VoicemailApp {
  private final String authToken;

  VoicemailApp(@Value("${twilio.auth-token}") String authToken) {
    this.authToken = authToken;
  }

  public static void main(String[] arguments) {
    SpringApplication.run(VoicemailApp.class, arguments);
  }

  @PostMapping(path = "/voice", produces = MediaType.TEXT_XML_VALUE)
  String voice(
      HttpServletRequest request,
      @RequestParam Map<String, String> form,
      @RequestHeader("X-Twilio-Signature") String signature)
      throws Exception {
    check(request, form, signature);
    return "<Response><Connect action=\"/after\"><Conversation inboundTimeout=\"20\""
        + " serviceInstanceSid=\"IS0123456789abcdef0123456789abcdef\"/></Connect></Response>";
  }

  @PostMapping(path = "/after", produces = MediaType.TEXT_XML_VALUE)
  String after(@RequestParam("Result") String result) {
    return result.equals("session-success")
        ? "<Response><Hangup/></Response>"
        : "<Response><Say>Please leave a message.</Say><Record action=\"/thanks\"/></Response>";
  }

  @PostMapping(path = "/thanks", produces = MediaType.TEXT_XML_VALUE)
  String thanks() {
    return "<Response><Say>Thank you.</Say></Response>";
  }

  private void check(HttpServletRequest request, Map<String, String> form, String signature)
      throws Exception {
    StringBuilder signed = new StringBuilder(request.getRequestURL());
    new TreeMap<>(form).forEach((name, value) -> signed.append(name).append(value));
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    String right =
        Base64.getEncoder()
            .encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
    if (!right.equals(signature)) {
      throw new ResponseStatusException(HttpStatus.FORBIDDEN, "invalid signature");
    }
  }
}
