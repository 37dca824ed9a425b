package dev.ringback.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The only way into a world: messages for its loop, and the promises made to those who sent them. A
 * promise is kept, or broken with the reason; it is never forgotten. Dependents of a promise run on
 * the loop and must not wait for another.
 */
final class Inbox {
  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  private final Set<CompletableFuture<?>> promised = ConcurrentHashMap.newKeySet();
  private volatile @Nullable WorldGone gone;

  // Owned by the loop.
  private final List<Waiter> waiters = new ArrayList<>();
  private final List<CompletableFuture<?>> open = new ArrayList<>();
  private long disturbances;
  private Consumer<Message> taking = message -> {};
  private volatile boolean historyIsKept;

  /**
   * @param input what the world's history says of it; null: nothing
   */
  record Message(@Nullable WorldInput input, Runnable task) {}

  /** A caller outside that waits for something to become true. */
  private record Waiter(
      BooleanSupplier condition, CompletableFuture<?> future, Runnable complete) {}

  // From any thread

  /** A question: it changes nothing. */
  <T> CompletableFuture<T> ask(Supplier<T> question) {
    return promise(true, future -> future.complete(question.get()));
  }

  /** A change: it may alter what happens. */
  <T> CompletableFuture<T> change(Supplier<T> change) {
    return promise(future -> {
      disturbances++;
      future.complete(change.get());
    });
  }

  /** A change that the world's history knows by its own name. */
  <T> CompletableFuture<T> command(WorldInput input, Supplier<T> change) {
    return promise(
        input,
        future -> {
          disturbances++;
          future.complete(change.get());
        });
  }

  /** A future that {@code keep} completes, on the loop, or arranges to be completed. */
  <T extends @Nullable Object> CompletableFuture<T> promise(Consumer<CompletableFuture<T>> keep) {
    return promise(false, keep);
  }

  /**
   * @param question whether nothing is changed by it
   */
  <T extends @Nullable Object> CompletableFuture<T> promise(
      boolean question, Consumer<CompletableFuture<T>> keep) {
    return promise(submitted(question), keep);
  }

  @SuppressWarnings("CollectionUndefinedEquality") // a future equals itself, which is what is meant
  private <T extends @Nullable Object> CompletableFuture<T> promise(
      @Nullable WorldInput input, Consumer<CompletableFuture<T>> keep) {
    CompletableFuture<T> future = new CompletableFuture<>();
    promised.add(future);
    send(
        input,
        () -> {
          try {
            keep.accept(future);
          } catch (RuntimeException e) {
            future.completeExceptionally(e);
          }
          if (!future.isDone()) {
            open.add(future);
            open.removeIf(CompletableFuture::isDone);
          }
        });
    WorldGone why = gone;
    if (why != null) {
      breakPromises(why);
    }
    future.whenComplete((value, e) -> promised.remove(future));
    return future;
  }

  /** Something has happened that may change what comes next. */
  void disturb() {
    disturbances++;
  }

  /** Of a request in whose name the present thread acts; null: history needs not know of it. */
  private @Nullable WorldInput submitted(boolean question) {
    if (!historyIsKept) {
      return null;
    }
    Origin origin = Origin.current();
    if (origin == null && !question) {
      throw new IllegalStateException("the history of this world could not tell who changes it");
    }
    return origin == null || (question && !origin.changes())
        ? null
        : new WorldInput.Submitted(origin.number());
  }

  /** News that the loop has for itself. */
  void post(Runnable news) {
    post(new WorldInput.Told(), news);
  }

  /** News from the wire. */
  void post(WorldInput input, Runnable news) {
    send(
        input,
        () -> {
          disturbances++;
          news.run();
        });
  }

  private void send(@Nullable WorldInput input, Runnable task) {
    messages.add(new Message(input, task));
  }

  /** Nothing is answered any more; callers that wait are told why. What was said first counts. */
  void close(WorldGone why) {
    WorldGone first;
    synchronized (this) {
      if (gone == null) {
        gone = why;
      }
      first = gone;
    }
    send(null, () -> {}); // wakes the loop, if there is one
    breakPromises(first);
  }

  boolean isClosed() {
    return gone != null;
  }

  /** Why nothing is answered any more; null: it is. */
  @Nullable WorldGone gone() {
    return gone;
  }

  private void breakPromises(WorldGone why) {
    for (CompletableFuture<?> future : promised) {
      future.completeExceptionally(why);
    }
  }

  // From the loop

  boolean isEmpty() {
    return messages.isEmpty();
  }

  /** Whether the world has told itself something that it has not dealt with. */
  boolean anyNewsOfItsOwn() {
    return messages.stream().anyMatch(message -> message.input() instanceof WorldInput.Told);
  }

  int size() {
    return messages.size();
  }

  /**
   * From now on that is told of each message before it is dealt with.
   *
   * @param historyIsKept whether nothing may be changed but in the name of an {@link Origin}
   */
  void beforeEach(Consumer<Message> taking, boolean historyIsKept) {
    this.taking = taking;
    this.historyIsKept = historyIsKept;
  }

  /** The next message, to be dealt with by another; null: there is none. */
  @Nullable Message next() {
    return messages.poll();
  }

  /** The next message, if one comes within so many nanoseconds of the wall's. */
  @Nullable Message next(long nanos) throws InterruptedException {
    return messages.poll(nanos, TimeUnit.NANOSECONDS);
  }

  /** To be dealt with after those that are there. */
  void putBack(Message message) {
    messages.add(message);
  }

  /** Deals with the next message; false when there is none. */
  boolean dealWithNext() {
    return dealWith(messages.poll());
  }

  private boolean dealWith(@Nullable Message message) {
    if (message == null) {
      return false;
    }
    taking.accept(message);
    message.task().run();
    return true;
  }

  /** Deals with the next message, if one comes within that time of the wall's; false: none came. */
  boolean waitsFor(Duration wall) throws InterruptedException {
    return dealWith(messages.poll(wall.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** Deals with the next message, if one comes within that time of the wall's. */
  void waitFor(Duration wall) throws InterruptedException {
    waitsFor(wall);
  }

  /** Whether nobody disturbs for so long; questions are welcome meanwhile. */
  boolean isQuietFor(Duration wall) throws InterruptedException {
    long before = disturbances;
    long end = System.nanoTime() + wall.toNanos();
    for (long left = wall.toNanos(); left > 0; left = end - System.nanoTime()) {
      waitFor(Duration.ofNanos(left));
      if (disturbances != before || isClosed()) {
        return false;
      }
    }
    return true;
  }

  /** Keeps a promise as soon as the condition holds. */
  <T extends @Nullable Object> void keepWhen(
      BooleanSupplier condition, CompletableFuture<T> future, Supplier<T> value) {
    waiters.add(new Waiter(condition, future, () -> future.complete(value.get())));
  }

  /** Keeps the promises whose time has come; false when there was none. */
  boolean keepPromises() {
    boolean kept = false;
    for (Iterator<Waiter> i = waiters.iterator(); i.hasNext(); ) {
      Waiter waiter = i.next();
      if (waiter.future().isDone()) {
        i.remove(); // the caller waits no longer
      } else if (waiter.condition().getAsBoolean()) {
        i.remove();
        waiter.complete().run();
        kept = true;
      }
    }
    return kept;
  }

  /** Those who wait for what will never come are told so. */
  void breakWaits(WorldGone why) {
    waiters.clear();
    open.forEach(future -> future.completeExceptionally(why));
    open.clear();
  }
}
