package dev.ringback.voice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** References of documents: RFC 3986, section 5.4, and what it leaves as it is. */
class UrlsTest {
  @ParameterizedTest
  @CsvSource({
    "g, http://a/b/c/g",
    "./g, http://a/b/c/g",
    "g/, http://a/b/c/g/",
    "/g, http://a/g",
    "//g, http://g",
    "?y, http://a/b/c/d;p?y",
    "g?y, http://a/b/c/g?y",
    "#s, http://a/b/c/d;p?q#s",
    "g#s, http://a/b/c/g#s",
    "g?y#s, http://a/b/c/g?y#s",
    ";x, http://a/b/c/;x",
    "g;x, http://a/b/c/g;x",
    "'', http://a/b/c/d;p?q",
    "., http://a/b/c/",
    "./, http://a/b/c/",
    ".., http://a/b/",
    "../, http://a/b/",
    "../g, http://a/b/g",
    "../.., http://a/",
    "../../g, http://a/g",
    "../../../g, http://a/g",
    "/./g, http://a/g",
    "/../g, http://a/g",
    "g., http://a/b/c/g.",
    ".g, http://a/b/c/.g",
    "g.., http://a/b/c/g..",
    "./../g, http://a/b/g",
    "g/./h, http://a/b/c/g/h",
    "g/../h, http://a/b/c/h",
    "g?y/../x, http://a/b/c/g?y/../x",
    "https://other/x, https://other/x",
    "mailto:me, mailto:me",
  })
  void aReferenceIsResolvedAsTheRfcSays(String reference, String url) {
    assertEquals(url, Urls.resolve("http://a/b/c/d;p?q", reference));
  }

  @ParameterizedTest
  @CsvSource({
    "http://a, g, http://a/g",
    "http://a, ../g, http://a/g",
    "http://a?x=1, g, http://a/g",
    "http://a/b#f, #s, http://a/b#s",
    "relative, g, g",
  })
  void aBaseMayBeShort(String base, String reference, String url) {
    assertEquals(url, Urls.resolve(base, reference));
  }

  @ParameterizedTest
  @CsvSource({
    "http://u:p@a/b#f, http://a/b, http://u:***@a/b#f",
    "http://a/b@c, http://a/b@c, http://a/b@c",
    "http://u@a/b, http://a/b, http://u@a/b",
  })
  void othersSeeNeitherUserNorPassword(String url, String plain, String masked) {
    assertEquals(plain, Urls.plain(url));
    assertEquals(masked, Urls.masked(url));
  }
}
