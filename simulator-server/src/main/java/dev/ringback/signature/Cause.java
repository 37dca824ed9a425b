package dev.ringback.signature;

import java.util.Map;

/**
 * Why an app that checks {@code X-Twilio-Signature} finds it wrong though it is Twilio's
 * (docs/usage/security), with what to do in Express, Flask, Spring and PHP.
 */
public enum Cause {
  SCHEME(
      "the URL was signed with the other scheme: something before the app ends TLS, and the app does not know",
      new Fixes(
          "app.set('trust proxy', true);  // before the Twilio middleware",
          "app.wsgi_app = ProxyFix(app.wsgi_app, x_proto=1, x_host=1)  # werkzeug.middleware.proxy_fix",
          "server.forward-headers-strategy=framework  # application.properties",
          "$scheme = $_SERVER['HTTP_X_FORWARDED_PROTO'] ?? 'https';")),
  HOST(
      "another host or port was signed: Twilio signs the URL that it was given, the app sees the address behind a proxy or tunnel",
      new Fixes(
          "twilio.webhook({ host: 'your.public.host', protocol: 'https' })",
          "url = 'https://your.public.host' + request.full_path.rstrip('?')",
          "server.forward-headers-strategy=framework  # and let the proxy send X-Forwarded-Host",
          "$host = $_SERVER['HTTP_X_FORWARDED_HOST'] ?? $_SERVER['HTTP_HOST'];")),
  PORT(
      "the URL was signed with another port, or without one: validate the URL as it is in Twilio's configuration",
      new Fixes(
          "twilio.webhook({ host: 'your.public.host' })  // without the port of the app itself",
          "url = request.url.replace(':3000', '')",
          "server.forward-headers-strategy=framework  # and X-Forwarded-Port",
          "$host = preg_replace('/:\\d+$/', '', $_SERVER['HTTP_HOST']);")),
  SLASH(
      "the URLs differ in a slash at the end: a framework has added it, or taken it away",
      new Fixes(
          "const url = req.protocol + '://' + req.get('host') + req.originalUrl;",
          "@app.route('/voice', strict_slashes=True)",
          "validate request.getRequestURL(), not a mapped path",
          "$path = $_SERVER['REQUEST_URI'];")),
  QUERY(
      "the query was signed in another order, otherwise encoded, or the app left it out: take it as it came, do not build it anew",
      new Fixes(
          "const url = req.protocol + '://' + req.get('host') + req.originalUrl;",
          "url = request.base_url + '?' + request.query_string.decode()",
          "url = request.getRequestURL() + \"?\" + request.getQueryString()",
          "$url = $scheme . '://' . $host . $_SERVER['REQUEST_URI'];")),
  PATH(
      "the path was signed otherwise encoded, or with another prefix: take it as it came",
      new Fixes(
          "const url = req.protocol + '://' + req.get('host') + req.originalUrl;  // not req.url",
          "url = request.host_url.rstrip('/') + request.environ['RAW_URI']",
          "validate request.getRequestURL(), which keeps the context path",
          "$path = $_SERVER['REQUEST_URI'];")),
  NO_PARAMETERS(
      "the parameters of the body were signed, too, and the app did not have them: the body was not parsed before the check",
      new Fixes(
          "app.use(express.urlencoded({ extended: false }));  // before twilio.webhook()",
          "validator.validate(url, request.form, signature)",
          "validate with request.getParameterMap(), before anything reads the body",
          "$validator->validate($signature, $url, $_POST);")),
  NOT_A_FORM(
      "only the URL was signed: the body is JSON, whose hash is bodySHA256 in the query",
      new Fixes(
          "twilio.validateRequestWithBody(token, signature, url, rawBody)",
          "validator.validate(url, request.get_data(as_text=True), signature)",
          "validator.validateBody(body, bodySHA256), and validate(url, Map.of(), signature)",
          "$validator->validate($signature, $url, file_get_contents('php://input'));")),
  FORM_AS_JSON(
      "the parameters of a form were signed, and the app has them as JSON: something before it turns the body around",
      new Fixes(
          "twilio.validateRequest(token, signature, url, JSON.parse(rawBody))  // its members, not the text",
          "validator.validate(url, request.get_json(), signature)",
          "validator.validate(url, mapper.readValue(body, Map.class), signature)",
          "$validator->validate($signature, $url, json_decode($body, true));")),
  QUERY_IN_PARAMETERS(
      "the app took the parameters of the query for some of the body's; each is signed once, where it was",
      new Fixes(
          "twilio.validateRequest(token, signature, url, req.body)  // not { ...req.query, ...req.body }",
          "validator.validate(url, request.form, signature)  # not request.values",
          "take the names of getQueryString() out of getParameterMap()",
          "$validator->validate($signature, $url, $_POST);  // not $_REQUEST")),
  VALUES(
      "the values were changed before the check: trimmed, or decoded in another charset or twice",
      new Fixes(
          "express.urlencoded({ extended: false }), and no sanitizer before it",
          "request.form as it is; charset utf-8",
          "server.servlet.encoding.force=true  # UTF-8, and no trimming filter before",
          "$_POST as it is; in Laravel leave the path out of TrimStrings and ConvertEmptyStringsToNull")),
  TOKEN(
      "it was signed with another auth token: the account's primary token signs, not an API key's secret, and after a rotation not the old one",
      new Fixes(
          "twilio.webhook(process.env.TWILIO_AUTH_TOKEN)",
          "RequestValidator(os.environ['TWILIO_AUTH_TOKEN'])",
          "new RequestValidator(System.getenv(\"TWILIO_AUTH_TOKEN\"))",
          "new RequestValidator(getenv('TWILIO_AUTH_TOKEN'))"));

  private final String text;

  @SuppressWarnings("ImmutableEnumChecker") // a record of strings
  private final Fixes fixes;

  Cause(String text, Fixes fixes) {
    this.text = text;
    this.fixes = fixes;
  }

  /** A sentence without its full stop. */
  public String text() {
    return text;
  }

  /** By framework: what to write there. */
  public Map<String, String> fixes() {
    return fixes.byFramework();
  }
}
