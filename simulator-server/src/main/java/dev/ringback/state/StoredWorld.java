package dev.ringback.state;

/**
 * A world as it is written.
 *
 * @param settings JSON
 * @param whole whether it is what was written
 */
record StoredWorld(long id, String account, String settings, boolean whole) {}
