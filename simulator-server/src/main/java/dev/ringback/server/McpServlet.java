package dev.ringback.server;

import dev.ringback.mcp.RingbackMcp;
import dev.ringback.worlds.Worlds;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /mcp}: nothing of it is loaded before somebody asks. */
final class McpServlet extends HttpServlet {
  static final String PATH = "/mcp";

  private static final long serialVersionUID = 1L;

  private final transient Worlds worlds;
  private transient @Nullable HttpServlet server;

  /**
   * @param worlds whose tokens must not be in an answer
   */
  McpServlet(Worlds worlds) {
    this.worlds = worlds;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String address = request.getLocalAddr();
    String host = address.contains(":") ? "[" + address + "]" : address;
    server("http://" + host + ":" + request.getLocalPort()).service(request, response);
  }

  /**
   * @param url where this server answers
   */
  private synchronized HttpServlet server(String url) throws ServletException {
    HttpServlet made = server;
    if (made == null) {
      made = new RingbackMcp(url, false, this::secrets).servlet(PATH);
      made.init(getServletConfig());
      server = made;
    }
    return made;
  }

  private List<String> secrets() {
    return worlds.all().stream().map(world -> world.settings().authToken()).toList();
  }

  @Override
  public synchronized void destroy() {
    if (server != null) {
      server.destroy();
    }
  }
}
