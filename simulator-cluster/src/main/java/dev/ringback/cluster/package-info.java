/**
 * Worlds on many machines: each is an entity of Pekko Cluster Sharding, its history is in Pekko
 * Persistence on PostgreSQL, and any node answers for any account. Start with {@link
 * dev.ringback.cluster.WorldActor}.
 */
@NullMarked
package dev.ringback.cluster;

import org.jspecify.annotations.NullMarked;
