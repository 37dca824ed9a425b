package dev.ringback.wire;

import dev.ringback.media.AudioLength;
import dev.ringback.twiml.TwimlReader;
import dev.ringback.voice.Landing;
import dev.ringback.voice.Landing.Header;
import dev.ringback.voice.RequestKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import okhttp3.MediaType;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** Reads as much of an answer as Twilio does. */
final class ResponseReader {
  /** Headers that decide what comes next; the others are nobody's business. */
  private static final List<String> TELLING =
      List.of(
          "location",
          "set-cookie",
          "www-authenticate",
          "etag",
          "last-modified",
          "cache-control",
          "transfer-encoding");

  /** Files that are played are read this far; Twilio drops longer ones, too. */
  private static final long MAX_MEDIA_BYTES = 40L * 1024 * 1024;

  private ResponseReader() {}

  static Landing read(Response response, RequestKind kind) throws IOException {
    List<Header> headers = new ArrayList<>();
    for (String name : TELLING) {
      response.headers(name).forEach(value -> headers.add(new Header(name, value)));
    }
    String contentType = response.header("Content-Type");
    boolean plays =
        contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith("audio/");
    if (kind == RequestKind.MEDIA || plays) {
      return new Landing.Answered(
          response.code(),
          contentType,
          "",
          headers,
          plays && response.isSuccessful() ? length(response, contentType) : null);
    }
    BufferedSource source = response.body().source();
    long most = TwimlReader.MAX_BYTES + 1L;
    source.request(most);
    byte[] bytes = source.getBuffer().readByteArray(Math.min(source.getBuffer().size(), most));
    MediaType type = response.body().contentType();
    String body =
        new String(
            bytes, type == null ? StandardCharsets.UTF_8 : type.charset(StandardCharsets.UTF_8));
    return new Landing.Answered(response.code(), contentType, body, headers, null);
  }

  private static @Nullable Duration length(Response response, String contentType)
      throws IOException {
    ForwardingSource limited =
        new ForwardingSource(response.body().source()) {
          private long left = MAX_MEDIA_BYTES;

          @Override
          public long read(Buffer sink, long byteCount) throws IOException {
            long read = left <= 0 ? -1 : super.read(sink, Math.min(byteCount, left));
            left -= Math.max(read, 0);
            return read;
          }
        };
    return AudioLength.of(contentType, Okio.buffer(limited).inputStream()).orElse(null);
  }
}
