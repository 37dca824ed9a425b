package dev.ringback.cli;

import dev.ringback.yaml.BadInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Every {@code parts}-th file, beginning with the {@code part}-th. */
record Shard(int part, int parts) {
  static final Shard ALL = new Shard(1, 1);

  /** Reads {@code I/N}. */
  static Shard parse(String text) throws BadInput {
    if (!text.matches("[1-9]\\d{0,3}/[1-9]\\d{0,3}")) {
      throw WorldOptions.wrong("--shard", "must be I/N, such as 1/4, not '" + text + "'");
    }
    int slash = text.indexOf('/');
    Shard parsed =
        new Shard(
            Integer.parseInt(text.substring(0, slash)),
            Integer.parseInt(text.substring(slash + 1)));
    if (parsed.part() > parsed.parts()) {
      throw WorldOptions.wrong("--shard", "has no part " + parsed.part() + " of " + parsed.parts());
    }
    return parsed;
  }

  List<Path> of(List<Path> files) {
    List<Path> mine = new ArrayList<>();
    for (int i = part - 1; i < files.size(); i += parts) {
      mine.add(files.get(i));
    }
    return mine;
  }
}
