package dev.ringback.cli;

import dev.ringback.load.LoadText;
import dev.ringback.load.Snapshot;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Consumer;

/** How load goes on, on a terminal: each second over the one before. */
final class LoadView implements Consumer<Snapshot> {
  private final PrintWriter out;
  private int lines;

  LoadView(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void accept(Snapshot now) {
    if (lines > 0) {
      out.print("\u001b[" + lines + "A");
    }
    List<String> next = LoadText.now(now);
    next.forEach(line -> out.print("\r" + line + "\u001b[K\n"));
    lines = next.size();
    out.flush();
  }
}
