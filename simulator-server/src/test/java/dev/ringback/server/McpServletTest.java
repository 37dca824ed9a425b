package dev.ringback.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringback.mcp.RingbackMcp.Offer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which agents get which tools. */
class McpServletTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, ALL",
    "127.8.9.1, ALL",
    "0:0:0:0:0:0:0:1, ALL",
    "10.0.0.5, WITHOUT_COMMANDS",
    "192.0.2.1, WITHOUT_COMMANDS",
    "fe80:0:0:0:0:0:0:1, WITHOUT_COMMANDS",
  })
  void whoIsOnThisMachineHasAll(String address, Offer offer) {
    assertEquals(offer, McpServlet.offer(address));
  }
}
