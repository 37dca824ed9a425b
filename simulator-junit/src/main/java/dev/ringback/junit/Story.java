package dev.ringback.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A call of a failed test as a scenario, and the command that plays it. */
final class Story {
  private Story() {}

  static String again(Engine engine, String world, Call call, String name, String voiceUrl) {
    String path = world + "/calls/" + call.sid() + "/scenario";
    Engine.Answer scenario = engine.request("GET", path, null);
    if (scenario.status() != 200) {
      return "it cannot be played again: " + scenario.error() + "\n";
    }
    Path folder = Path.of(System.getProperty("ringback.junit.folder", "target/ringback"));
    Path file = folder.resolve(name.replaceAll("[^A-Za-z0-9._-]+", "_") + ".yaml");
    try {
      Files.createDirectories(folder);
      Files.writeString(file, String.valueOf(scenario.body()));
    } catch (IOException e) {
      return "it cannot be played again: " + e + "\n";
    }
    return "the call again, for a look at it:  ringback run %s --app %s\n"
        .formatted(file, voiceUrl);
  }
}
