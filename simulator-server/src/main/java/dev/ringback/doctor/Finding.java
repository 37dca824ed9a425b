package dev.ringback.doctor;

/**
 * What was found of one thing.
 *
 * @param subject such as {@code port}
 * @param says what is so
 * @param advice what to do; empty: nothing
 */
public record Finding(Health health, String subject, String says, String advice) {
  /** How well it is. */
  public enum Health {
    OK,
    /** It works, and somebody may be surprised. */
    NOTE,
    /** It will not work. */
    WRONG
  }

  static Finding ok(String subject, String says) {
    return new Finding(Health.OK, subject, says, "");
  }

  static Finding note(String subject, String says, String advice) {
    return new Finding(Health.NOTE, subject, says, advice);
  }

  /** Something is wrong, and that is what to do. */
  public static Finding wrong(String subject, String says, String advice) {
    return new Finding(Health.WRONG, subject, says, advice);
  }
}
