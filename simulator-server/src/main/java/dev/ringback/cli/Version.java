package dev.ringback.cli;

import picocli.CommandLine.IVersionProvider;

/** The version in the archive's manifest. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {"ringback " + (version == null ? "(built from source)" : version)};
  }
}
