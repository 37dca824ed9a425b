package dev.ringback.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An app without an HTTP library: it keeps every byte of what arrives, and keeps its connections
 * open whatever it is asked, as some apps do.
 */
final class RawServer implements AutoCloseable {
  private static final String OK =
      "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 11\r\n\r\n<Response/>";

  private final ServerSocket server;
  private final Predicate<Request> answers;
  private final ConcurrentLinkedQueue<Socket> open = new ConcurrentLinkedQueue<>();
  private final boolean closesInstead;
  final List<Request> requests = new CopyOnWriteArrayList<>();

  /**
   * @param onConnection the number of the request on its connection, from 1
   * @param head up to the empty line
   */
  record Request(int onConnection, String head) {
    String line() {
      return head.substring(0, head.indexOf("\r\n"));
    }

    String path() {
      return line().split(" ", -1)[1];
    }

    /** The value of a header; null: there is none. */
    @Nullable String header(String name) {
      return head.lines()
          .filter(l -> l.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(l -> l.substring(name.length() + 1).strip())
          .findFirst()
          .orElse(null);
    }
  }

  /**
   * @param answers whether a request is answered; the others hang
   */
  RawServer(Predicate<Request> answers) {
    this(answers, false);
  }

  /**
   * @param closesInstead whether a request that is not answered finds its connection closed
   */
  RawServer(Predicate<Request> answers, boolean closesInstead) {
    this.answers = answers;
    this.closesInstead = closesInstead;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return; // the test is over
      }
    }
  }

  private void serve(Socket client) {
    try {
      InputStream in = client.getInputStream();
      for (int number = 1; ; number++) {
        String head = head(in);
        if (head == null) {
          return;
        }
        Request request = new Request(number, head);
        String length = request.header("Content-Length");
        byte[] unused = in.readNBytes(length == null ? 0 : Integer.parseInt(length));
        requests.add(request);
        if (answers.test(request)) {
          client.getOutputStream().write(OK.getBytes(StandardCharsets.US_ASCII));
        } else if (closesInstead) {
          client.close();
        }
      }
    } catch (IOException e) {
      // The client has gone, or the test is over.
    }
  }

  private static @Nullable String head(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      bytes.write(b);
      String text = bytes.toString(StandardCharsets.ISO_8859_1);
      if (text.endsWith("\r\n\r\n")) {
        return text;
      }
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket client : open) {
      client.close();
    }
  }
}
