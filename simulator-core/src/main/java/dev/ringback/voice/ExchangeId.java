package dev.ringback.voice;

import dev.ringback.id.Sid;

/**
 * Names a request for ever, so that doing it twice can be told from doing two.
 *
 * @param leg whose request it is
 * @param number of that leg's requests, from 1
 */
public record ExchangeId(Sid leg, int number) {
  @Override
  public String toString() {
    return leg + "/" + number;
  }
}
