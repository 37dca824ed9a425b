package dev.ringback.cli;

import dev.ringback.engine.CallRecord;
import dev.ringback.media.RecordingAudio;
import dev.ringback.media.Voices;
import dev.ringback.voice.Recording;
import dev.ringback.voice.RecordingStatus;
import dev.ringback.yaml.BadInput;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The recordings of calls as files in a folder. */
final class RecordingFiles {
  private RecordingFiles() {}

  /**
   * Writes {@code RE….wav} for each recording that was kept.
   *
   * @param folder that is there; null: nothing is written
   */
  static void write(CallRecord record, @Nullable Path folder, Voices voices) throws BadInput {
    write(record, folder, voices, sid -> sid + ".wav");
  }

  /**
   * @param names what a recording's file is called, by its SID
   */
  static void write(
      CallRecord record, @Nullable Path folder, Voices voices, UnaryOperator<String> names)
      throws BadInput {
    if (folder == null) {
      return;
    }
    for (Recording recording : record.call().facts().recordings()) {
      if (recording.status() == RecordingStatus.COMPLETED) {
        OutputFiles.write(
            "--recordings",
            folder.resolve(names.apply(recording.sid().value())),
            new RecordingAudio(recording, voices, recording.channels())::writeWav);
      }
    }
  }
}
