package dev.ringback.callback;

import dev.ringback.id.WireData;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.RequestKind;
import java.util.List;

/**
 * A request, ready to be sent.
 *
 * @param target as the app wrote or configured it, the password hidden; for people to read
 * @param url as the app knows it, with the parameters of a GET
 * @param wireUrl where it goes; another than {@code url} when the address is mapped
 * @param headers in order
 * @param form the parameters, whether in the body or in the URL
 * @param body empty for GET
 * @param limits how long it may take
 */
@WireData
public record WebRequest(
    ExchangeId id,
    RequestKind kind,
    HttpMethod method,
    String target,
    String url,
    String wireUrl,
    List<Param> headers,
    Form form,
    String body,
    ConnectionOverrides limits) {}
