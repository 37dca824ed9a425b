package dev.ringback.scenario;

import dev.ringback.call.Call;
import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.Conversations;
import dev.ringback.conversation.Participant;
import dev.ringback.conversation.Service;
import dev.ringback.engine.Account;
import dev.ringback.scenario.Resource.Kind;
import dev.ringback.voice.HeardSound;
import dev.ringback.voice.Recording;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what an account has: its conversations with their participants, and its recordings. */
public final class Resources {
  private final Account account;
  private final List<Resource> found = new ArrayList<>();

  private Resources(Account account) {
    this.account = account;
  }

  public static List<Resource> of(Account account) {
    Resources resources = new Resources(account);
    for (Service service : account.directory().services().all()) {
      account.conversations().all(service.sid()).forEach(resources::conversation);
    }
    for (Call call : account.calls()) {
      call.facts().recordings().forEach(resources::recording);
    }
    return List.copyOf(resources.found);
  }

  private void conversation(Conversation conversation) {
    Conversations conversations = account.conversations();
    List<Participant> participants = conversations.participants(conversation.sid());
    Participant.Binding pair =
        participants.stream()
            .map(Participant::binding)
            .filter(b -> b != null && b.address() != null && b.proxyAddress() != null)
            .findFirst()
            .orElse(null);
    Fields fields = new Fields();
    fields.put("sid", conversation.sid());
    fields.put("state", conversation.state().wireName());
    fields.put("friendlyName", conversation.friendlyName());
    fields.put("uniqueName", conversation.uniqueName());
    fields.put("attributes", conversation.attributes());
    fields.put("customer", pair == null ? null : pair.address());
    fields.put("number", pair == null ? null : pair.proxyAddress());
    fields.put(
        "worker", conversations.workers(conversation.sid()).stream().findFirst().orElse(null));
    fields.put("participants", participants.size());
    fields.put("messages", conversations.messages(conversation.sid()).size());
    found.add(new Resource(Kind.CONVERSATION, fields.values));
    participants.forEach(this::participant);
  }

  private void participant(Participant participant) {
    Participant.Binding binding = participant.binding();
    Fields fields = new Fields();
    fields.put("sid", participant.sid());
    fields.put("conversation", participant.conversation());
    fields.put("identity", participant.identity());
    fields.put("address", binding == null ? null : binding.address());
    fields.put("proxyAddress", binding == null ? null : binding.proxyAddress());
    fields.put("projectedAddress", binding == null ? null : binding.projectedAddress());
    fields.put("attributes", participant.attributes());
    found.add(new Resource(Kind.PARTICIPANT, fields.values));
  }

  private void recording(Recording recording) {
    Fields fields = new Fields();
    fields.put("sid", recording.sid());
    fields.put("call", recording.call());
    fields.put("conference", recording.conference());
    fields.put("source", recording.source().wireName());
    fields.put("status", recording.life().outcome().status().wireName());
    fields.put("channels", recording.channels());
    fields.put("track", recording.track().wireName());
    if (!recording.running()) {
      fields.put("duration", recording.seconds());
      fields.put("silence", silence(recording).toSeconds());
    }
    found.add(new Resource(Kind.RECORDING, fields.values));
  }

  /** For how long nothing is heard on any channel. */
  private static Duration silence(Recording recording) {
    Duration silence = Duration.ZERO;
    Instant heardUntil = recording.begin();
    Instant end = recording.end();
    for (HeardSound sound :
        recording.sounds().stream().sorted(Comparator.comparing(HeardSound::from)).toList()) {
      if (sound.from().isAfter(heardUntil)) {
        silence = silence.plus(Duration.between(heardUntil, sound.from()));
      }
      heardUntil = sound.to().isAfter(heardUntil) ? sound.to() : heardUntil;
    }
    return end.isAfter(heardUntil) ? silence.plus(Duration.between(heardUntil, end)) : silence;
  }

  private static final class Fields {
    private final Map<String, String> values = new LinkedHashMap<>();

    void put(String name, @Nullable Object value) {
      if (value != null) {
        values.put(name, value.toString());
      }
    }
  }
}
