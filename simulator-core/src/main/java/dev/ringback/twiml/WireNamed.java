package dev.ringback.twiml;

import java.util.Optional;

/** An enum whose constants have the name that goes over the wire, such as {@code no-answer}. */
public interface WireNamed {
  String wireName();

  /** The constant of {@code type} with that wire name. */
  static <E extends Enum<E> & WireNamed> Optional<E> find(Class<E> type, String wireName) {
    for (E constant : type.getEnumConstants()) {
      if (constant.wireName().equals(wireName)) {
        return Optional.of(constant);
      }
    }
    return Optional.empty();
  }
}
