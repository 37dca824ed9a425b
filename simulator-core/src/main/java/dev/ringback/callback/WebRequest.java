package dev.ringback.callback;

import dev.ringback.call.ExchangeId;
import dev.ringback.call.RequestKind;
import dev.ringback.twiml.HttpMethod;
import java.util.List;

/**
 * A request, ready to be sent.
 *
 * @param url as the app knows it, with the parameters of a GET
 * @param wireUrl where it goes; another than {@code url} when the address is mapped
 * @param headers in order
 * @param form the parameters, whether in the body or in the URL
 * @param body empty for GET
 */
public record WebRequest(
    ExchangeId id,
    RequestKind kind,
    HttpMethod method,
    String url,
    String wireUrl,
    List<Param> headers,
    Form form,
    String body) {}
