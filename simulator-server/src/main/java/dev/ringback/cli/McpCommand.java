package dev.ringback.cli;

import dev.ringback.config.AccountFile;
import dev.ringback.config.ConfigFile;
import dev.ringback.mcp.LastAnswers;
import dev.ringback.mcp.RingbackMcp;
import dev.ringback.proxy.HomeFolder;
import dev.ringback.server.CannotListen;
import dev.ringback.server.RingbackServer;
import dev.ringback.yaml.BadInput;
import io.modelcontextprotocol.server.McpSyncServer;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ringback mcp}. */
@Command(
    name = "mcp",
    mixinStandardHelpOptions = true,
    description = {
      "The Model Context Protocol on standard input and output, for agents: place a call, act, read a"
          + " timeline, explain an ending, check TwiML, order faults, run a scenario, explore.",
      "Without --server the tools are for the Ringback that runs on this machine, or else for a world"
          + " of their own, whose clock is stepped unless -c or --clock says otherwise. A running server"
          + " has the same at /mcp, over HTTP."
    })
final class McpCommand implements Callable<Integer> {
  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "the running server; default: the one on this machine, if there is one")
  @Nullable String server;

  @Option(names = "--read-only", description = "only tools that change nothing")
  boolean readOnly;

  @Mixin WorldOptions world = new WorldOptions();

  @SuppressWarnings("NullAway.Init")
  McpCommand() {}

  @Override
  public Integer call() throws BadInput, InterruptedException {
    if (server != null && world.given()) {
      throw WorldOptions.wrong("--server", "has a world already; leave the other options out");
    }
    // What is printed by accident must not be taken for the protocol.
    PrintStream out = System.out;
    System.setOut(System.err);
    RemoteServer running = RemoteServer.at(server);
    if (server != null || (!world.given() && running.answers())) {
      serve(server == null ? RemoteServer.usualUrl() : server, out);
      return ExitCode.OK;
    }
    ConfigFile config = world.read();
    if (world.clock == null && world.config == null && !WorldOptions.defaultFileExists()) {
      config.world.clock = config.world.clock.withMode("stepped");
    }
    config.port = 0;
    try (RingbackServer own = start(config)) {
      serve(own.url(), out);
    }
    return ExitCode.OK;
  }

  private static RingbackServer start(ConfigFile config) throws BadInput {
    try {
      return RingbackServer.start(config, seed -> ServeCommand.another(config, seed));
    } catch (CannotListen e) {
      throw WorldOptions.wrong("mcp", String.valueOf(e.getMessage()));
    }
  }

  /** Until standard input ends. */
  private void serve(String url, PrintStream out) throws InterruptedException {
    int port = URI.create(url).getPort();
    LastAnswers streams = new LastAnswers();
    McpSyncServer mcp =
        new RingbackMcp(
                url,
                readOnly ? RingbackMcp.Offer.READING : RingbackMcp.Offer.ALL,
                () ->
                    AccountFile.find(HomeFolder.home(), port)
                        .map(AccountFile.Entry::authToken)
                        .map(List::of)
                        .orElse(List.of()))
            .over(streams.over(System.in), streams.over(out));
    streams.await();
    mcp.closeGracefully();
  }
}
