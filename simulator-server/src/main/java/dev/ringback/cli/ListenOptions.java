package dev.ringback.cli;

import dev.ringback.config.ConfigFile;
import dev.ringback.server.RingbackServer;
import dev.ringback.yaml.BadInput;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a server listens, for whom, and how it ends. */
final class ListenOptions {
  private static final int MOST = 65_535;

  @Option(names = "--host", paramLabel = "HOST", description = "to listen on, default 127.0.0.1")
  @Nullable String host;

  /** Goes before the file. */
  void read(ConfigFile config) throws BadInput {
    if (host != null) {
      if (host.isBlank()) {
        throw WorldOptions.wrong("--host", "must be an address of this machine, not empty");
      }
      config.host = host;
    }
  }

  static int port(String option, int port, int least) throws BadInput {
    if (port < least || port > MOST) {
      throw WorldOptions.wrong(
          option, "must be from %d to %d, not %d".formatted(least, MOST, port));
    }
    return port;
  }

  /** Whether somebody chose the token, which is otherwise drawn at each start. */
  static boolean hasChosenToken(ConfigFile config) {
    String token = System.getenv("TWILIO_AUTH_TOKEN");
    return config.world.hasToken() || (token != null && !token.isEmpty());
  }

  /** Who lets other machines in knows the token, and is told what they can do. */
  void check(ConfigFile config, PrintWriter err) throws BadInput {
    if (!isOpen(config.host)) {
      return;
    }
    if (!hasChosenToken(config)) {
      throw WorldOptions.wrong(
          host == null ? "server.host" : "--host",
          "%s lets other machines in, so the auth token must be one that you chose: set account.authToken in ringback.yaml or TWILIO_AUTH_TOKEN, or listen on 127.0.0.1"
              .formatted(config.host));
    }
    err.println(
        "ringback: %s lets other machines in: anyone who reaches the port can place calls, read journals and reset worlds by /sim/v1, which asks for no token, fetch recordings, %s; Twilio's API asks for the token"
            .formatted(
                config.host,
                config.passesOn
                    ? "and reach other hosts through the proxy"
                    : "and use the proxy for Twilio's hosts"));
  }

  private static boolean isOpen(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      boolean ours =
          address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null;
      return ours && !address.isLoopbackAddress();
    } catch (UnknownHostException | SocketException e) {
      return false; // nobody can listen there, which is said then
    }
  }

  /** When the process is told to end the server is closed, and then this is counted down. */
  static CountDownLatch stopped(RingbackServer server) {
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              server.close();
              stopped.countDown();
              Runtime.getRuntime().halt(ExitCode.OK);
            }));
    return stopped;
  }
}
