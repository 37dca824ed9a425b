package dev.ringback.server;

import dev.ringback.engine.Past;
import dev.ringback.state.KeptWorld;
import dev.ringback.worlds.RequestRecorder;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;

/**
 * Requests of a world's past: they come in once more by a door within the process, through the
 * handlers that they came through.
 */
public final class RelivedRequests implements Past.Requests {
  private final KeptWorld world;
  private final RequestRecorder recorder;
  private final LocalConnector door;

  /**
   * @param door of the server, started
   */
  public RelivedRequests(KeptWorld world, RequestRecorder recorder, LocalConnector door) {
    this.world = world;
    this.recorder = recorder;
    this.door = door;
  }

  /** A door that takes what the server itself takes, to be started. */
  public static LocalConnector door(Server server) {
    HttpConfiguration own =
        Stream.of(server.getConnectors())
            .map(connector ->
                connector.getConnectionFactory(HttpConfiguration.ConnectionFactory.class))
            .filter(Objects::nonNull)
            .map(HttpConfiguration.ConnectionFactory::getHttpConfiguration)
            .findFirst()
            .orElseThrow();
    return new LocalConnector(server, new HttpConnectionFactory(new HttpConfiguration(own)));
  }

  @Override
  public void again(long number) {
    var unused = door.executeRequest(recorder.again(number, world.request(number)));
  }

  @Override
  public boolean mayComeEarly(long number) {
    return world.mayComeEarly(number);
  }
}
