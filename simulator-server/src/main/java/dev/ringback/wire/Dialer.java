package dev.ringback.wire;

import dev.ringback.engine.Egress;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.net.SocketFactory;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The one way out of the server: all that fetches something dials here, and every address is held
 * against the {@link Egress} in the moment in which it is dialled, whatever the URL called it. A
 * check of the URL or of a look-up of its own would see another address than the socket, or none:
 * literal addresses are never looked up.
 */
public final class Dialer {
  /** Metadata services of clouds that are not link-local: they hand out credentials. */
  private static final Set<InetAddress> METADATA =
      Set.of(
          literal("fd00:ec2::254"), // AWS
          literal("100.100.100.200"), // Alibaba
          literal("168.63.129.16")); // Azure

  private static final Pattern LITERAL = Pattern.compile("[\\d.]+|[0-9a-f:.]*:[0-9a-f:.]*");

  /** The one thing that is fetched from the server's own port. */
  private static final Pattern RECORDING =
      Pattern.compile(
          "/2010-04-01/Accounts/AC[0-9a-f]{32}/Recordings/RE[0-9a-f]{32}(\\.(wav|mp3))?");

  /** What is the same for all clients and takes long to make: above all what is trusted. */
  private static final Lazy<OkHttpClient> PLAIN = new Lazy<>(OkHttpClient::new);

  private final Supplier<Egress> egress;
  private final Dns names;
  private final Predicate<InetAddress> here;

  /**
   * @param egress asked at each connection
   */
  public Dialer(Supplier<Egress> egress) {
    this(egress, Dns.SYSTEM, address -> address.isLoopbackAddress() || address.isAnyLocalAddress());
  }

  /**
   * @param names looks hosts up
   * @param here whether an address is this machine's own, so that anything may go there
   */
  Dialer(Supplier<Egress> egress, Dns names, Predicate<InetAddress> here) {
    this.egress = egress;
    this.names = names;
    this.here = here;
  }

  /** A client that dials here, and by way of nobody else: a proxy would hide the address. */
  public OkHttpClient.Builder client() {
    return PLAIN
        .get()
        .newBuilder()
        .dispatcher(new Dispatcher())
        .connectionPool(new ConnectionPool())
        .proxy(Proxy.NO_PROXY)
        .dns(this::lookup)
        .socketFactory(new Sockets())
        .addNetworkInterceptor(chain -> {
          InetSocketAddress to =
              chain.connection() == null ? null : chain.connection().route().socketAddress();
          if (to != null && isOwn(to) && !isRecording(chain.request())) {
            throw ownPort(chain.request().url().host(), to.getPort());
          }
          return chain.proceed(chain.request());
        });
  }

  /**
   * Where a tunnel to that host leads.
   *
   * @throws EgressRefused when it may not be dialled
   * @throws UnknownHostException when nobody knows the host
   */
  public InetSocketAddress tunnel(String host, int port) throws IOException {
    InetSocketAddress to = new InetSocketAddress(lookup(bare(host)).getFirst(), port);
    check(to);
    if (isOwn(to)) {
      throw ownPort(host, port);
    }
    return to;
  }

  /** Whether that is another machine, which nobody named. */
  public boolean strays(InetSocketAddress to) {
    return !here.test(to.getAddress()) && !isNamed(to);
  }

  /** Every address with the name that it was found by. */
  private List<InetAddress> lookup(String host) throws UnknownHostException {
    List<InetAddress> named = new ArrayList<>();
    for (InetAddress address : names.lookup(host)) {
      named.add(InetAddress.getByAddress(host, address.getAddress()));
    }
    return named;
  }

  /** Why nobody may ever dial that address, whatever is configured; null: it is no such one. */
  public static @Nullable String refusal(InetSocketAddress to) {
    for (InetAddress meant : meanings(to.getAddress())) {
      boolean linkLocal = meant.isLinkLocalAddress();
      if (linkLocal || METADATA.contains(meant)) {
        return "%s is %s%s, so it is never dialled; correct the URL, or map it with --map to where the app runs"
            .formatted(
                to.getHostString(),
                linkLocal
                    ? "a link-local address"
                    : "where clouds keep the credentials of a machine",
                meant.getHostAddress().equals(to.getHostString())
                    ? ""
                    : " (" + meant.getHostAddress() + ")");
      }
    }
    return null;
  }

  private void check(InetSocketAddress to) throws EgressRefused {
    String host = to.getHostString();
    String never = refusal(to);
    if (never != null) {
      throw new EgressRefused(never);
    }
    if (egress.get().rule() != Egress.Rule.ANYTHING && strays(to)) {
      throw new EgressRefused(
          "%s is not listed, and egress: {only: listed} is configured; add it to egress.allow, or map it with --map to where the app runs"
              .formatted(host));
    }
  }

  private static EgressRefused ownPort(String host, int port) {
    return new EgressRefused(
        "%s:%d is where Ringback itself listens, and only a RecordingUrl is fetched from there; write the address of the app"
            .formatted(host, port));
  }

  private boolean isOwn(InetSocketAddress to) {
    int port = egress.get().ownPort();
    return port != 0 && port == to.getPort() && isOfThisMachine(to.getAddress());
  }

  private static boolean isOfThisMachine(InetAddress address) {
    try {
      return address.isLoopbackAddress()
          || address.isAnyLocalAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return true; // who cannot tell does not go there
    }
  }

  private static boolean isRecording(okhttp3.Request request) {
    return (request.method().equals("GET") || request.method().equals("HEAD"))
        && RECORDING.matcher(request.url().encodedPath()).matches();
  }

  private boolean isNamed(InetSocketAddress to) {
    String host = to.getHostString();
    Set<String> hosts = new HashSet<>();
    for (String named : egress.get().hosts()) {
      HttpUrl url = HttpUrl.parse(named.contains("://") ? named : "http://" + named + "/");
      if (url != null) {
        hosts.add(url.host());
      }
    }
    return hosts.contains(host)
        || hosts.stream()
            .filter(each -> LITERAL.matcher(each).matches())
            .anyMatch(each -> to.getAddress().equals(literalOrNull(each)));
  }

  /** An address, and the ones of IPv4 that it stands for: mapped, compatible, NAT64 and 6to4. */
  private static List<InetAddress> meanings(InetAddress address) {
    List<InetAddress> meanings = new ArrayList<>(List.of(address));
    if (address instanceof Inet6Address) {
      byte[] bytes = address.getAddress();
      boolean nat64 = bytes[0] == 0 && bytes[1] == 0x64 && (bytes[2] & 0xff) == 0xff;
      boolean within = bytes[0] == 0 && bytes[1] == 0;
      boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
      if (within || nat64) {
        meanings.add(ipv4(Arrays.copyOfRange(bytes, 12, 16)));
      }
      if (sixToFour) {
        meanings.add(ipv4(Arrays.copyOfRange(bytes, 2, 6)));
      }
    }
    return meanings;
  }

  private static InetAddress ipv4(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static InetAddress literal(String text) {
    return Optional.ofNullable(literalOrNull(text)).orElseThrow();
  }

  private static @Nullable InetAddress literalOrNull(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** Sockets that look where they are sent. */
  private final class Sockets extends SocketFactory {
    @Override
    public Socket createSocket() {
      return new Socket(Proxy.NO_PROXY) {
        @Override
        public void connect(SocketAddress to) throws IOException {
          connect(to, 0);
        }

        @Override
        public void connect(SocketAddress to, int timeout) throws IOException {
          check((InetSocketAddress) to);
          super.connect(to, timeout);
        }
      };
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw unused();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
      throw unused();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw unused();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
      throw unused();
    }

    private static UnsupportedOperationException unused() {
      return new UnsupportedOperationException("sockets are made first and connected later");
    }
  }
}
