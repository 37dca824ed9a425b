package dev.ringback.viewer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The modules and the stylesheet of the viewer: served as they are by the console, put into one
 * file by a report. There is no build step; Preact comes as a WebJar.
 */
public final class WebFiles {
  private static final List<String> OWN =
      List.of(
          "account", "api", "audio", "calls", "clock", "console", "doctor", "fork", "phones",
          "report", "sound", "start", "tags", "time", "twiml", "viewer", "virtual");

  private static final String PREACT = "/META-INF/resources/webjars/preact/";

  /** By the name that an import says; read when somebody looks. */
  private static final class Modules {
    static final Map<String, String> ALL = new LinkedHashMap<>();

    static {
      ALL.put("preact", read(PREACT + Preact.VERSION + "/dist/preact.module.js"));
      ALL.put("preact/hooks", read(PREACT + Preact.VERSION + "/hooks/dist/hooks.module.js"));
      for (String name : OWN) {
        ALL.put("ringback/" + name, read("/dev/ringback/viewer/web/" + name + ".js"));
      }
    }
  }

  /** A name of the WebJar's that changes with its version. */
  private static final class Preact {
    static final String VERSION = "10.26.4";
  }

  private WebFiles() {}

  private static String read(String resource) {
    try (InputStream in = WebFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not on the class path");
      }
      // A source map is not shipped, and would be asked for.
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replaceAll("(?m)^//# sourceMappingURL=.*$", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All modules, by the name that an import says, such as {@code ringback/viewer}. */
  public static Map<String, String> modules() {
    return Modules.ALL;
  }

  /** The one stylesheet. */
  public static String stylesheet() {
    return read("/dev/ringback/viewer/web/style.css");
  }

  /** As a Content-Security-Policy names an inline script or style. */
  public static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
