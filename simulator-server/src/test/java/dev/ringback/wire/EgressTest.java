package dev.ringback.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.callback.ConnectionOverrides;
import dev.ringback.callback.Form;
import dev.ringback.callback.WebRequest;
import dev.ringback.config.ConfigFile;
import dev.ringback.config.WorldDraft;
import dev.ringback.engine.Egress;
import dev.ringback.engine.LoggedAlert;
import dev.ringback.engine.Wire;
import dev.ringback.engine.World;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.id.SidKind;
import dev.ringback.id.SidMint;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.json.AccountJson;
import dev.ringback.server.WebApp;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.Level;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.Alert;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.Landing;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Target;
import dev.ringback.yaml.Yaml;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import okhttp3.Dns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where requests may go. Nothing here leaves the loopback interface: what counts as another machine
 * is an address of it that is not 127.0.0.1, and names are looked up in a table.
 */
@Timeout(60)
class EgressTest {
  private static final Map<String, String> NAMES =
      Map.of(
          "far.test", "127.0.0.1",
          "metadata.test", "169.254.169.254",
          "mapped.test", "::ffff:169.254.169.254",
          "nat64.test", "64:ff9b::a9fe:a9fe",
          "localhost", "127.0.0.1");

  private static List<InetAddress> lookup(String host) throws UnknownHostException {
    String address = NAMES.get(host);
    if (address == null && !host.matches("[0-9a-fx.:]+")) {
      throw new UnknownHostException(host);
    }
    return List.of(InetAddress.getByName(address == null ? host : address));
  }

  /** A wire for which every address is another machine's. */
  private static HttpWire fromAfar() {
    return wire(false);
  }

  private static HttpWire wire(boolean here) {
    Dns names = EgressTest::lookup;
    return new HttpWire(
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        egress -> new Dialer(egress, names, address -> here && address.isLoopbackAddress()));
  }

  private record Reply(Landing landing, List<String> strayed) {
    Landing.Failed failed() {
      return assertInstanceOf(Landing.Failed.class, landing);
    }

    int status() {
      return assertInstanceOf(Landing.Answered.class, landing).status();
    }
  }

  private static Reply send(HttpWire wire, String url) throws Exception {
    return send(wire, HttpMethod.POST, url);
  }

  private static Reply send(HttpWire wire, HttpMethod method, String url) throws Exception {
    CompletableFuture<Landing> landed = new CompletableFuture<>();
    List<String> strayed = new CopyOnWriteArrayList<>();
    wire.send(
        new WebRequest(
            new ExchangeId(SidMint.of(1).sid(SidKind.CALL), 1),
            RequestKind.VOICE,
            method,
            url,
            url,
            url,
            List.of(),
            new Form(List.of()),
            "",
            ConnectionOverrides.DEFAULT),
        new Wire.Receiver() {
          @Override
          public void strayed(String host) {
            strayed.add(host);
          }

          @Override
          public void landed(Landing landing, Duration wallTime) {
            landed.complete(landing);
          }
        });
    return new Reply(landed.get(10, TimeUnit.SECONDS), strayed);
  }

  /** Also where a listed name leads there. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data/",
        "https://169.254.169.254/",
        "http://169.254.0.1:8080/",
        "http://[fe80::1]/",
        "http://[::ffff:169.254.169.254]/",
        "http://[::ffff:a9fe:a9fe]/",
        "http://[::169.254.169.254]/",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://[2002:a9fe:a9fe::1]/",
        "http://2852039166/",
        "http://169.16689662/",
        "http://[fd00:ec2::254]/",
        "http://100.100.100.200/",
        "http://metadata.test/",
        "http://mapped.test/",
        "http://nat64.test/",
      })
  void linkLocalAddressesAreNeverDialledHoweverTheyAreSpelled(String url) throws Exception {
    try (HttpWire wire = wire(true)) {
      wire.restrict(Egress.ANYTHING.naming(Set.of(url, "metadata.test")));
      Landing.Failed failed = send(wire, url).failed();
      assertTrue(failed.cause().contains("so it is never dialled"), failed.cause());
      assertTrue(failed.cause().contains("map it with --map"), failed.cause());
      assertEquals(TwilioError.HTTP_RETRIEVAL_FAILURE, failed.error());
      assertFalse(failed.retryable());
      assertEquals(Duration.ZERO, failed.took());
    }
  }

  /** Java may know these as addresses, as C does, or as nothing; in no case they are dialled. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://0251.0376.0251.0376/",
        "http://0xa9fea9fe/",
        "http://0xa9.0xfe.0xa9.0xfe/",
        "http://025177524776/"
      })
  void octalAndHexadecimalSpellingsLeadNowhere(String url) throws Exception {
    try (HttpWire wire = wire(true)) {
      Landing.Failed failed = send(wire, url).failed();
      assertTrue(
          failed.error() == TwilioError.HTTP_HOST_UNKNOWN
              || failed.cause().contains("so it is never dialled"),
          failed.toString());
    }
  }

  @Test
  void theOwnPortGivesRecordingsAndNothingElse() throws Exception {
    String recording =
        "/2010-04-01/Accounts/AC%s/Recordings/RE%s".formatted("0".repeat(32), "1".repeat(32));
    try (WebApp own = new WebApp();
        HttpWire wire = wire(true)) {
      wire.restrict(Egress.ANYTHING.naming(Set.of(own.url())).servedAt(own.port()));
      for (String file : List.of(recording, recording + ".wav", recording + ".mp3")) {
        assertEquals(204, send(wire, HttpMethod.GET, own.url() + file).status());
      }
      assertEquals(3, own.requests.size());
      // The connection of before is still there.
      for (String url :
          List.of(
              own.url() + "/sim/v1/reset",
              own.url() + recording,
              "http://127.0.0.1:" + own.port() + "/voice",
              "http://far.test:" + own.port() + "/voice",
              "http://2130706433:" + own.port() + "/voice",
              "http://[::ffff:127.0.0.1]:" + own.port() + "/voice")) {
        Landing.Failed failed = send(wire, url).failed();
        assertTrue(failed.cause().contains("is where Ringback itself listens"), failed.cause());
        assertEquals(TwilioError.HTTP_RETRIEVAL_FAILURE, failed.error());
      }
      Landing.Failed list =
          send(wire, HttpMethod.GET, own.url() + recording + ".json?PageSize=1").failed();
      assertTrue(list.cause().contains("only a RecordingUrl"), list.cause());
      assertEquals(3, own.requests.size());
    }
  }

  @Test
  void whatIsNotListedIsRefusedWhenOnlyListedMayPass() throws Exception {
    try (WebApp app = new WebApp();
        HttpWire wire = fromAfar()) {
      String url = "http://far.test:" + app.port() + "/x";
      for (Egress egress :
          List.of(
              new Egress(Egress.Rule.LISTED, Set.of(), 0),
              new Egress(Egress.Rule.LISTED, Set.of("near.test", "10.0.0.5"), 0),
              new Egress(Egress.Rule.SEALED, Set.of(), 0))) {
        wire.restrict(egress);
        Landing.Failed failed = send(wire, url).failed();
        assertEquals(TwilioError.HTTP_RETRIEVAL_FAILURE, failed.error());
        assertTrue(
            failed.cause().startsWith("far.test is not listed, and egress: {only: listed}"),
            failed.cause());
        assertTrue(failed.cause().contains("add it to egress.allow"), failed.cause());
      }
      assertEquals(0, app.requests.size());
      for (String named : List.of("far.test", "http://far.test:1/configured", "127.0.0.1")) {
        wire.restrict(new Egress(Egress.Rule.LISTED, Set.of(named), 0));
        Reply reply = send(wire, url);
        assertEquals(204, reply.status());
        assertEquals(List.of(), reply.strayed());
      }
    }
  }

  @Test
  void whatNobodyNamedIsToldForEveryRequestAlsoOverAConnectionOfBefore() throws Exception {
    try (WebApp app = new WebApp();
        HttpWire wire = fromAfar();
        HttpWire near = wire(true)) {
      String url = "http://far.test:" + app.port() + "/x";
      assertEquals(List.of("far.test"), send(wire, url).strayed());
      assertEquals(List.of("far.test"), send(wire, url).strayed());
      wire.restrict(Egress.ANYTHING.naming(Set.of("far.test")));
      assertEquals(List.of(), send(wire, url).strayed());
      assertEquals(List.of(), send(near, url).strayed(), "this machine");
    }
  }

  /** Whoever may make worlds may not open hosts by it. */
  @Test
  void aWorldMadeOverHttpOpensNoHostWhenHostsAreListed() throws Exception {
    try (WebApp app = new WebApp();
        HttpWire wire = fromAfar()) {
      String far = "http://far.test:" + app.port() + "/voice";
      String near = "http://localhost:" + app.port() + "/voice";
      ConfigFile config =
          ConfigFile.read(
              Yaml.parse(
                  "ringback.yaml",
                  "egress: {only: listed}\nnumbers: [{number: \"+15017122661\", voiceUrl: \"%s\"}]"
                      .formatted(near)));
      WorldDraft another = new WorldDraft();
      another.egress = Egress.ofAnother(config.world.settings());
      another.numbers = another.numbers.withDefaultVoice(new Target(far, HttpMethod.POST));
      try (World world = new World(another.settings(), wire, new AccountJson())) {
        assertEquals(Egress.Rule.SEALED, world.egress().rule());
        assertEquals(204, send(wire, near).status());
        assertTrue(send(wire, far).failed().cause().startsWith("far.test is not listed"));
      }
    }
  }

  // In a call

  private static WorldFixture worlds(WebApp app) {
    WorldFixture worlds = new WorldFixture();
    worlds.base = app.url(); // localhost
    return worlds;
  }

  private static List<Alert> alerts(World world) {
    return world.journal().after(0, 100_000).stream()
        .map(JournalEntry::fact)
        .filter(Fact.Alerted.class::isInstance)
        .map(fact -> ((Fact.Alerted) fact).alert())
        .toList();
  }

  @Test
  void aCallIsWarnedOnceAHost() throws Exception {
    try (WebApp app = new WebApp();
        HttpWire wire = fromAfar()) {
      String far = "http://far.test:" + app.port();
      app.at("/voice", "<Response><Redirect>%s/one</Redirect></Response>".formatted(far))
          .at("/one", "<Response><Redirect>%s/two</Redirect></Response>".formatted(far))
          .at("/two", "<Response><Hangup/></Response>");
      try (World world = worlds(app).with(wire)) {
        for (int call = 1; call <= 2; call++) {
          world.place(WorldFixture.call());
          world.runUntilIdle();
          List<Alert> alerts = alerts(world);
          assertEquals(call, alerts.size(), alerts.toString());
          assertEquals(Level.WARNING, alerts.getLast().level());
          assertTrue(
              alerts
                  .getLast()
                  .message()
                  .contains("left this machine for far.test, which the configuration does not"),
              alerts.getLast().message());
        }
        CompletableFuture<List<LoggedAlert>> debugger = world.debugger();
        CompletableFuture<List<LoggedAlert>> monitor = world.ask(account -> account.debugger());
        world.runUntilIdle();
        assertEquals(2, debugger.join().size());
        assertEquals(List.of(), monitor.join(), "Twilio has no such alert");
      }
    }
  }

  /** The first address is judged, and the next one, too. */
  @Test
  void aRedirectLeadsNobodyToTheMetadata() throws Exception {
    try (WebApp app = new WebApp();
        HttpWire wire = wire(true)) {
      app.at(
          "/voice",
          request ->
              new MockResponse.Builder()
                  .code(302)
                  .addHeader("Location", "http://metadata.test/latest/")
                  .build());
      try (World world = worlds(app).with(wire)) {
        world.place(WorldFixture.call());
        world.runUntilIdle();
        Alert alert = alerts(world).getFirst();
        assertEquals("11200", alert.code());
        assertTrue(
            alert.message().contains("metadata.test is a link-local address (169.254.169.254)"),
            alert.message());
      }
    }
  }
}
