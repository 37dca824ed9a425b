package dev.ringback.play;

import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The app that the shipped scenarios are about, as a process of its own on a free port. */
public final class SampleApp implements AutoCloseable {
  private static final String MAIN = "com.example.advisor.AdvisorLine";

  private final Process process;
  private final int port;

  private SampleApp(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Where Ringback is unpacked or built, as the launcher says; empty: it does not. */
  public static Optional<Path> root() {
    return Optional.ofNullable(System.getProperty("ringback.root")).map(Path::of);
  }

  /** The scenarios that come with Ringback; empty: they did not. */
  public static Optional<Path> scenarios() {
    return root().map(root -> root.resolve("scenarios")).filter(Files::isDirectory);
  }

  private static Optional<Path> classes() {
    return root()
        .flatMap(root ->
            java.util.stream.Stream.of(
                    root.resolve("sample-app/target/classes"), root.resolve("sample-app.jar"))
                .filter(Files::exists)
                .findFirst());
  }

  /** Starts it, and waits until it listens. */
  public static SampleApp start() throws BadInput, IOException {
    Path classes =
        classes()
            .orElseThrow(
                () -> wrong("it is not here", "name an app with --app URL, or --voice-url"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classes.toString(),
                MAIN,
                "0")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine(); // "The advisor line listens on port N"
    if (line == null || !line.matches(".* \\d+")) {
      process.destroyForcibly();
      throw wrong("it does not start", null);
    }
    Thread.ofVirtual().start(() -> out.lines().forEach(ignored -> {}));
    return new SampleApp(process, Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1)));
  }

  private static BadInput wrong(String message, @Nullable String hint) {
    return new BadInput(new Problem(null, 0, "the sample app", message, hint));
  }

  /** Where it answers, without a slash at the end. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
