package dev.ringback.media;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program ffmpeg, a decoder that has nothing to do with what wrote our files. */
public final class Ffmpeg {
  private static final Pattern STREAM =
      Pattern.compile("Audio: (\\w+).*?, (\\d+) Hz, (mono|stereo|\\d+ channels)");
  private static final Pattern DURATION = Pattern.compile("Duration: (\\d+):(\\d+):(\\d+\\.\\d+)");

  private final String program;

  private Ffmpeg(String program) {
    this.program = program;
  }

  /** What ffmpeg says of a file. */
  public record Probe(String codec, int rate, int channels, double seconds) {}

  /** From the test dependency, or from the PATH; empty: there is none for this machine. */
  public static Optional<Ffmpeg> find() throws IOException {
    try (InputStream binary =
        Ffmpeg.class.getResourceAsStream("/ws/schild/jave/nativebin/ffmpeg-amd64")) {
      if (binary != null) {
        Path program = Files.createTempFile("ffmpeg", "");
        program.toFile().deleteOnExit();
        Files.copy(binary, program, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        boolean executable = program.toFile().setExecutable(true);
        return executable ? Optional.of(new Ffmpeg(program.toString())) : Optional.empty();
      }
    }
    for (String folder : System.getenv("PATH").split(Pattern.quote(File.pathSeparator), -1)) {
      Path program = Path.of(folder, "ffmpeg");
      if (Files.isExecutable(program)) {
        return Optional.of(new Ffmpeg(program.toString()));
      }
    }
    return Optional.empty();
  }

  /** What kind of file it is, by decoding all of it. */
  public Probe probe(Path file) throws Exception {
    Process process =
        new ProcessBuilder(program, "-hide_banner", "-i", file.toString(), "-f", "null", "-")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher stream = STREAM.matcher(said);
    Matcher duration = DURATION.matcher(said);
    if (process.waitFor() != 0 || !stream.find() || !duration.find()) {
      throw new AssertionError(said);
    }
    int channels =
        switch (stream.group(3)) {
          case "mono" -> 1;
          case "stereo" -> 2;
          default -> Integer.parseInt(stream.group(3).replaceAll("\\D", ""));
        };
    return new Probe(
        stream.group(1),
        Integer.parseInt(stream.group(2)),
        channels,
        Integer.parseInt(duration.group(1)) * 3600
            + Integer.parseInt(duration.group(2)) * 60
            + Double.parseDouble(duration.group(3)));
  }

  /** One channel's samples, from 0. */
  public short[] channel(Path file, int channel) throws Exception {
    Process process =
        new ProcessBuilder(
                program,
                "-hide_banner",
                "-loglevel",
                "error",
                "-i",
                file.toString(),
                "-af",
                "pan=mono|c0=c" + channel,
                "-f",
                "s16le",
                "-")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    ShortBuffer samples =
        ByteBuffer.wrap(process.getInputStream().readAllBytes())
            .order(ByteOrder.LITTLE_ENDIAN)
            .asShortBuffer();
    if (process.waitFor() != 0) {
      throw new AssertionError("ffmpeg cannot decode " + file);
    }
    short[] all = new short[samples.remaining()];
    samples.get(all);
    return all;
  }
}
