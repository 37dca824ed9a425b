package dev.ringback.proxy;

import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * HTTP connections that note whether a request came in absolute form. Jetty fills the URI from the
 * Host header before any handler or customizer sees it, so this is the only place to tell a proxy's
 * client from one that merely knows us by another name.
 */
final class AbsoluteForm extends HttpConnectionFactory {
  /** The connection's attribute that says so. */
  static final String NOTED = AbsoluteForm.class.getName();

  AbsoluteForm(HttpConfiguration configuration) {
    super(configuration);
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    HttpConnection connection =
        new HttpConnection(getHttpConfiguration(), connector, endPoint) {
          @Override
          protected HttpStreamOverHTTP1 newHttpStream(
              String method, String uri, HttpVersion version) {
            boolean absolute = uri != null && uri.regionMatches(true, 0, "http", 0, 4);
            setAttribute(NOTED, absolute ? Boolean.TRUE : null);
            return super.newHttpStream(method, uri, version);
          }
        };
    connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
    return configure(connection, connector, endPoint);
  }
}
