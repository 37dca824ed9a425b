package dev.ringback.config;

import dev.ringback.engine.Egress;
import dev.ringback.media.InstalledVoices;
import dev.ringback.media.Voices;
import dev.ringback.voice.Urls;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Section;
import dev.ringback.yaml.Yaml;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code ringback.yaml}: where the server listens, and its world. */
public final class ConfigFile {
  public static final String DEFAULT_HOST = "127.0.0.1";
  public static final int DEFAULT_PORT = 4010;

  public String host = DEFAULT_HOST;
  public int port = DEFAULT_PORT;

  /** Whether the file names the address apps know; otherwise it follows the port. */
  public boolean publicUrlGiven;

  /** How recordings sound: speech where a program for it is at hand, or tones everywhere. */
  public Voices voices = InstalledVoices.best();

  /** Whether the forward proxy passes hosts on that are not Twilio's; otherwise it refuses them. */
  public boolean passesOn;

  /** Whether the time in which nobody ran passes for a world that is kept, on a real clock. */
  public boolean downtimePasses = true;

  /** After so much of a kept history a snapshot is taken, from which the next start goes on. */
  public int snapshotEvery = 20_000;

  /** Names that Ringback answers to beside the usual ones: hosts, without a port. */
  public List<String> allowedHosts = List.of();

  public final WorldDraft world = new WorldDraft();

  /** Reads the file. */
  public static ConfigFile read(Path file) throws BadInput {
    return read(Yaml.read(file));
  }

  public static ConfigFile read(Section root) throws BadInput {
    ConfigFile config = new ConfigFile();
    root.section("server")
        .ifPresent(server -> {
          server.text("host").ifPresent(h -> config.host = h);
          server
              .value(
                  "port",
                  text ->
                      text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65_535
                          ? Optional.of(Integer.valueOf(text))
                          : Optional.<Integer>empty(),
                  "a port from 0 to 65535")
              .ifPresent(p -> config.port = p);
          server
              .text("publicUrl", Urls::isAbsoluteHttp, "an absolute http(s) URL")
              .ifPresent(url -> {
                config.world.publicUrl = Values.withoutSlash(url);
                config.publicUrlGiven = true;
              });
          config.allowedHosts = server.texts("allowedHosts");
          for (String allowed : config.allowedHosts) {
            if (!allowed.matches("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\]")) {
              server.wrong(
                  "allowedHosts",
                  "names hosts, without scheme and port, such as ringback.lan; not '"
                      + allowed
                      + "'");
            }
          }
          server
              .choice("otherHosts", List.of("refuse", "pass"))
              .ifPresent(what -> config.passesOn = what.equals("pass"));
          Values.count(server, "maxLiveCalls", 999_999)
              .ifPresent(n -> config.world.maxLiveCalls = n);
          server
              .choice("voices", List.of("auto", "tones"))
              .filter("tones"::equals)
              .ifPresent(tones -> config.voices = Voices.TONES);
          server.done();
        });
    root.section("state")
        .ifPresent(state -> {
          state
              .choice("downtime", List.of("passes", "stands still"))
              .ifPresent(what -> config.downtimePasses = what.equals("passes"));
          state
              .value(
                  "snapshotEvery",
                  text ->
                      text.matches("[1-9]\\d{0,8}")
                          ? Optional.of(Integer.valueOf(text))
                          : Optional.empty(),
                  "a whole number from 1 to 999999999")
              .ifPresent(lines -> config.snapshotEvery = lines);
          state.done();
        });
    root.section("egress").ifPresent(egress -> config.world.egress = egress(egress));
    config.world.read(root);
    root.done();
    root.check();
    return config;
  }

  private static Egress egress(Section section) {
    boolean listed =
        section.choice("only", List.of("anything", "listed")).filter("listed"::equals).isPresent();
    List<String> hosts = section.texts("allow");
    for (String host : hosts) {
      if (!Urls.isAbsoluteHttp("http://" + host) || !host.matches("\\[.*\\]|[^/?#@:]+")) {
        section.wrong(
            "allow",
            "names hosts, such as my-app.example, 10.0.0.5 or [fd00::5], without a scheme or a port, not '%s'"
                .formatted(host));
      }
    }
    section.done();
    return new Egress(listed ? Egress.Rule.LISTED : Egress.Rule.ANYTHING, Set.copyOf(hosts), 0);
  }
}
