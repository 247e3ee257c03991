package dev.vigil.core.internal.redaction;

import dev.vigil.core.internal.Ascii;
import java.util.ArrayList;
import java.util.List;

/**
 * A prefix that an issuer gives its keys, with a sign in it.
 *
 * @param prefix what it begins with
 * @param sign the prefix's first character that is no letter or digit, where a text is looked at
 * @param shortest the least number of characters behind the prefix
 * @param body what may stand there
 */
record TokenShape(String prefix, int sign, int shortest, Body body) {

  /** What follows a prefix. */
  enum Body {
    /** Letters and digits. */
    PLAIN,
    /** These and {@code - _ .}. */
    TOKEN,
    /** A path, of which the prefix is the part that is no secret. */
    PATH
  }

  private static final String SIGNS = "_-.";

  /** By sign, and by the character before it. */
  private static final TokenShape[][][] SHAPES = new TokenShape[SIGNS.length()][128][0];

  static {
    List<TokenShape> all = new ArrayList<>();
    // GitHub, Stripe, Razorpay, Shopify, Notion, DigitalOcean, Docker, Doppler, PlanetScale,
    // Grafana, Linear, Groq, Supabase
    add(all, 16, Body.TOKEN, "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ dop_v1_ doo_v1_ dor_v1_");
    add(all, 8, Body.TOKEN, "sk_live_ sk_test_ rk_live_ rk_test_ whsec_ rzp_live_ rzp_test_");
    add(all, 16, Body.TOKEN, "dckr_pat_ pscale_tkn_ pscale_pw_ glsa_ lin_api_ sb_secret_");
    add(all, 30, Body.TOKEN, "npm_ shpat_ shpss_ shpca_ shppa_ hf_ rubygems_ sbp_");
    add(all, 40, Body.TOKEN, "secret_ ntn_ gsk_");
    // Slack, GitLab, Google, OpenAI, Anthropic, PyPI, Square, Postman, New Relic, Tailscale, age
    add(all, 8, Body.TOKEN, "xoxb- xoxp- xoxa- xoxc- xoxd- xoxr- xoxs- xoxe- xoxe.xoxp- xapp-");
    add(all, 16, Body.TOKEN, "glpat- glrt- gldt- glptt- glcbt- glft- glimt- glagent- glsoat-");
    add(all, 16, Body.TOKEN, "GOCSPX- pypi- sq0atp- sq0csp- tskey- AGE-SECRET-KEY-");
    add(all, 20, Body.TOKEN, "sk-proj- sk-ant- sk-svcacct- sk-or- PMAK- NRAK-");
    add(all, 32, Body.PLAIN, "sk-");
    // Google, SendGrid, Vault, Doppler
    add(all, 16, Body.TOKEN, "ya29. dp.pt. dp.st.");
    add(all, 24, Body.TOKEN, "SG. hvs. hvb.");
    add(all, 8, Body.PATH, "hooks.slack.com/services/ hooks.slack.com/workflows/");
    add(all, 8, Body.PATH, "hooks.slack.com/triggers/ hooks.zapier.com/hooks/catch/");
    add(all, 8, Body.PATH, "discord.com/api/webhooks/ discordapp.com/api/webhooks/");
    add(all, 8, Body.PATH, "webhook.office.com/webhookb2/ outlook.office.com/webhook/");
    add(all, 8, Body.PATH, "events.pagerduty.com/integration/");
    for (TokenShape shape : all) {
      int row = SIGNS.indexOf(shape.prefix().charAt(shape.sign()));
      int column = shape.prefix().charAt(shape.sign() - 1);
      List<TokenShape> longer = new ArrayList<>(List.of(SHAPES[row][column]));
      longer.add(shape);
      SHAPES[row][column] = longer.toArray(TokenShape[]::new);
    }
  }

  private static void add(List<TokenShape> all, int shortest, Body body, String prefixes) {
    for (String prefix : prefixes.split(" ", -1)) {
      int sign = 0;
      while (Ascii.isAlphanumeric(prefix.charAt(sign))) {
        sign++;
      }
      all.add(new TokenShape(prefix, sign, shortest, body));
    }
  }

  /** The shapes that have this sign behind this character; do not write to it. */
  static TokenShape[] of(char before, char sign) {
    int row = SIGNS.indexOf(sign);
    return row < 0 ? SHAPES[0][0] : SHAPES[row][before & 127];
  }

  /** Whether the prefix is hidden too; else only what follows. */
  boolean hides() {
    return body != Body.PATH;
  }

  boolean isBody(char c) {
    return Ascii.isAlphanumeric(c)
        || (body != Body.PLAIN && (c == '_' || c == '-' || c == '.'))
        || (body == Body.PATH && (c == '/' || c == '@'));
  }
}
