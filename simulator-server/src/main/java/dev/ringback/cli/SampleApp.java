package dev.ringback.cli;

import dev.ringback.yaml.BadInput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The app that the shipped scenarios are about, as a process of its own on a free port. */
final class SampleApp implements AutoCloseable {
  private static final String MAIN = "com.example.advisor.AdvisorLine";

  private final Process process;
  private final int port;

  private SampleApp(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Where Ringback is unpacked or built, as the launcher says; empty: it does not. */
  static Optional<Path> root() {
    return Optional.ofNullable(System.getProperty("ringback.root")).map(Path::of);
  }

  /** The scenarios that come with Ringback; empty: they did not. */
  static Optional<Path> scenarios() {
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
  static SampleApp start() throws BadInput, IOException {
    Path classes =
        classes()
            .orElseThrow(() ->
                WorldOptions.wrong(
                    "run", "the sample app is not here; name an app with --app URL"));
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
      throw WorldOptions.wrong("run", "the sample app does not start");
    }
    Thread.ofVirtual().start(() -> out.lines().forEach(ignored -> {}));
    return new SampleApp(process, Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1)));
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
