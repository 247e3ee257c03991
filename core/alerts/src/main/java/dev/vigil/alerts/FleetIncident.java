package dev.vigil.alerts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the replicas of a service know together of one incident. Times are milliseconds since 1970.
 *
 * <p>As text: {@code told|toldUntil|teller|tellerUntil|replica=until,...}.
 *
 * @param told whether the receiver was told
 * @param toldUntil until when it need not be told again
 * @param teller the replica that is about to tell, empty where none is
 * @param tellerUntil how long the others wait for it
 * @param firing until when each replica's claim counts; only those that count at the time of the
 *     last change
 */
record FleetIncident(
    boolean told, long toldUntil, String teller, long tellerUntil, Map<String, Long> firing) {

  static final FleetIncident NONE = new FleetIncident(false, 0, "", 0, Map.of());

  FleetIncident {
    firing = Map.copyOf(firing);
  }

  /** With this replica's claim; {@link #tells} says what follows. */
  FleetIncident claimed(String replica, long now, long ttl) {
    Map<String, Long> claims = live(now);
    // One that nobody has seen for so long is another one.
    FleetIncident before = claims.isEmpty() ? NONE : this;
    claims.put(replica, now + ttl);
    boolean silent = before.told && now < before.toldUntil;
    boolean others = now < before.tellerUntil && !before.teller.equals(replica);
    return silent || others
        ? new FleetIncident(
            before.told, before.toldUntil, before.teller, before.tellerUntil, claims)
        : new FleetIncident(before.told, 0, replica, now + ttl, claims);
  }

  /** Whether it is this replica's to tell. */
  boolean tells(String replica, long now) {
    return teller.equals(replica) && now < tellerUntil;
  }

  FleetIncident toldBy(String replica, long now, long validFor) {
    Map<String, Long> claims = live(now);
    // It fires here, even if telling took longer than the claim counted.
    claims.putIfAbsent(replica, now + 1);
    return new FleetIncident(true, now + validFor, "", 0, claims);
  }

  /** Without this replica; with no other either it is over. */
  FleetIncident released(String replica, long now) {
    Map<String, Long> claims = live(now);
    claims.remove(replica);
    boolean its = teller.equals(replica);
    return new FleetIncident(told, toldUntil, its ? "" : teller, its ? 0 : tellerUntil, claims);
  }

  private Map<String, Long> live(long now) {
    Map<String, Long> live = new TreeMap<>(firing);
    live.values().removeIf(until -> until <= now);
    return live;
  }

  String text() {
    List<String> claims = new ArrayList<>();
    new TreeMap<>(firing).forEach((replica, until) -> claims.add(replica + "=" + until));
    return (told ? 1 : 0)
        + "|"
        + toldUntil
        + "|"
        + teller
        + "|"
        + tellerUntil
        + "|"
        + String.join(",", claims);
  }

  /**
   * Reads {@link #text}; the empty text is none.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static FleetIncident parse(String text) {
    if (text.isEmpty()) {
      return NONE;
    }
    String[] parts = text.split("\\|", -1);
    if (parts.length != 5) {
      throw new IllegalArgumentException("a claim in the common memory must have five parts");
    }
    Map<String, Long> firing = new TreeMap<>();
    if (!parts[4].isEmpty()) {
      for (String claim : parts[4].split(",", -1)) {
        int sign = claim.indexOf('=');
        if (sign < 0) {
          throw new IllegalArgumentException("a claim in the common memory must have a time");
        }
        firing.put(claim.substring(0, sign), Long.valueOf(claim.substring(sign + 1)));
      }
    }
    return new FleetIncident(
        parts[0].equals("1"), Long.parseLong(parts[1]), parts[2], Long.parseLong(parts[3]), firing);
  }
}
