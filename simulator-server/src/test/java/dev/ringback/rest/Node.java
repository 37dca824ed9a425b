package dev.ringback.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Node, and a folder with the official SDK in it, installed once. */
final class Node {
  private static final Path SOURCES = Path.of("src/test/node");
  private static final Path FOLDER = Path.of("target/node");

  private Node() {}

  /** The folder; the test is skipped, visibly, where there is no Node. */
  static synchronized Path folder() throws IOException, InterruptedException {
    boolean there = false;
    try {
      there = new ProcessBuilder("node", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      System.err.println("SKIPPED: the Node SDK's suite; there is no Node on this machine");
    }
    Assumptions.assumeTrue(there, "there is no Node on this machine");
    Files.createDirectories(FOLDER);
    // Tests run in more than one process.
    try (FileChannel channel =
            FileChannel.open(
                FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      assertTrue(lock.isValid());
      install();
    }
    return FOLDER;
  }

  private static void install() throws IOException, InterruptedException {
    boolean installed =
        Files.exists(FOLDER.resolve("node_modules/twilio"))
            && Files.exists(FOLDER.resolve("package-lock.json"))
            && Files.mismatch(
                    SOURCES.resolve("package-lock.json"), FOLDER.resolve("package-lock.json"))
                < 0;
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(
            file,
            FOLDER.resolve(Objects.requireNonNull(file.getFileName()).toString()),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (!installed) {
      Run run = run(FOLDER, Map.of(), 300, "npm", "ci", "--no-audit", "--no-fund");
      assertEquals(0, run.exit(), run.output());
    }
  }

  record Run(int exit, String output) {}

  static Run run(Path folder, Map<String, String> environment, int seconds, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(List.of(command)))
            .directory(folder.toFile())
            .redirectErrorStream(true);
    if (!environment.isEmpty()) {
      builder.environment().keySet().removeIf(name -> name.matches("(?i).*proxy|TWILIO_.*"));
    }
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(String.join(" ", command) + " does not end: " + output);
    }
    return new Run(process.exitValue(), output);
  }
}
