package dev.ringback.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.pattern.Patterns;

/** Asks worlds by their account, wherever they are, and remembers for a while where that is. */
final class Directory {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ActorRef region;
  private final Map<String, String> known = new ConcurrentHashMap<>();

  /**
   * @param region of Cluster Sharding
   */
  Directory(ActorRef region) {
    this.region = region;
  }

  /** Where a world was a moment ago, or is now. */
  String locate(String account) {
    String before = known.get(account);
    if (before != null) {
      return before;
    }
    String answer = ask(new Question(account, Question.What.LOCATE, ""), PATIENCE);
    if (Answer.url(answer).isPresent()) {
      known.put(account, answer);
    }
    return answer;
  }

  /** Where worlds are that somebody has asked for. */
  Set<String> urls() {
    return known.values().stream()
        .flatMap(answer -> Answer.url(answer).stream())
        .collect(Collectors.toSet());
  }

  /** That node cannot be reached: whoever is asked next answers where its worlds are. */
  void forgetNode(String url) {
    known.values().removeIf(answer -> Answer.url(answer).filter(url::equals).isPresent());
  }

  /** It is not there any more. */
  void forget(String account) {
    known.remove(account);
  }

  /**
   * @return what it answers; {@link Answer#SILENCE} when nobody does
   */
  String ask(Question question, Duration patience) {
    try {
      CompletionStage<Object> asked = Patterns.ask(region, question.text(), patience);
      return (String) asked.toCompletableFuture().join();
    } catch (CompletionException e) {
      return Answer.SILENCE;
    }
  }
}
