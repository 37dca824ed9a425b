package dev.ringback.cli;

import dev.ringback.proxy.HomeFolder;
import dev.ringback.proxy.LocalAuthority;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ringback ca}. */
@Command(
    name = "ca",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the certificate of the local CA that the forward proxy's certificates come from.",
      "It is made when it is first needed, is kept in ~/.ringback (or RINGBACK_HOME), and can vouch",
      "for twilio.com and what is below, and for nothing else."
    })
final class CaCommand implements Callable<Integer> {
  @Option(names = "--path", description = "print the path of the PEM file instead")
  boolean path;

  @Option(
      names = "--truststore",
      description = "print the path of a Java trust store (PKCS12, password changeit) instead")
  boolean trustStore;

  @Option(names = "--home", paramLabel = "DIR", description = "where the CA is kept")
  @Nullable Path home;

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  CaCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    LocalAuthority authority;
    try {
      authority = LocalAuthority.in(home == null ? HomeFolder.home() : home);
    } catch (GeneralSecurityException e) {
      spec.commandLine()
          .getErr()
          .println("ringback: the local CA cannot be read: " + e.getMessage());
      return ExitCode.FAILED;
    }
    if (path || trustStore) {
      out.println(path ? authority.certificateFile() : authority.trustStore());
    } else {
      out.print(authority.pem());
    }
    return ExitCode.OK;
  }
}
