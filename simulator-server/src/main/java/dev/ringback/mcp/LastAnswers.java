package dev.ringback.mcp;

import dev.ringback.json.JournalJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Standard input and output as an agent has them: input that ends is told only when all that came
 * is answered. Messages are lines.
 */
public final class LastAnswers {
  /** A tool that takes longer is not waited for. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final CountDownLatch ended = new CountDownLatch(1);

  // Guarded by this.
  private final Set<String> asked = new HashSet<>();

  /** Waits until the input has ended. */
  public void await() throws InterruptedException {
    ended.await();
  }

  /** The input, whose requests are noted. */
  public InputStream over(InputStream in) {
    return new InputStream() {
      private final ByteArrayOutputStream line = new ByteArrayOutputStream();

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        int read = in.read(bytes, from, length);
        if (read < 0) {
          awaitAnswers();
          ended.countDown();
          return read;
        }
        for (int i = from; i < from + read; i++) {
          next(line, bytes[i], true);
        }
        return read;
      }
    };
  }

  /** The output, whose answers are noted. */
  public OutputStream over(OutputStream out) {
    return new OutputStream() {
      private final ByteArrayOutputStream line = new ByteArrayOutputStream();

      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
        out.flush();
        for (int i = from; i < from + length; i++) {
          next(line, bytes[i], false);
        }
      }

      @Override
      public void flush() throws IOException {
        out.flush();
      }
    };
  }

  private void next(ByteArrayOutputStream line, byte one, boolean fromAgent) {
    if (one != '\n') {
      line.write(one);
      return;
    }
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    try {
      JsonNode message = JournalJson.mapper().readTree(text);
      if (message.has("id") && message.has("method") == fromAgent) {
        note(message.get("id").toString(), fromAgent);
      }
    } catch (JacksonException e) {
      // It is no message, which whoever reads it says.
    }
  }

  private synchronized void note(String id, boolean isAsked) {
    if (isAsked) {
      asked.add(id);
    } else {
      asked.remove(id);
      notifyAll();
    }
  }

  private synchronized void awaitAnswers() throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      long left = PATIENCE.toMillis();
      while (!asked.isEmpty() && left > 0) {
        wait(left);
        left = Duration.ofNanos(end - System.nanoTime()).toMillis();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
