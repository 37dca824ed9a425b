package dev.ringback.rest;

import dev.ringback.account.ApiError;
import dev.ringback.engine.World;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.media.RecordingAudio;
import dev.ringback.media.Voices;
import dev.ringback.voice.Recording;
import dev.ringback.voice.RecordingStatus;
import dev.ringback.worlds.Worlds;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The files of recordings: {@code …/Recordings/RE….wav}, {@code .mp3}, or without an extension,
 * which is WAV (docs/voice/api/recording, "fetch a recording's media file"). A file is made when it
 * is fetched.
 */
public final class RecordingMedia {
  /** Without an extension it is the first. */
  public static final List<String> EXTENSIONS = List.of("wav", "mp3");

  private static final String PATH = "/2010-04-01/Accounts/{account}/Recordings/{file}";
  private static final Pattern FILE =
      Pattern.compile("/2010-04-01/Accounts/[^/]+/Recordings/(?!.*\\.(json|xml|csv)$)[^/]+");
  private static final ByteRange NOTHING = new ByteRange(0, -1);

  private final Worlds worlds;
  private final Voices voices;

  public RecordingMedia(Worlds worlds, Voices voices) {
    this.worlds = worlds;
    this.voices = voices;
  }

  /** Whether a request is for a file, which is open to everybody. */
  static boolean isMedia(String method, Product.Address place) {
    return place.product() == Product.API
        && (method.equals("GET") || method.equals("HEAD"))
        && FILE.matcher(place.path()).matches();
  }

  public void routes(RoutesConfig routes) {
    routes.get(PATH, this::media);
    routes.head(PATH, this::media);
  }

  private void media(Context context) throws IOException {
    String file = context.pathParam("file");
    int dot = file.lastIndexOf('.');
    String extension = dot < 0 ? EXTENSIONS.getFirst() : file.substring(dot + 1);
    Recording recording =
        recording(context, dot < 0 ? file : file.substring(0, dot))
            .filter(r -> r.status() == RecordingStatus.COMPLETED)
            .orElseThrow(() -> ApiError.notFound(context.path()));
    RecordingAudio audio = new RecordingAudio(recording, voices, channels(context, recording));
    switch (extension) {
      case "wav" -> send(context, "audio/x-wav", audio.wavLength(), audio::writeWav);
      case "mp3" -> {
        boolean lengthMatters = context.header("Range") != null || isHead(context);
        if (lengthMatters) {
          send(context, "audio/mpeg", measured(audio::writeMp3), audio::writeMp3);
        } else {
          context.header("Accept-Ranges", "bytes").contentType("audio/mpeg");
          audio.writeMp3(context.outputStream());
        }
      }
      default -> throw ApiError.notFound(context.path());
    }
  }

  private static boolean isHead(Context context) {
    return context.method().equals(HandlerType.HEAD);
  }

  private Optional<Recording> recording(Context context, String sid) {
    if (!Sid.isWellFormed(SidKind.RECORDING, sid)) {
      return Optional.empty();
    }
    return worlds
        .of(context.pathParam("account"))
        .flatMap((World world) -> world.ask(account -> account.recording(new Sid(sid))).join());
  }

  private static int channels(Context context, Recording recording) {
    String requested = context.queryParam("RequestedChannels");
    if (requested == null) {
      return recording.channels();
    }
    return switch (requested) {
      case "1" -> 1;
      case "2" -> {
        if (recording.channels() != 2) {
          throw ApiError.badRequest(
              16113, "Cannot download a dual-channel presentation of a mono recording");
        }
        yield 2;
      }
      default -> throw ApiError.badRequest(20001, "RequestedChannels must be 1 or 2");
    };
  }

  /** Something that writes a file, the same each time. */
  private interface FileWriter {
    void write(OutputStream out) throws IOException;
  }

  private static long measured(FileWriter writer) throws IOException {
    RangeOutput counter = new RangeOutput(OutputStream.nullOutputStream(), NOTHING);
    writer.write(counter);
    return counter.position();
  }

  private static void send(Context context, String type, long length, FileWriter writer)
      throws IOException {
    context.header("Accept-Ranges", "bytes").contentType(type);
    ByteRange all = new ByteRange(0, length - 1);
    ByteRange range = all;
    String header = context.header("Range");
    if (header != null) {
      try {
        range = ByteRange.of(header, length).orElse(all);
      } catch (ByteRange.Unsatisfiable e) {
        context.status(416).header("Content-Range", "bytes */" + length);
        return;
      }
    }
    if (!range.equals(all)) {
      context
          .status(206)
          .header("Content-Range", "bytes %d-%d/%d".formatted(range.first(), range.last(), length));
    }
    context.header("Content-Length", Long.toString(range.length()));
    if (!isHead(context)) {
      writer.write(new RangeOutput(context.outputStream(), range));
    }
  }
}
