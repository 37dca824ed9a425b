package dev.ringback.twiml;

/** The two methods Twilio uses for webhooks. */
public enum HttpMethod {
  GET,
  POST
}
