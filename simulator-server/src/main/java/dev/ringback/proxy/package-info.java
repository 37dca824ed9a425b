/**
 * The road for apps that cannot be told another address: a forward proxy on the server's own port,
 * where Twilio's hosts end here. Read {@link dev.ringback.proxy.ForwardProxy} first.
 */
@NullMarked
package dev.ringback.proxy;

import org.jspecify.annotations.NullMarked;
