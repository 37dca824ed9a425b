package dev.ringback.engine;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Where the requests of a world may go. The wire holds every address that it dials against it: this
 * machine and the hosts that are named pass, link-local addresses and the server's own port never
 * do, and the rule decides about all others.
 *
 * @param rule for hosts that nobody named
 * @param hosts that are named, each as a host or as a URL with it
 * @param ownPort where the server itself listens, so that nothing but recordings is fetched from
 *     there; 0: nowhere
 */
public record Egress(Rule rule, Set<String> hosts, int ownPort) {

  /** Everything that is not refused always; of hosts that nobody named there is a warning. */
  public static final Egress ANYTHING = new Egress(Rule.ANYTHING, Set.of(), 0);

  /** What becomes of a request to a host that nobody named. */
  public enum Rule {
    /** It is sent, and the Debugger has a warning. */
    ANYTHING,
    /** It is refused; the URLs of the configuration name their hosts. */
    LISTED,
    /** It is refused, and a configuration names nobody: it came from outside. */
    SEALED
  }

  /** The same with more hosts. */
  public Egress naming(Collection<String> more) {
    Set<String> all = new LinkedHashSet<>(hosts);
    all.addAll(more);
    return new Egress(rule, Set.copyOf(all), ownPort);
  }

  /** The same for a server that listens there. */
  public Egress servedAt(int port) {
    return new Egress(rule, hosts, port);
  }

  /** For a world with these settings. */
  Egress of(WorldSettings settings) {
    return rule == Rule.SEALED ? this : naming(settings.urls());
  }

  /**
   * For a world whose configuration came from outside: it can open no host that is not open yet.
   *
   * @param first the settings with which the server was started
   */
  public static Egress ofAnother(WorldSettings first) {
    Egress known = first.identity().network().egress().of(first);
    return known.rule() == Rule.ANYTHING
        ? first.identity().network().egress()
        : new Egress(Rule.SEALED, known.hosts(), known.ownPort());
  }
}
