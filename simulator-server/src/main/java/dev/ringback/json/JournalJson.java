package dev.ringback.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.ringback.call.CallEvent;
import dev.ringback.call.CallInput;
import dev.ringback.call.MeetingAnswer;
import dev.ringback.id.Sid;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.twiml.Verb;
import dev.ringback.twiml.WireNamed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.util.StdConverter;

/**
 * The journal as JSON, a line an entry, there and back. The records of the core carry no
 * annotations: a sealed interface is told apart by {@code type}, an enum goes by its wire name.
 */
public final class JournalJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .annotationIntrospector(new CoreTypes())
          .addModule(
              new SimpleModule("ringback")
                  .addSerializer(Sid.class, new SidWriter())
                  .addDeserializer(Sid.class, new SidReader()))
          .build();

  private JournalJson() {}

  /** For JSON of the core's records elsewhere. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  public static String write(JournalEntry entry) {
    return MAPPER.writeValueAsString(entry);
  }

  public static JournalEntry read(String line) {
    return MAPPER.readValue(line, JournalEntry.class);
  }

  /** What the journal calls a type that has another name in the code; the format is a promise. */
  private static final Map<Class<?>, String> TYPES =
      Map.of(
          CallEvent.MeetingChanged.class,
          "RoomChanged",
          PlacedJson.class,
          "Placed",
          MeetingAnswer.CallWaits.class,
          "SomebodyWaits",
          MeetingAnswer.QueueEmpty.class,
          "NobodyWaits",
          CallInput.RecordingStarted.class,
          "RecordingOrdered");

  private static String nameOf(Class<?> type) {
    return TYPES.getOrDefault(type, type.getSimpleName());
  }

  private static final class CoreTypes extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(
        MapperConfig<?> config, Annotated annotated) {
      return isSealedOfOurs(annotated.getRawType())
          ? JsonTypeInfo.Value.construct(
              JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, "type", null, false, null, null)
          : super.findPolymorphicTypeInfo(config, annotated);
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(MapperConfig<?> config, Annotated annotated) {
      if (!isSealedOfOurs(annotated.getRawType())) {
        return super.findSubtypes(config, annotated);
      }
      List<NamedType> types = new ArrayList<>();
      collect(annotated.getRawType(), types);
      return types;
    }

    private static void collect(Class<?> type, List<NamedType> types) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        if (permitted.isSealed()) {
          collect(permitted, types);
        } else if (types.stream().anyMatch(t -> nameOf(permitted).equals(t.getName()))) {
          throw new IllegalStateException("two cases are called " + nameOf(permitted));
        } else {
          types.add(new NamedType(permitted, nameOf(permitted)));
        }
      }
    }

    @Override
    public @Nullable String findTypeName(MapperConfig<?> config, AnnotatedClass type) {
      return isOurs(type.getRawType())
          ? nameOf(type.getRawType())
          : super.findTypeName(config, type);
    }

    @Override
    public @Nullable Object findSerializationConverter(
        MapperConfig<?> config, Annotated annotated) {
      if (annotated.getRawType() == Fact.Placed.class) {
        return new FromPlaced();
      }
      return annotated.getRawType() == Verb.RecordingOptions.class
          ? new FromRecordingOptions()
          : super.findSerializationConverter(config, annotated);
    }

    @Override
    public @Nullable Object findDeserializationConverter(
        MapperConfig<?> config, Annotated annotated) {
      if (annotated.getRawType() == Fact.Placed.class) {
        return new ToPlaced();
      }
      return annotated.getRawType() == Verb.RecordingOptions.class
          ? new ToRecordingOptions()
          : super.findDeserializationConverter(config, annotated);
    }

    @Override
    public String[] findEnumValues(
        MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[] names) {
      for (int i = 0; i < constants.length; i++) {
        if (constants[i] instanceof WireNamed named) {
          names[i] = named.wireName();
        }
      }
      return super.findEnumValues(config, type, constants, names);
    }

    /** A sealed interface, or a record that implements one: both carry the type's name. */
    private static boolean isSealedOfOurs(Class<?> type) {
      return isOurs(type) && type.isInterface() && type.isSealed();
    }

    private static boolean isOurs(Class<?> type) {
      return type.getName().startsWith("dev.ringback.");
    }
  }

  private static final class FromPlaced extends StdConverter<Fact.Placed, PlacedJson> {
    @Override
    public PlacedJson convert(Fact.Placed placed) {
      return PlacedJson.of(placed);
    }
  }

  private static final class ToPlaced extends StdConverter<PlacedJson, Fact.Placed> {
    @Override
    public Fact.Placed convert(PlacedJson json) {
      return json.fact();
    }
  }

  private static final class FromRecordingOptions
      extends StdConverter<Verb.RecordingOptions, RecordingJson> {
    @Override
    public RecordingJson convert(Verb.RecordingOptions options) {
      return RecordingJson.of(options);
    }
  }

  private static final class ToRecordingOptions
      extends StdConverter<RecordingJson, Verb.RecordingOptions> {
    @Override
    public Verb.RecordingOptions convert(RecordingJson json) {
      return json.options();
    }
  }

  private static final class SidWriter extends ValueSerializer<Sid> {
    @Override
    public void serialize(Sid sid, JsonGenerator json, SerializationContext context) {
      json.writeString(sid.value());
    }
  }

  private static final class SidReader extends ValueDeserializer<Sid> {
    @Override
    public Sid deserialize(JsonParser json, DeserializationContext context) {
      return new Sid(json.getValueAsString());
    }
  }
}
