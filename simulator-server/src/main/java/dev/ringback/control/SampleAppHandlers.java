package dev.ringback.control;

import dev.ringback.account.Endpoints;
import dev.ringback.account.PhoneNumber;
import dev.ringback.engine.Account;
import dev.ringback.play.SampleApp;
import dev.ringback.worlds.WorldChoice;
import dev.ringback.yaml.BadInput;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sample app, for a first call before there is an app of one's own. */
final class SampleAppHandlers {
  /** As in the shipped scenarios. */
  private static final String NUMBER = "+15017122661";

  private final WorldChoice choice;
  private @Nullable SampleApp app;

  SampleAppHandlers(WorldChoice choice) {
    this.choice = choice;
  }

  /** Starts it if it does not run, and lets a number ring it that rings nothing else. */
  void start(Context context) throws BadInput, IOException {
    if (choice.isKept(context)) {
      throw Refusal.conflict(
          "the sample app goes when the server ends, and this state would ring it afterwards",
          "start without --state, or run your own app");
    }
    String url = started() + "/voice";
    PhoneNumber number = choice.of(context).change(account -> ringing(account, url)).join();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("number", number.number());
    view.put("voiceUrl", url);
    context.status(201).json(view);
  }

  private synchronized String started() throws BadInput, IOException {
    if (app == null) {
      app = SampleApp.start();
    }
    return app.url();
  }

  private static PhoneNumber ringing(Account account, String url) {
    Map<String, String> voice = Map.of("voice_url", url, "voice_method", "POST");
    List<PhoneNumber> numbers = account.inventory().numbers();
    for (PhoneNumber number : numbers) {
      String before = number.endpoints().get("voice_url");
      if (before == null || before.equals(url)) {
        return account
            .inventory()
            .updateNumber(number, number.endpoints().with(voice), account.now());
      }
    }
    String free = NUMBER;
    for (int i = 2; isTaken(numbers, free); i++) {
      free = NUMBER.substring(0, NUMBER.length() - 2) + (60 + i);
    }
    return account.inventory().addNumber(free, Endpoints.NONE.with(voice), account.now());
  }

  private static boolean isTaken(List<PhoneNumber> numbers, String number) {
    return numbers.stream().anyMatch(one -> one.number().equals(number));
  }
}
