package dev.vigil.headers.servlet;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cookie of ten seconds by which a browser shows where it was just sent from. Without Secure,
 * since it has to come back on the plain request that it is there to catch.
 */
final class LoopCookie {

  private static final String NAME = "vigil-https";
  private static final int SECONDS = 10;

  private LoopCookie() {}

  static void sent(HttpServletRequest request, HttpServletResponse response) {
    set(response, marker(request), SECONDS);
  }

  /** Whether the browser was sent from this same address. */
  static boolean isBack(HttpServletRequest request) {
    Cookie cookie = find(request);
    return cookie != null && marker(request).equals(cookie.getValue());
  }

  /** The redirect has done its work, so that the next plain request is a new one. */
  static void arrived(HttpServletRequest request, HttpServletResponse response) {
    if (find(request) != null) {
      set(response, "", 0);
    }
  }

  /** Tells one address from another; a collision costs one redirect too few. */
  private static String marker(HttpServletRequest request) {
    return Integer.toHexString(Objects.hash(request.getRequestURI(), request.getQueryString()));
  }

  private static @Nullable Cookie find(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        if (cookie.getName().equals(NAME)) {
          return cookie;
        }
      }
    }
    return null;
  }

  private static void set(HttpServletResponse response, String value, int seconds) {
    response.addHeader(
        "Set-Cookie",
        NAME + "=" + value + "; Max-Age=" + seconds + "; Path=/; HttpOnly; SameSite=Lax");
  }
}
