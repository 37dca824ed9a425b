package dev.ringback.play;

import dev.ringback.cast.ScriptStep;
import dev.ringback.engine.ApiClient;
import dev.ringback.engine.WorldSettings;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import okhttp3.Credentials;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Sends a script's REST requests over HTTP, with the account's credentials. */
final class ApiRequestClient implements ApiClient {
  private static final OkHttpClient CLIENT = new OkHttpClient();
  private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();
  private static final int MOST = 300;

  private final String url;
  private final String authorization;

  /**
   * @param url where the API is served, without a slash at the end
   */
  ApiRequestClient(String url, WorldSettings settings) {
    this.url = url;
    this.authorization = Credentials.basic(settings.account().value(), settings.authToken());
  }

  @Override
  public CompletableFuture<Optional<String>> send(ScriptStep.ApiRequest request) {
    return CompletableFuture.supplyAsync(() -> answer(request), THREADS);
  }

  private Optional<String> answer(ScriptStep.ApiRequest request) {
    FormBody.Builder form = new FormBody.Builder();
    request.form().forEach(form::add);
    Request http =
        new Request.Builder()
            .url(url + request.path())
            .header("Authorization", authorization)
            .header(RestApi.SCRIPTED, "true")
            .method(request.method(), request.method().equals("POST") ? form.build() : null)
            .build();
    try (Response response = CLIENT.newCall(http).execute()) {
      boolean well =
          request.status() == 0 ? response.isSuccessful() : response.code() == request.status();
      if (well) {
        return Optional.empty();
      }
      String body = response.body().string();
      return Optional.of(
          "the API answered %d: %s"
              .formatted(
                  response.code(), body.length() > MOST ? body.substring(0, MOST) + "…" : body));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of("the API did not answer: " + e.getMessage());
    }
  }
}
