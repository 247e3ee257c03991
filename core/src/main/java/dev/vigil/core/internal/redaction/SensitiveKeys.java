package dev.vigil.core.internal.redaction;

import dev.vigil.core.internal.Ascii;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names whose values are secrets, found by reading a text backwards from where a name ends.
 *
 * <p>A name matches in any letter case, with single {@code - _ .} or spaces between its letters,
 * and behind any prefix: {@code password} also means {@code DB_PASSWORD}, {@code newPassword} and
 * {@code spring.datasource.password}. Short names ({@code pass}) need a word boundary before them,
 * or {@code bypass} would match. What goes on behind a name is another name: {@code
 * passwordPolicy}, {@code token_type}, {@code secretName}.
 *
 * <p>A trie of the reversed names, so that most texts are refused at their last character.
 * Immutable after its making.
 */
final class SensitiveKeys {

  /** How a value ends. */
  enum Kind {
    NONE,
    /** At the next delimiter. */
    VALUE,
    /** A scheme and credentials, or the rest of the line. */
    AUTHORIZATION,
    /** The rest of the line. */
    LINE
  }

  /** Long enough that no other word ends in them. */
  private static final List<String> ANYWHERE =
      List.of(
          ("password passwords passwd passphrase passcode passwort secret secrets secretkey"
                  + " secretaccesskey token apikey apikeys accesskey privatekey signingkey"
                  + " encryptionkey masterkey accountkey sharedkey authkey appkey applicationkey"
                  + " integrationkey licensekey storagekey hmackey sshkey credential credentials"
                  + " sessionid sessid amzsignature googsignature stripesignature hubsignature"
                  + " slacksignature passwordconfirmation passwordconfirm passwordrepeat"
                  + " passwordagain secretvalue tokenvalue storepass keypass userpass dbpass"
                  + " cardnumber creditcard socialsecuritynumber")
              .split(" "));

  private static final List<String> AFTER_BOUNDARY =
      List.of("pass pwd pw psw sig sid pin otp cvv cvc ssn iban".split(" "));

  /** {@code password[0]}, {@code "password"}, {@code password2}: what may stand behind a name. */
  private static final int LONGEST_DECORATION = 8;

  private final Node root = new Node();

  /** The last two letters of all names, five bits of each: refuses nearly every other word. */
  private final boolean[] endings = new boolean[1 << 10];

  SensitiveKeys(Collection<String> own) {
    ANYWHERE.forEach(name -> add(name, Kind.VALUE, false));
    AFTER_BOUNDARY.forEach(name -> add(name, Kind.VALUE, true));
    add("authorization", Kind.AUTHORIZATION, false);
    List.of("cookie", "cookies", "cookie2").forEach(name -> add(name, Kind.LINE, false));
    own.forEach(name -> add(name, Kind.VALUE, false));
  }

  private void add(String name, Kind kind, boolean needsBoundary) {
    Node node = root;
    char last = 0;
    int depth = 0;
    for (int i = name.length() - 1; i >= 0; i--) {
      char c = name.charAt(i);
      if (!isSeparator(c)) {
        node = node.grow(Chars.lower(c));
        depth++;
        if (depth == 2) {
          endings[ending(c, last)] = true;
        }
        last = c;
      }
    }
    if (depth == 1) { // a name of one letter may follow anything
      for (char c = 0; c < 32; c++) {
        endings[ending(c, last)] = true;
      }
    }
    node.kind = kind;
    node.needsBoundary = needsBoundary;
  }

  /** Whether the two characters before {@code end} can be a name's last. */
  private boolean mayEnd(CharSequence text, int end) {
    if (end < 2) {
      return end == 1;
    }
    char last = text.charAt(end - 1);
    char before = text.charAt(end - 2);
    return endings[ending(before, last)] || isSeparator(before);
  }

  /** The same for both letter cases; that other characters collide with letters does no harm. */
  private static int ending(char before, char last) {
    return (Chars.lower(before) & 31) << 5 | (Chars.lower(last) & 31);
  }

  /** The kind of the name that ends at {@code end}, exclusive, quotes and brackets aside. */
  Kind endingAt(CharSequence text, int end) {
    int at = end;
    while (at > 0 && end - at < LONGEST_DECORATION && isDecoration(text.charAt(at - 1))) {
      at--;
    }
    if (!mayEnd(text, at)) {
      return Kind.NONE;
    }
    Node node = root;
    while (at > 0) {
      char c = text.charAt(--at);
      if (isSeparator(c) && node != root) {
        if (at == 0) {
          return Kind.NONE;
        }
        c = text.charAt(--at); // one separator between two letters, not a line of them
      }
      node = node.child(Chars.lower(c));
      if (node == null) {
        return Kind.NONE;
      }
      if (node.kind != Kind.NONE && !(node.needsBoundary && !isBoundary(text, at))) {
        return node.kind;
      }
    }
    return Kind.NONE;
  }

  private static boolean isBoundary(CharSequence text, int at) {
    if (at == 0) {
      return true;
    }
    char before = text.charAt(at - 1);
    boolean hump = before >= 'a' && before <= 'z' && text.charAt(at) <= 'Z';
    return hump || !Ascii.isAlphanumeric(before) || Chars.isEscape(text, at - 1);
  }

  private static boolean isSeparator(char c) {
    return c == '-' || c == '_' || c == '.' || c == ' ';
  }

  private static boolean isDecoration(char c) {
    return Chars.isQuote(c)
        || Chars.isSpace(c)
        || Ascii.isDigit(c)
        || c == '\\'
        || c == '['
        || c == ']';
  }

  private static final class Node {
    private String letters = "";
    private Node[] children = {};
    private Kind kind = Kind.NONE;
    private boolean needsBoundary;

    @Nullable Node child(char letter) {
      int index = letters.indexOf(letter);
      return index < 0 ? null : children[index];
    }

    Node grow(char letter) {
      Node child = child(letter);
      if (child == null) {
        child = new Node();
        letters += letter;
        children = Arrays.copyOf(children, letters.length());
        children[letters.length() - 1] = child;
      }
      return child;
    }
  }
}
