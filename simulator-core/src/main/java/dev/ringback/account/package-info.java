/** What an account has beside its calls: numbers, apps, messages, keys. */
@NullMarked
package dev.ringback.account;

import org.jspecify.annotations.NullMarked;
