package dev.vigil.core.internal.redaction;

import dev.vigil.core.internal.Ascii;
import java.util.Arrays;
import java.util.Collection;
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
    /** The same; the value may be a number that has no letter in it. */
    CODE,
    /** A list of texts; a plural in front of a number counts something. */
    LIST,
    /** A scheme and credentials, or the rest of the line. */
    AUTHORIZATION,
    /** The rest of the line. */
    LINE
  }

  /** Long enough that no other word ends in them. */
  private static final String ANYWHERE =
      "password passwords passwd passphrase passwort kennwort wachtwoord senha contrasena"
          + " contrase\u00f1a motdepasse secret secrets secretkey secretaccesskey secretkeybase"
          + " secretid secretvalue token tokenvalue apikey apikeys accesskey privatekey signingkey"
          + " encryptionkey masterkey accountkey sharedkey authkey appkey applicationkey"
          + " subscriptionkey functionskey integrationkey licensekey storagekey hmackey sshkey"
          + " clientkeydata credential credentials basicauth xauth rediscliauth requirepass"
          + " masterauth authplain authlogin sessionid sessid signature samlresponse"
          + " clientassertion passwordconfirmation passwordconfirm passwordrepeat passwordagain"
          + " storepass keypass userpass dbpass securityanswer mnemonic seedphrase cardnumber"
          + " creditcard socialsecuritynumber";

  private static final String CODES =
      "passcode pincode pinblock otpcode totpcode mfacode verificationcode securitycode"
          + " recoverycode backupcode";

  private static final String LISTS =
      "tokens signingkeys privatekeys accesskeys authkeys signatures recoverycodes backupcodes"
          + " passcodes";

  private static final String AFTER_BOUNDARY = "pass pwd pswd pw psw sig sid jwt bearer ssn iban";

  private static final String CODES_AFTER_BOUNDARY = "pin otp totp cvv cvc";

  /** {@code password[0]}, {@code "password"}, {@code password2}: what may stand behind a name. */
  private static final int LONGEST_DECORATION = 8;

  private final Node root = new Node();

  /** The last two letters of all names, five bits of each: refuses nearly every other word. */
  private final boolean[] endings = new boolean[1 << 10];

  SensitiveKeys(Collection<String> own) {
    addAll(ANYWHERE, Kind.VALUE, false);
    addAll(CODES, Kind.CODE, false);
    addAll(LISTS, Kind.LIST, false);
    addAll(AFTER_BOUNDARY, Kind.VALUE, true);
    addAll(CODES_AFTER_BOUNDARY, Kind.CODE, true);
    addAll("authorization", Kind.AUTHORIZATION, false);
    addAll("cookie cookies cookie2 stripesignature hubsignature", Kind.LINE, false);
    own.forEach(name -> add(name, Kind.VALUE, false));
  }

  private void addAll(String names, Kind kind, boolean needsBoundary) {
    for (String name : names.split(" ", -1)) {
      add(name, kind, needsBoundary);
    }
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
    int at = nameEnd(text, end);
    if (!mayEnd(text, at)) {
      return Kind.NONE;
    }
    Kind longest = Kind.NONE;
    Node node = root;
    while (at > 0) {
      char c = text.charAt(--at);
      if (isSeparator(c) && node != root) {
        if (at == 0) {
          break;
        }
        c = text.charAt(--at); // one separator between two letters, not a line of them
      }
      node = node.child(Chars.lower(c));
      if (node == null) {
        break;
      }
      if (node.kind != Kind.NONE && !(node.needsBoundary && !isBoundary(text, at))) {
        longest = node.kind;
      }
    }
    return longest;
  }

  /** Where the name ends whose decoration ends at {@code end}. */
  private static int nameEnd(CharSequence text, int end) {
    int at = end;
    if (at > 0 && text.charAt(at - 1) == ';' && Chars.startsWith(text, at - 6, "&quot;")) {
      at -= 6; // JSON in HTML
    }
    while (at > 0 && end - at < LONGEST_DECORATION && isDecoration(text.charAt(at - 1))) {
      at--;
    }
    boolean numbered = at > 1 && at < end && Ascii.isDigit(text.charAt(at));
    return numbered && (text.charAt(at - 1) == '_' || text.charAt(at - 1) == '-') ? at - 1 : at;
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
    return c == '-' || c == '_' || c == '.' || c == ' ' || c == '\u00a0';
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
