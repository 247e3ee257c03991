package dev.vigil.health.probe;

/** What {@code --help} shows. Loaded only when asked for. */
final class Help {

  static final String TEXT =
      """
      Asks a health URL and answers with the exit code.

      Usage: java -jar vigil-health-VERSION-probe.jar URL [options]

        --expect healthy|degraded  the worst status that is healthy enough (degraded)
        --wait 60s                 go on asking until healthy enough, at most so long (0s: ask once)
        --timeout 5s               how long one attempt may take in all (5s)
        --max-response 500ms       an answer that takes longer is not healthy enough
        --stable 30s               and it must stay so for so long
        --checks a,b               only these checks count, and each must be there
        --fail-on error            and /audit beside the health path must have no finding of info,
                                   warning or error, or worse (needs credentials)
        --json                     print {"ok":true,"message":"..."} on standard output, whatever it is
        --notify-slack             tell Slack the verdict, which stands whatever comes of that
        --header @FILE             send the headers in FILE, a line each: Name: value
        --header 'Name: value'     send this header; never a secret, all can read the process list
        --version, --help

      Environment:
        VIGIL_PROBE_TOKEN          sent as Authorization: Bearer; @FILE reads it from a file
        VIGIL_PROBE_SLACK          the incoming webhook's URL for --notify-slack

      Times are whole numbers with ms, s or m.

      Exit code: 0 healthy enough, 1 not, unreachable or too slow, 64 wrong usage.

      Reads Vigil's format, application/health+json, Spring Boot Actuator, MicroProfile Health and
      Kubernetes' text. Any other body: the HTTP code alone decides, and 2xx is healthy.
      """;

  private Help() {}
}
