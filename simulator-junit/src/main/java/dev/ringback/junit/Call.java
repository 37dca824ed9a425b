package dev.ringback.junit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call of a customer's. It is placed when a test first waits for something of it, lets time pass,
 * or asks for {@link #sid()}.
 */
public final class Call {
  private final World world;
  private final String from;
  private final String to;
  private final Map<String, Object> casts = new LinkedHashMap<>();
  private final Map<String, Object> caller = new LinkedHashMap<>();
  private @Nullable String sid;

  Call(World world, String from, String to) {
    this.world = world;
    this.from = from;
    this.to = to;
  }

  String from() {
    return from;
  }

  String to() {
    return to;
  }

  /** How the worker behaves whom the call is for. */
  public Call worker(Cast cast) {
    return party("client:*", cast);
  }

  /**
   * How a party behaves.
   *
   * @param who a number, an identity, or {@code *} for anybody
   */
  public Call party(String who, Cast cast) {
    notPlaced();
    casts.put(who, cast.said());
    return this;
  }

  /** After the beep of a Record the caller speaks so long, and hangs up. Without this it is 5 s. */
  public Call speaks(Duration length) {
    notPlaced();
    caller.put("speaks", Durations.text(length));
    caller.put("then", "hangs up");
    return this;
  }

  private void notPlaced() {
    if (sid != null) {
      throw new IllegalStateException("the call is placed already; say how people behave before");
    }
  }

  boolean isPlaced() {
    return sid != null;
  }

  /** Places the call, if it is not placed yet. */
  public Call place() {
    if (sid == null) {
      Map<String, Object> body = new LinkedHashMap<>(Map.of("from", from, "to", to));
      if (!casts.isEmpty()) {
        body.put("cast", casts);
      }
      if (!caller.isEmpty()) {
        body.put("caller", caller);
      }
      Engine.Answer placed = world.request("POST", "/calls", body);
      if (placed.status() != 201) {
        throw new IllegalArgumentException("the call cannot be placed: " + placed.error());
      }
      sid = placed.text("callSid");
    }
    return this;
  }

  /** The call's SID; places it. */
  public String sid() {
    place();
    return String.valueOf(sid);
  }

  /** The customer, who does something now. */
  public Party customer() {
    return new Party(this, "customer");
  }

  /** The worker, who does something now. */
  public Party worker() {
    return new Party(this, "worker");
  }

  void act(Map<String, Object> act) {
    Engine.Answer done = world.request("POST", "/calls/" + sid() + "/acts", act);
    if (done.status() == 409) {
      throw world.failed(done.error());
    }
    if (done.status() != 202) {
      throw new IllegalArgumentException(done.error());
    }
  }

  /**
   * Waits for a request of this call's; one that has come already counts. Time passes as far as it
   * must.
   *
   * @return the request with its answer
   * @throws AssertionError when it does not come, with the nearest that came
   */
  public Exchange expect(Request request) {
    Map<String, Object> awaited = request.said();
    awaited.put("call", sid());
    return world.await(request.toString(), awaited);
  }

  /**
   * Lets time pass until the call is over.
   *
   * @param status such as {@code completed} or {@code no-answer}
   * @throws AssertionError when it ends otherwise, or not within 4 hours
   */
  public void ends(String status) {
    sid();
    Engine.Answer call = world.untilOver(this);
    if (!call.text("status").equals(status)) {
      throw world.failed(
          "the call was to end %s, and is %s".formatted(status, call.text("status")));
    }
  }

  /** What happened, for people to read. */
  public String timeline() {
    return isPlaced() ? world.text("/calls/" + sid + "/timeline") : "(not placed)";
  }
}
