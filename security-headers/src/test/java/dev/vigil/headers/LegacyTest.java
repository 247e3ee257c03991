package dev.vigil.headers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.core.Finding;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LegacyTest {

  private static final SecurityHeaders LEGACY =
      SecurityHeaders.legacy(
          LegacyHosts.none()
              .scripts("https://vercel.live")
              .styles("https://fonts.googleapis.com")
              .fonts("https://fonts.gstatic.com")
              .connections("https://*.supabase.co", "wss://*.supabase.co"));

  @Test
  void sendsTheGuidesHeadersByteForByte() {
    assertThat(LEGACY.headers(true, ""))
        .isEqualTo(
            Map.of(
                "Strict-Transport-Security",
                "max-age=31536000; includeSubDomains; preload",
                "Content-Security-Policy",
                "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'"
                    + " https://vercel.live; style-src 'self' 'unsafe-inline'"
                    + " https://fonts.googleapis.com; font-src 'self' https://fonts.gstatic.com;"
                    + " img-src 'self' data: https: blob:; connect-src 'self'"
                    + " https://*.supabase.co wss://*.supabase.co; frame-ancestors 'none'",
                "X-Frame-Options",
                "DENY",
                "X-Content-Type-Options",
                "nosniff",
                "Referrer-Policy",
                "strict-origin-when-cross-origin",
                "X-XSS-Protection",
                "1; mode=block",
                "Permissions-Policy",
                "camera=(), microphone=(), geolocation=()"));
  }

  @Test
  void auditNamesEachOfItsWeaknesses() {
    assertThat(LEGACY.audit())
        .extracting(finding -> finding.severity() + " " + finding.where())
        .containsExactly(
            "WARNING Strict-Transport-Security",
            "ERROR Content-Security-Policy script-src",
            "WARNING Content-Security-Policy script-src",
            "INFO Content-Security-Policy require-trusted-types-for",
            "INFO Content-Security-Policy style-src",
            "WARNING Content-Security-Policy object-src",
            "WARNING Content-Security-Policy base-uri",
            "WARNING Content-Security-Policy form-action",
            "INFO Content-Security-Policy img-src",
            "WARNING X-XSS-Protection",
            "INFO X-Permitted-Cross-Domain-Policies",
            "INFO Permissions-Policy",
            "INFO Cache-Control",
            "WARNING Cross-Origin-Opener-Policy",
            "WARNING Cross-Origin-Resource-Policy",
            "INFO Cross-Origin-Embedder-Policy");
    assertThat(LEGACY.audit())
        .filteredOn(finding -> finding.severity() == Finding.Severity.ERROR)
        .singleElement()
        .hasToString(
            "ERROR Content-Security-Policy script-src: 'unsafe-inline' runs an injected script like"
                + " the page's own; use nonce(), as the preset strict() does");
  }
}
