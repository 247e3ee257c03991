package dev.vigil.health.internal;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How services that look at each other's health notice that they stand in a circle: each has an id,
 * a remote check sends its own along, and an answer lists the ids of all whose health is in it.
 */
public final class Chain {

  /** Request header: who asks. */
  public static final String VIA = "Vigil-Health-Via";

  /** Response header: whose health is in the answer. */
  public static final String CHAIN = "Vigil-Health-Chain";

  /** Longer chains are cut: they are a mistake, and what a stranger sends is bounded. */
  private static final int LONGEST = 50;

  /** This application, as far as its class loader goes; drawn anew at each start. */
  public static final String SELF = id();

  private Chain() {}

  private static String id() {
    return new BigInteger(64, new SecureRandom()).setBit(64).toString(36);
  }

  /** Whether the asker is one of a chain. */
  public static boolean meets(Collection<String> chain, String via) {
    return chain.contains(via.strip());
  }

  /** A chain as a header's value. */
  public static String header(Collection<String> ids) {
    Set<String> distinct = new LinkedHashSet<>(ids);
    return String.join(",", distinct.stream().limit(LONGEST).toList());
  }

  /** A header's value as a chain; what is no id is passed over. */
  public static List<String> parse(@Nullable String header) {
    List<String> ids = new ArrayList<>();
    if (header != null && header.length() <= 2_000) {
      for (String id : header.split(",", LONGEST + 1)) {
        String one = id.strip();
        if (ids.size() < LONGEST && one.matches("[0-9a-z]{1,32}")) {
          ids.add(one);
        }
      }
    }
    return List.copyOf(ids);
  }
}
