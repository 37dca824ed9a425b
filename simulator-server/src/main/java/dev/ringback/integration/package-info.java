/**
 * Callbacks of Frontline's integration service, made as the Frontline app makes them: {@link
 * dev.ringback.integration.IntegrationService}.
 */
@NullMarked
package dev.ringback.integration;

import org.jspecify.annotations.NullMarked;
