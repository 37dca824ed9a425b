package dev.ringback.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.call.Behaviour;
import dev.ringback.call.Call;
import dev.ringback.call.CallInput;
import dev.ringback.call.Effect;
import dev.ringback.call.Step;
import dev.ringback.call.machine.CallMachine;
import dev.ringback.id.SidKind;
import dev.ringback.id.SidMint;
import dev.ringback.twiml.Finding;
import dev.ringback.twiml.Grammar;
import dev.ringback.twiml.Grammar.Element;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.Reading;
import dev.ringback.twiml.TwimlReader;
import dev.ringback.voice.AppRequest;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.Direction;
import dev.ringback.voice.Landing;
import dev.ringback.voice.Leg;
import dev.ringback.voice.Target;
import dev.ringback.voice.VoiceUrls;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Documents that want to hurt: none crashes the reader or a call, none takes long, and nothing of
 * them stays in memory. Seeded; a failure names the seed that makes the document again.
 */
class HostileTwimlTest {
  /** Fewer where the test runs often, as under {@code make mutants}. */
  private static final int DOCUMENTS = Integer.getInteger("ringback.documents", 120_000);

  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final long MOST_HEAP = 64L * 1024 * 1024;
  private static final Instant NOW = Instant.parse("2026-01-01T09:00:00Z");

  private static final List<String> NASTY =
      List.of(
          "\0",
          "\uFFFE",
          "\uD800",
          "&x;",
          "&#0;",
          "&#x110000;",
          "&amp",
          "<!DOCTYPE r [<!ENTITY a 'x'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]>",
          "<!DOCTYPE r SYSTEM 'file:///dev/zero'>",
          "<![CDATA[",
          "]]>",
          "<!--",
          "-->",
          "<?xml version='1.1'?>",
          "<?xml version='1.0' encoding='UTF-32'?>",
          "<?",
          "</Response>",
          "<Response>",
          "xmlns='urn:x'",
          "xmlns:a='urn:x'",
          "<a:Say>",
          "\"",
          "'",
          "<",
          ">",
          "99999999999999999999",
          "-1",
          " ",
          "\u202E",
          "%n%s%x",
          "${jndi:ldap://x}");

  @Test
  void nothingHurts() {
    CallMachine machine = new CallMachine(Behaviour.DEFAULT);
    Call fetching = fetching(machine);
    int read = 0;
    int refused = 0;
    long longest = 0;
    System.gc();
    long before = used();
    for (long seed = 0; seed < DOCUMENTS; seed++) {
      String document = document(new Random(seed));
      long start = System.nanoTime();
      try {
        Reading reading = TwimlReader.read(document);
        switch (reading) {
          case Reading.Document readable -> {
            read++;
            readable.findings().forEach(HostileTwimlTest::check);
          }
          case Reading.Unreadable unreadable -> {
            refused++;
            check(unreadable.problem());
          }
        }
        run(machine, fetching, document);
      } catch (RuntimeException | StackOverflowError | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e, e);
      }
      long took = System.nanoTime() - start;
      longest = Math.max(longest, took);
      assertTrue(took < LONGEST.toNanos(), "seed " + seed + " took " + Duration.ofNanos(took));
    }
    System.gc();
    long grown = used() - before;
    assertTrue(grown < MOST_HEAP, "the heap has grown by " + grown);
    // The fuzzer reaches both sides of the reader.
    assertTrue(read > DOCUMENTS / 10, read + " were read");
    assertTrue(refused > DOCUMENTS / 10, refused + " were refused");
  }

  private static void check(Finding finding) {
    assertTrue(finding.line() >= 1 && finding.column() >= 1, finding::toString);
    assertTrue(finding.message().length() < 1_000, () -> "a long message: " + finding);
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  // A call that gets such an answer

  private static Call fetching(CallMachine machine) {
    SidMint mint = SidMint.of(1);
    Leg leg =
        new Leg(
            mint.sid(SidKind.CALL),
            null,
            "+15558675310",
            "+15017122661",
            Direction.INBOUND,
            CallStatus.RINGING,
            NOW,
            null,
            null);
    VoiceUrls line =
        new VoiceUrls(new Target("http://app.test/voice", HttpMethod.POST), null, null);
    Call call = Call.called(mint.next().sid(SidKind.ACCOUNT), leg, line, 1);
    return machine.step(call, new CallInput.Arrived(), NOW).call();
  }

  private static void run(CallMachine machine, Call fetching, String document) {
    AppRequest asked =
        machine.step(arriving(fetching), new CallInput.Arrived(), NOW).effects().stream()
            .filter(Effect.Send.class::isInstance)
            .map(e -> ((Effect.Send) e).callback())
            .findFirst()
            .orElseThrow();
    Step step =
        machine.step(
            fetching,
            new CallInput.Landed(
                asked.id(),
                asked.kind(),
                asked.target(),
                new Landing.Answered(200, "text/xml", document)),
            NOW);
    assertEquals(fetching.sid(), step.call().sid());
  }

  private static Call arriving(Call call) {
    return Call.called(call.facts().account(), call.facts().leg(), call.facts().urls(), 1);
  }

  // Documents

  private static String document(Random random) {
    return switch (random.nextInt(40)) {
      case 0 -> "<Response>" + "<Gather>".repeat(random.nextInt(10_000));
      case 1 -> "<Response>" + "<Say>".repeat(10_000) + "</Say>".repeat(10_000) + "</Response>";
      case 2 -> bomb(random);
      case 3 -> bytes(random);
      case 4 -> "<Response " + "a='b' ".repeat(random.nextInt(5_000)) + "/>";
      case 5 -> "<Response><Say>" + "x".repeat(random.nextInt(70_000)) + "</Say></Response>";
      case 6 -> "<Response>" + "<Pause/>".repeat(random.nextInt(5_000)) + "</Response>";
      case 7 -> "<Response><Say loop='" + "9".repeat(random.nextInt(30)) + "'>a</Say></Response>";
      default -> mutated(random);
    };
  }

  /** Entities within entities, or a file from elsewhere. */
  private static String bomb(Random random) {
    StringBuilder text = new StringBuilder("<!DOCTYPE Response [<!ENTITY e0 'boom'>");
    int depth = 1 + random.nextInt(20);
    for (int i = 1; i <= depth; i++) {
      text.append("<!ENTITY e%d '%s'>".formatted(i, ("&e" + (i - 1) + ";").repeat(10)));
    }
    return text.append("]><Response><Say>&e").append(depth).append(";</Say></Response>").toString();
  }

  /** Any bytes, decoded as the wire decodes them. */
  private static String bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(300)];
    random.nextBytes(bytes);
    byte[] head = "<Response><Say>".getBytes(StandardCharsets.UTF_8);
    if (random.nextBoolean() && bytes.length > head.length) {
      System.arraycopy(head, 0, bytes, 0, head.length);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Something of the grammar, and often something nasty in it. */
  private static String mutated(Random random) {
    StringBuilder text = new StringBuilder("<Response>");
    for (int i = random.nextInt(4); i >= 0; i--) {
      element(random, text, 0);
    }
    text.append("</Response>");
    for (int i = random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.insert(at, NASTY.get(random.nextInt(NASTY.size())));
        case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(9)));
        default -> text.setCharAt(at, (char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
      }
      if (text.isEmpty()) {
        text.append('<');
      }
    }
    return text.toString();
  }

  private static void element(Random random, StringBuilder text, int depth) {
    Element element = Grammar.ELEMENTS.get(random.nextInt(Grammar.ELEMENTS.size()));
    text.append('<').append(element.name());
    List<Grammar.Attribute> attributes = new ArrayList<>(element.attributes());
    for (int i = random.nextInt(4); i > 0 && !attributes.isEmpty(); i--) {
      Grammar.Attribute attribute = attributes.remove(random.nextInt(attributes.size()));
      text.append(' ').append(attribute.name()).append("='").append(value(random, attribute));
      text.append('\'');
    }
    text.append('>');
    for (int i = random.nextInt(3); i > 0; i--) {
      if (depth < 3 && random.nextBoolean()) {
        element(random, text, depth + 1);
      } else {
        text.append(word(random));
      }
    }
    text.append("</").append(element.name()).append('>');
  }

  private static String value(Random random, Grammar.Attribute attribute) {
    String usual = attribute.defaultValue();
    return random.nextBoolean() && usual != null ? usual : word(random);
  }

  private static String word(Random random) {
    return switch (random.nextInt(9)) {
      case 0 -> "+15558675310";
      case 1 -> "true";
      case 2 -> Integer.toString(random.nextInt());
      case 3 -> "sip:a@b.test?X-A=" + "b".repeat(random.nextInt(2_000));
      case 4 -> "/relative?x=1";
      case 5 -> "http://a.test/\u00e4 b";
      case 6 -> "IS0123456789abcdef0123456789abcdef";
      case 7 -> "wss://a.test/";
      default -> "w".repeat(random.nextInt(300));
    };
  }
}
