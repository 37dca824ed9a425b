package dev.ringback.viewer;

import dev.ringback.callback.Param;
import dev.ringback.callback.WebRequest;
import dev.ringback.twiml.HttpMethod;

/** A request as a command for a POSIX shell; its signature is right for the URL that it names. */
public final class Curl {
  private Curl() {}

  public static String of(WebRequest request) {
    StringBuilder command = new StringBuilder("curl -i");
    if (request.method() == HttpMethod.POST) {
      command.append(" -X POST");
    }
    command.append(' ').append(quoted(request.wireUrl()));
    for (Param header : request.headers()) {
      command.append(" \\\n  -H ").append(quoted(header.name() + ": " + header.value()));
    }
    if (request.method() == HttpMethod.POST) {
      command.append(" \\\n  --data-raw ").append(quoted(request.body()));
    }
    return command.append('\n').toString();
  }

  /** Nothing in single quotes means anything to a shell but a single quote. */
  static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
