package dev.ringback.account;

/** A refusal as Twilio's API words it (docs/usage/twilios-response, docs/api/errors). */
public final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final int code;

  /**
   * @param status of HTTP
   * @param code of Twilio's dictionary
   */
  public ApiError(int status, int code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  /**
   * @param resource its path without the host and the version, such as {@code /Conversations/CH…}
   */
  public static ApiError notFound(String resource) {
    return new ApiError(404, 20404, "The requested resource " + resource + " was not found");
  }

  public static ApiError badRequest(int code, String message) {
    return new ApiError(400, code, message);
  }

  public static ApiError conflict(int code, String message) {
    return new ApiError(409, code, message);
  }

  public int status() {
    return status;
  }

  public int code() {
    return code;
  }

  public String message() {
    return String.valueOf(getMessage());
  }
}
