package dev.ringback.load;

import dev.ringback.scenariofile.ScenarioFile;
import java.util.ArrayList;
import java.util.List;

/**
 * A scenario that is played as often as its weight says.
 *
 * @param weight from 1 to 1000
 */
public record CallPlan(ScenarioFile scenario, int weight) {
  public static final int MOST_WEIGHT = 1_000;

  /**
   * One round of the plans, each as often as its weight, spread as evenly as they can be: call
   * {@code i} plays element {@code i % size}.
   */
  static List<ScenarioFile> round(List<CallPlan> plans) {
    int total = plans.stream().mapToInt(CallPlan::weight).sum();
    int[] credit = new int[plans.size()];
    List<ScenarioFile> round = new ArrayList<>(total);
    for (int turn = 0; turn < total; turn++) {
      int next = 0;
      for (int i = 0; i < credit.length; i++) {
        credit[i] += plans.get(i).weight();
        next = credit[i] > credit[next] ? i : next;
      }
      credit[next] -= total;
      round.add(plans.get(next).scenario());
    }
    return round;
  }
}
