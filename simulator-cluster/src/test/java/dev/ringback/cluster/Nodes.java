package dev.ringback.cluster;

import dev.ringback.json.JournalJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The processes of a cluster, each with ports of its own, which a successor takes over. */
final class Nodes implements AutoCloseable {
  private static final long FROZEN_SECONDS = 30;

  private final Path folder;
  private final String database;
  private final List<Integer> ports = new ArrayList<>();
  private final TreeMap<Integer, Process> running = new TreeMap<>();

  /**
   * @param folder with a ringback.yaml
   */
  Nodes(Path folder, String database, int most) throws IOException {
    this.folder = folder;
    this.database = database;
    List<ServerSocket> taken = new ArrayList<>();
    for (int i = 0; i < 2 * most; i++) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      taken.add(socket);
      ports.add(socket.getLocalPort());
    }
    for (ServerSocket socket : taken) {
      socket.close();
    }
  }

  private int size() {
    return ports.size() / 2;
  }

  String url(int node) {
    return "http://127.0.0.1:" + ports.get(node);
  }

  synchronized List<Integer> alive() {
    return List.copyOf(running.keySet());
  }

  private int clusterPort(int node) {
    return ports.get(size() + node);
  }

  /** What a command says, and how it ends. */
  record Said(int exit, String out, String err) {}

  /** One that is no node. */
  Said command(List<String> arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dringback.home=" + folder.resolve("home-command"),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.ringback.cli.Ringback"));
    command.addAll(arguments);
    Path errors = folder.resolve("command.log");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), out, Files.readString(errors));
  }

  private List<String> command(int port, int clusterPort, String join) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-Dringback.home=" + folder.resolve("home-" + port),
        "-cp",
        System.getProperty("java.class.path"),
        "dev.ringback.cli.Ringback",
        "cluster",
        "-c",
        folder.resolve("ringback.yaml").toString(),
        "--port",
        Integer.toString(port),
        "--cluster-port",
        Integer.toString(clusterPort),
        "--join",
        join,
        "--db",
        database,
        "--json");
  }

  /** Starts some at a time; they can serve when this returns. */
  void start(int... nodes) {
    Arrays.stream(nodes)
        .mapToObj(node ->
            CompletableFuture.runAsync(() -> {
              try {
                startOne(node);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }))
        .toList()
        .forEach(CompletableFuture::join);
  }

  private void startOne(int node) throws IOException {
    List<String> join = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      join.add("127.0.0.1:" + clusterPort(i));
    }
    Path errors = folder.resolve("node-%d.log".formatted(node));
    Process process =
        new ProcessBuilder(command(ports.get(node), clusterPort(node), String.join(",", join)))
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
            .start();
    BufferedReader out = process.inputReader();
    String line = out.readLine();
    if (line == null || !JournalJson.mapper().readTree(line).has("url")) {
      String said = Files.readString(errors);
      throw new AssertionError(
          "it did not start: " + line + " " + said.substring(Math.max(0, said.length() - 1_500)));
    }
    synchronized (this) {
      running.put(node, process);
    }
  }

  /** What one says that cannot be: it ends with 2. */
  String refused(int clusterPort, String join) throws IOException, InterruptedException {
    Path errors = folder.resolve("refused.log");
    Process process =
        new ProcessBuilder(command(0, clusterPort, join))
            .redirectError(errors.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 2) {
      process.destroyForcibly();
      throw new AssertionError("it was not refused: " + Files.readString(errors));
    }
    return Files.readString(errors);
  }

  /** Without a word. */
  void kill(int node) throws InterruptedException {
    take(node).destroyForcibly().waitFor();
  }

  /** It hands its worlds over, and ends. */
  void stop(int node) throws InterruptedException {
    Process process = take(node);
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("node " + node + " does not end");
    }
  }

  /** It does nothing for longer than the others bear, and goes on: then it has to end by itself. */
  void freeze(int node) throws IOException, InterruptedException {
    Process process = take(node);
    signal(process, "STOP");
    if (process.waitFor(FROZEN_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("a node that stands still has ended");
    }
    signal(process, "CONT");
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("node " + node + " does not end");
    }
  }

  private static void signal(Process process, String signal)
      throws IOException, InterruptedException {
    int exit =
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    if (exit != 0) {
      throw new AssertionError("kill -" + signal + " ends with " + exit);
    }
  }

  private synchronized Process take(int node) {
    Process process = running.remove(node);
    if (process == null) {
      throw new IllegalStateException("node " + node + " is not there");
    }
    return process;
  }

  @Override
  public synchronized void close() {
    running.values().forEach(Process::destroyForcibly);
  }
}
