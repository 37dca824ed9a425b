package dev.ringback.signature;

import dev.ringback.callback.Param;
import java.util.List;

/**
 * What an app saw.
 *
 * @param url that it validated
 * @param params of the body
 * @param signature of the header {@code X-Twilio-Signature}
 */
public record SeenRequest(String url, List<Param> params, String signature) {}
