/** What the adapters for servers share; no API, and free to change in any release. */
@NullMarked
package dev.vigil.headers.internal;

import org.jspecify.annotations.NullMarked;
