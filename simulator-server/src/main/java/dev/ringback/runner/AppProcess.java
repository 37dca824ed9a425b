package dev.ringback.runner;

import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The app under test as a process that a run starts and stops, with all that it starts itself. What
 * it prints is kept, and shown when it does not come up.
 */
public final class AppProcess implements AutoCloseable {
  private static final int LAST_LINES = 20;
  private static final long SECONDS_TO_END = 5;

  private final List<String> command;
  private final Process process;
  private final Path log;
  private final String mark;
  private final Thread hook;

  private AppProcess(List<String> command, Process process, Path log, String mark) {
    this.mark = mark;
    this.command = command;
    this.process = process;
    this.log = log;
    this.hook = new Thread(this::end);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * @param environment beside that of this process
   */
  public static AppProcess start(List<String> command, Map<String, String> environment)
      throws BadInput, IOException {
    Path log = Files.createTempFile("ringback-app", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()));
    builder.environment().putAll(environment);
    String mark = "RINGBACK_RUN=" + UUID.randomUUID();
    builder.environment().put("RINGBACK_RUN", mark.substring(mark.indexOf('=') + 1));
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return new AppProcess(command, process, log, mark);
    } catch (IOException e) {
      Files.deleteIfExists(log);
      throw new BadInput(
          new Problem(
              null, 0, "-- " + command.getFirst(), "cannot be started: " + e.getMessage(), null));
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** What is wrong when it does not listen: its last words, too. */
  public BadInput doesNotListen(String url) {
    String why =
        process.isAlive()
            ? "has been started, but nothing listens at " + url
            : "has ended with exit code %d before it listened at %s"
                .formatted(process.exitValue(), url);
    String said = lastLines();
    return new BadInput(
        new Problem(
            null,
            0,
            "-- " + String.join(" ", command),
            why + (said.isEmpty() ? "; it printed nothing" : "; it printed:\n" + said),
            "the app must listen on the port in the variable PORT, or name where with --app"));
  }

  private String lastLines() {
    try {
      List<String> lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "";
    }
  }

  private void end() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.addAll(marked());
    all.forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }

  /** What was started in the background and has lost its parent, where /proc tells. */
  private List<ProcessHandle> marked() {
    List<ProcessHandle> marked = new ArrayList<>();
    ProcessHandle.allProcesses()
        .filter(handle -> handle.pid() != process.pid())
        .filter(handle -> {
          try {
            return Files.readString(
                    Path.of("/proc", Long.toString(handle.pid()), "environ"),
                    StandardCharsets.ISO_8859_1)
                .contains(mark);
          } catch (IOException e) {
            return false; // not Linux, another user's, or gone
          }
        })
        .forEach(marked::add);
    return marked;
  }

  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
      Files.deleteIfExists(log);
    } catch (IllegalStateException | IOException e) {
      // The process ends, and the hook has run; a log that stays is in the folder for such files.
    }
  }
}
