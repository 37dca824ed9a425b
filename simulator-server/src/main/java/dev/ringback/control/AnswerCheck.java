package dev.ringback.control;

/** Looks at every success answer of the control API: a service, of which tests bring one. */
public interface AnswerCheck {
  /**
   * @param operation as {@code openapi.yaml} names it, such as {@code GET /calls/{sid}}
   * @param contentType of the answer
   * @param body whole
   * @throws RuntimeException when the answer is not as described; it becomes a 500
   */
  void answered(String operation, int status, String contentType, String body);
}
