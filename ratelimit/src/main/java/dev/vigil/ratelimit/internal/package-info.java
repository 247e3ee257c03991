/** What limiters of this project share. No part of the API; changes without notice. */
@NullMarked
package dev.vigil.ratelimit.internal;

import org.jspecify.annotations.NullMarked;
