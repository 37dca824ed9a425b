package dev.ringback.project;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The kind of project in a folder, told by the file that each has. */
public enum Project {
  NODE("Node", List.of("package.json"), new Commands("npm install", "npm start"), 3000),
  JAVA(
      "Java",
      List.of("pom.xml"),
      new Commands("mvn -q -DskipTests package", "mvn -q spring-boot:run"),
      8080),
  GRADLE(
      "Java (Gradle)",
      List.of("build.gradle", "build.gradle.kts"),
      new Commands("./gradlew assemble", "./gradlew bootRun"),
      8080),
  PHP(
      "PHP",
      List.of("composer.json"),
      new Commands("composer install", "sh -c 'php -S localhost:$PORT'"),
      8000),
  PYTHON(
      "Python",
      List.of("pyproject.toml", "requirements.txt", "Pipfile", "setup.py"),
      new Commands("pip install .", "python app.py"),
      5000),
  UNKNOWN("an app of any kind", List.of(), new Commands("true", "./start-my-app"), 3000);

  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is
  private final List<String> files;

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts is
  private final Commands commands;

  private final int port;

  Project(String label, List<String> files, Commands commands, int port) {
    this.label = label;
    this.files = files;
    this.commands = commands;
    this.port = port;
  }

  /** What makes the app ready, and what starts it, as well as it can be guessed. */
  private record Commands(String install, String start) {}

  /** Of the tool whose file is there; the first of them counts. */
  private static final List<Map.Entry<String, Commands>> TOOLS =
      List.of(
          Map.entry(
              "pnpm-lock.yaml",
              new Commands("corepack enable && pnpm install --frozen-lockfile", "pnpm start")),
          Map.entry("yarn.lock", new Commands("corepack enable && yarn install", "yarn start")),
          Map.entry("package-lock.json", new Commands("npm ci", "npm start")),
          Map.entry(
              "requirements.txt", new Commands("pip install -r requirements.txt", "python app.py")),
          Map.entry(
              "Pipfile",
              new Commands("pip install pipenv && pipenv install", "pipenv run python app.py")));

  private Commands commands(Path folder) {
    return this == NODE || this == PYTHON
        ? TOOLS.stream()
            .filter(tool -> Files.exists(folder.resolve(tool.getKey())))
            .filter(tool -> (this == NODE) == tool.getKey().contains("lock"))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(commands)
        : commands;
  }

  /** The first kind whose file is there. */
  public static Project in(Path folder) {
    for (Project project : values()) {
      if (project.files.stream().anyMatch(file -> Files.exists(folder.resolve(file)))) {
        return project;
      }
    }
    return UNKNOWN;
  }

  public String label() {
    return label;
  }

  /** What starts the app, as well as it can be guessed; it is to listen at {@code PORT}. */
  public String start(Path folder) {
    return commands(folder).start();
  }

  /** The files, by their path below the folder. */
  public Map<String, String> files(Path folder) {
    Map<String, String> written = new LinkedHashMap<>();
    written.put("ringback.yaml", CONFIGURATION.replace("PORT", Integer.toString(port)));
    written.put("scenarios/first-call.yaml", SCENARIO);
    written.put(
        ".github/workflows/ringback.yml",
        WORKFLOW
            .replace("INSTALL", commands(folder).install())
            .replace("START", commands(folder).start()));
    return written;
  }

  private static final String CONFIGURATION =
      """
      # What `ringback serve` starts with. Every key is optional; docs/CONFIGURATION.md has them all.
      # For an editor that completes and checks it: `ringback schema config > ringback.schema.json`.

      # The token that your app checks signatures with; without it TWILIO_AUTH_TOKEN is used, or one is drawn.
      # account: {authToken: 0123456789abcdef0123456789abcdef}

      # Numbers of the account, and where your app takes their calls.
      numbers:
        - number: "+15017122661"
          voiceUrl: http://localhost:PORT/voice
          # statusCallback: http://localhost:PORT/status

      # The address that your app believes to have, and where it really runs.
      # map: {"https://my-app.example": "http://localhost:PORT"}

      frontline:
        routing: {mode: pool, pool: [alice@example.com]}
      """;

  private static final String SCENARIO =
      """
      # Played by `ringback run scenarios -- START THE APP`; docs/SCENARIOS.md says what else there is.
      scenario: A customer calls, and the app answers with TwiML
      given:
        conversations: [{customer: "+15558675310", number: "+15017122661", worker: alice@example.com}]
        cast: {alice@example.com: answers}
        urls: {voice: /voice}
      when:
        - call: {from: "+15558675310", to: "+15017122661"}
        - customer: {speaks: 5s, then: hangs up}
      then:
        - request: voice
          form: {From: "+15558675310", To: "+15017122661", CallStatus: ringing}
        - call: {ends: completed}
      """;

  private static final String WORKFLOW =
      """
      # Plays the scenarios against the app at each push. PORT, TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are set for the command.
      name: ringback
      on: [push, pull_request]
      jobs:
        scenarios:
          runs-on: ubuntu-latest
          steps:
            - uses: actions/checkout@v4
            - run: INSTALL
            - name: Play the scenarios
              env:
                RINGBACK_ARCHIVE: ${{ vars.RINGBACK_ARCHIVE }}   # where your team keeps ringback-…-linux-x64.tar.gz
              run: |
                curl -fsSL "$RINGBACK_ARCHIVE" | tar -xz -C "$RUNNER_TEMP"
                "$RUNNER_TEMP"/ringback-*/bin/ringback run scenarios --report build/ringback.xml -- START
      """;
}
