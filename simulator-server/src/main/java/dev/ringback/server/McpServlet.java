package dev.ringback.server;

import dev.ringback.mcp.RingbackMcp;
import dev.ringback.mcp.RingbackMcp.Offer;
import dev.ringback.worlds.Worlds;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** {@code /mcp}: nothing of it is loaded before somebody asks. */
final class McpServlet extends HttpServlet {
  static final String PATH = "/mcp";

  private static final long serialVersionUID = 1L;

  private final transient Worlds worlds;
  private final transient Map<Offer, HttpServlet> servers = new EnumMap<>(Offer.class);

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
    server("http://" + host + ":" + request.getLocalPort(), offer(request.getRemoteAddr()))
        .service(request, response);
  }

  /** An agent on this machine has what a person has here; others have the control API. */
  static Offer offer(String address) {
    try { // an address as the socket has it, which nobody looks up
      return InetAddress.getByName(address).isLoopbackAddress()
          ? Offer.ALL
          : Offer.WITHOUT_COMMANDS;
    } catch (UnknownHostException e) {
      return Offer.WITHOUT_COMMANDS;
    }
  }

  /**
   * @param url where this server answers
   */
  private synchronized HttpServlet server(String url, Offer offer) throws ServletException {
    HttpServlet made = servers.get(offer);
    if (made == null) {
      made = new RingbackMcp(url, offer, this::secrets).servlet(PATH);
      made.init(getServletConfig());
      servers.put(offer, made);
    }
    return made;
  }

  private List<String> secrets() {
    return worlds.all().stream().map(world -> world.settings().authToken()).toList();
  }

  @Override
  public synchronized void destroy() {
    servers.values().forEach(HttpServlet::destroy);
  }
}
