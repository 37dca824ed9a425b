package dev.ringback.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cookies of a call: who gets them, how long they live, what takes the place of what. */
class CookieTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final String URL = "http://app.test/voice/menu/one";

  private static List<Cookie> after(List<Cookie> before, String setCookie) {
    return Cookie.after(before, URL, setCookie, NOW);
  }

  private static Cookie cookie(String setCookie) {
    List<Cookie> cookies = after(List.of(), setCookie);
    assertEquals(1, cookies.size(), setCookie);
    return cookies.getFirst();
  }

  @Test
  void aCookieHasANameAndAValue() {
    assertEquals("a", cookie("a=b").name());
    assertEquals("b=c", cookie(" a = b=c ; Path=/").value());
    List<Cookie> before = List.of(cookie("x=y"));
    assertEquals(before, after(before, "=b"));
    assertEquals(before, after(before, "nothing"));
    assertEquals(before, after(before, ""));
  }

  @ParameterizedTest
  @CsvSource({
    "http://app.test/voice/menu/one, /voice/menu",
    "http://app.test/voice/, /voice",
    "http://app.test/voice, /",
    "http://app.test/, /",
    "http://app.test, /"
  })
  void thePathIsThatOfTheUrlWithoutItsLastPart(String url, String path) {
    assertEquals(path, Cookie.after(List.of(), url, "a=b", NOW).getFirst().path());
    assertEquals(path, Cookie.after(List.of(), url, "a=b; Path=x", NOW).getFirst().path());
    assertEquals("/x", Cookie.after(List.of(), url, "a=b; Path=/x", NOW).getFirst().path());
  }

  @ParameterizedTest
  @CsvSource({
    "/voice, http://app.test/voice, true",
    "/voice, http://app.test/voice/menu, true",
    "/voice, http://app.test/voicemail, false",
    "/voice, http://app.test/, false",
    "/voice/, http://app.test/voice/menu, true",
    "/voice/, http://app.test/voice, false",
    "/, http://app.test/anything, true",
    "/, https://app.test/anything, true",
    "/, http://www.app.test/, false",
    "/, http://other.test/, false"
  })
  void aCookieOfAHostGoesToWhatIsBelowItsPath(String path, String url, boolean goes) {
    assertEquals(goes, cookie("a=b; Path=" + path).goesTo(url, NOW));
  }

  @Test
  void aCookieOfADomainGoesToAllOfItsHosts() {
    Cookie cookie =
        Cookie.after(List.of(), "http://www.app.test/", "a=b; Domain=.App.Test", NOW).getFirst();
    assertFalse(cookie.hostOnly());
    assertTrue(cookie.goesTo("http://app.test/", NOW));
    assertTrue(cookie.goesTo("http://api.app.test/", NOW));
    assertFalse(cookie.goesTo("http://myapp.test/", NOW));
    assertFalse(cookie.goesTo("http://test/", NOW));
    assertEquals(List.of(), after(List.of(), "a=b; Domain=other.test"));
    assertTrue(cookie("a=b; Domain=").hostOnly());
  }

  @Test
  void aSecureCookieGoesToHttpsOnly() {
    Cookie cookie = cookie("a=b; Path=/; Secure");
    assertTrue(cookie.goesTo("https://app.test/", NOW));
    assertFalse(cookie.goesTo("http://app.test/", NOW));
  }

  @Test
  void aCookieLivesUntilItExpires() {
    Cookie cookie = cookie("a=b; Path=/; Max-Age=60");
    assertTrue(cookie.goesTo("http://app.test/", NOW.plusSeconds(59)));
    assertFalse(cookie.goesTo("http://app.test/", NOW.plusSeconds(60)));
    assertEquals(
        NOW.plusSeconds(120), cookie("a=b; Expires=Mon, 05 Jan 2026 09:02:00 GMT").expires());
    assertEquals(
        NOW.plusSeconds(120), cookie("a=b; Expires=Mon, 05-Jan-2026 09:02:00 GMT").expires());
    assertEquals(
        NOW.plusSeconds(60),
        cookie("a=b; Expires=Mon, 05 Jan 2026 09:02:00 GMT; Max-Age=60").expires());
    assertNull(cookie("a=b").expires());
    assertNull(cookie("a=b; Expires=tomorrow; Max-Age=soon").expires());
  }

  @Test
  void aCookieTakesThePlaceOfItsLike() {
    List<Cookie> one = after(List.of(), "a=1; Path=/");
    assertEquals("2", after(one, "a=2; Path=/").getFirst().value());
    assertEquals(1, after(one, "a=2; Path=/").size());
    assertEquals(2, after(one, "b=2; Path=/").size());
    assertEquals(2, after(one, "a=2; Path=/voice").size());
    assertEquals(2, Cookie.after(one, "http://b.test/", "a=2; Path=/", NOW).size());
    assertEquals(List.of(), after(one, "a=; Path=/; Max-Age=0"));
    assertEquals(List.of(), after(one, "a=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT"));
  }
}
