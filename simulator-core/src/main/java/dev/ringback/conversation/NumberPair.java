package dev.ringback.conversation;

/** A customer's address and the account's address that the customer sees, of a binding. */
record NumberPair(String address, String proxyAddress) {}
