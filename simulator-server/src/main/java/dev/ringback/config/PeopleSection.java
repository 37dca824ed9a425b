package dev.ringback.config;

import dev.ringback.cast.Cast;
import dev.ringback.engine.WorldSettings.KnownConversation;
import dev.ringback.engine.WorldSettings.Worker;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.yaml.Section;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lists {@code workers}, {@code customers} and {@code conversations}.
 *
 * @param configured the workers; null: nobody is configured, so that there is the default one
 * @param customers how numbers behave when they are called
 */
record PeopleSection(
    @Nullable List<Worker> configured,
    Map<String, Cast> customers,
    List<KnownConversation> conversations) {
  /** Who answers when nobody is configured; {@code workers: []} means that there is nobody. */
  private static final Worker DEFAULT_WORKER = new Worker("worker@example.com", true, null);

  static final PeopleSection NONE = new PeopleSection(null, Map.of(), List.of());

  PeopleSection read(Section root) {
    boolean given = configured != null || root.keys().contains("workers");
    List<Worker> workers = new ArrayList<>(configured == null ? List.of() : configured);
    root.sections("workers").forEach(worker -> readWorker(worker).ifPresent(workers::add));
    Map<String, Cast> customers = new LinkedHashMap<>(this.customers);
    root.sections("customers").forEach(customer -> readCustomer(customer, customers));
    List<KnownConversation> conversations = new ArrayList<>(this.conversations);
    root.sections("conversations")
        .forEach(conversation ->
            readConversation(conversation, conversations).ifPresent(conversations::add));
    return new PeopleSection(
        given ? List.copyOf(workers) : null,
        Collections.unmodifiableMap(customers),
        List.copyOf(conversations));
  }

  List<Worker> workers() {
    return configured == null ? List.of(DEFAULT_WORKER) : configured;
  }

  /** The workers, and those whom conversations name. */
  Set<String> identities() {
    Set<String> identities = new LinkedHashSet<>();
    workers().forEach(worker -> identities.add(worker.identity()));
    conversations.stream()
        .map(KnownConversation::worker)
        .filter(Objects::nonNull)
        .forEach(identities::add);
    return identities;
  }

  private static Optional<Worker> readWorker(Section worker) {
    worker.missing("identity");
    Optional<String> identity = worker.text("identity");
    boolean available = worker.flag("available").orElse(true);
    Cast cast = CastReader.read(worker, "cast").orElse(null);
    worker.done();
    return identity.map(i -> new Worker(i, available, cast));
  }

  private static void readCustomer(Section customer, Map<String, Cast> customers) {
    customer.missing("number");
    Optional<String> number = Values.number(customer, "number");
    Optional<Cast> cast = CastReader.read(customer, "cast");
    customer.done();
    number.ifPresent(n -> cast.ifPresent(c -> customers.put(n, c)));
  }

  private static Optional<KnownConversation> readConversation(
      Section conversation, List<KnownConversation> before) {
    conversation.missing("customer");
    conversation.missing("number");
    Optional<Sid> sid = Values.sid(conversation, "sid", SidKind.CONVERSATION);
    Optional<Sid> in = Values.sid(conversation, "service", SidKind.SERVICE);
    Optional<String> customer = Values.number(conversation, "customer");
    Optional<String> number = Values.number(conversation, "number");
    Optional<String> worker = conversation.text("worker");
    boolean closed =
        conversation
            .choice("state", List.of("active", "inactive", "closed"))
            .filter("closed"::equals)
            .isPresent();
    conversation.done();
    if (customer.isEmpty() || number.isEmpty()) {
      return Optional.empty();
    }
    if (!closed && before.stream().anyMatch(c -> isOf(c, customer.get(), number.get()))) {
      conversation.wrong("customer", "has an open conversation with that number already");
    }
    return Optional.of(
        new KnownConversation(
            sid.orElse(null),
            in.orElse(null),
            customer.get(),
            number.get(),
            worker.orElse(null),
            closed));
  }

  private static boolean isOf(KnownConversation known, String customer, String number) {
    return !known.closed() && known.customer().equals(customer) && known.number().equals(number);
  }
}
