package dev.ringback.junit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The engine, in a class loader of its own: its libraries and those of the tests never meet. It is
 * spoken to in strings, numbers, lists and maps.
 */
final class Engine implements AutoCloseable {
  private static final String JARS = "META-INF/ringback/engine";

  private final Path folder;
  private final URLClassLoader loader;
  private final BiFunction<String, Map<String, Object>, Map<String, Object>> ringback;
  private final String url;
  private final String authToken;

  private Engine(
      Path folder,
      URLClassLoader loader,
      BiFunction<String, Map<String, Object>, Map<String, Object>> ringback) {
    this.folder = folder;
    this.loader = loader;
    this.ringback = ringback;
    Map<String, Object> about = ringback.apply("about", Map.of());
    this.url = String.valueOf(about.get("url"));
    this.authToken = String.valueOf(about.get("authToken"));
  }

  /** Unpacks and starts it. */
  static Engine start() {
    try {
      Path folder = Files.createTempDirectory("ringback-junit");
      URLClassLoader loader =
          new URLClassLoader("ringback", unpacked(folder), ClassLoader.getPlatformClassLoader());
      return new Engine(folder, loader, started(loader));
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("Ringback's engine cannot be unpacked: " + e, e);
    }
  }

  @SuppressWarnings("unchecked") // what the engine's class says of itself
  private static BiFunction<String, Map<String, Object>, Map<String, Object>> started(
      URLClassLoader loader) {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(loader);
    try {
      return (BiFunction<String, Map<String, Object>, Map<String, Object>>)
          Objects.requireNonNull(
              Class.forName("dev.ringback.embedded.EmbeddedRingback", true, loader)
                  .getMethod("start")
                  .invoke(null));
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("Ringback's engine cannot be started: " + e.getCause(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Ringback's engine cannot be loaded: " + e, e);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private static URL[] unpacked(Path folder) throws IOException, URISyntaxException {
    Path own = Path.of(Engine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<URL> urls = new ArrayList<>();
    if (Files.isDirectory(own)) {
      copy(own.resolve(JARS), folder, urls);
    } else {
      try (FileSystem jar = FileSystems.newFileSystem(own)) {
        copy(jar.getPath(JARS), folder, urls);
      }
    }
    return urls.toArray(URL[]::new);
  }

  private static void copy(Path jars, Path folder, List<URL> urls) throws IOException {
    try (Stream<Path> all = Files.list(jars)) {
      for (Path jar : all.sorted(Comparator.comparing(Path::toString)).toList()) {
        Path copy = folder.resolve(jar.getFileName().toString());
        try (InputStream in = Files.newInputStream(jar)) {
          Files.copy(in, copy);
        }
        urls.add(copy.toUri().toURL());
      }
    }
  }

  /** Where its REST API and its control API are. */
  String url() {
    return url;
  }

  /** Of all its worlds. */
  String authToken() {
    return authToken;
  }

  /**
   * Has something done.
   *
   * @throws IllegalArgumentException when it cannot be done, with the reason
   */
  Map<String, Object> apply(String what, Map<String, Object> with) {
    // Its libraries look for theirs in the thread's class loader.
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(loader);
    Map<String, Object> answer;
    try {
      answer = ringback.apply(what, with);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
    Object error = answer.get("error");
    if (error != null) {
      throw new IllegalArgumentException(String.valueOf(error));
    }
    return answer;
  }

  /** A request to the control API. */
  Answer request(String method, String path, @Nullable Map<String, Object> body) {
    Map<String, Object> with =
        body == null
            ? Map.of("method", method, "path", path)
            : Map.of("method", method, "path", path, "body", body);
    return answer(apply("request", with));
  }

  /** The same as text for people. */
  String text(String path) {
    return String.valueOf(
        apply("request", Map.of("method", "GET", "path", path, "accept", "text/plain"))
            .get("body"));
  }

  private static Answer answer(Map<String, Object> answer) {
    return new Answer((Integer) Objects.requireNonNull(answer.get("status")), answer.get("body"));
  }

  /** An answer of the control API. */
  record Answer(int status, @Nullable Object body) {
    /** What stands under a key, level by level; null: there is no such. */
    @Nullable Object at(String... keys) {
      Object at = body;
      for (String key : keys) {
        at = at instanceof Map<?, ?> map ? map.get(key) : null;
      }
      return at;
    }

    String text(String... keys) {
      Object at = at(keys);
      return at == null ? "" : at.toString();
    }

    /** The items of a list. */
    List<?> list(String... keys) {
      return at(keys) instanceof List<?> list ? list : List.of();
    }

    /** What the API says when it refuses. */
    String error() {
      String hint = text("error", "hint");
      return text("error", "message") + (hint.isEmpty() ? "" : "; " + hint);
    }
  }

  @Override
  public void close() {
    try {
      ((AutoCloseable) ringback).close();
      loader.close();
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.deleteIfExists(file);
        }
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException("Ringback's engine cannot be stopped: " + e, e);
    }
  }
}
