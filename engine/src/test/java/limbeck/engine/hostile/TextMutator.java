package limbeck.engine.hostile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Damages texts: their numbers, words, signs, lines and brackets. */
final class TextMutator {
  private static final Pattern WORD = Pattern.compile("-?[0-9][0-9.eE+-]*|\\w+|\"[^\"\n]{0,200}\"");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9][0-9.eE+-]*");
  private static final Pattern LINE = Pattern.compile("[^\n,]{1,500}[\n,]?");

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-1",
          "1",
          "-0",
          "2147483647",
          "2147483648",
          "-2147483648",
          "4294967296",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775809",
          "1e999",
          "1e-400",
          "-1.5",
          "NaN",
          "Infinity",
          "007",
          "1e",
          "0x10",
          "1000000",
          "65536",
          "3000000000",
          "1".repeat(400));

  private static final List<String> SIGNS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "\"",
          "'",
          ",",
          ":",
          "\\",
          "\n",
          "\r\n",
          "\t",
          " ",
          "-",
          ".",
          "e",
          "=",
          "#",
          "\0",
          "\u001f",
          "\ufeff",
          "é",
          "\ud83d\ude00",
          "[[",
          "]]",
          "null",
          "true",
          "\\u0000",
          "\\ud800",
          "{}",
          "[]",
          "\"\"",
          "[null]",
          "{\"a\":{}}");

  private static final List<String> OPENERS =
      List.of("[", "{", "{\"a\":", "[{\"a\":", "(", "\"", "a.", "[[", "{a=", "\\\"", "'''", "-");

  private final SplittableRandom random;

  TextMutator(SplittableRandom random) {
    this.random = random;
  }

  /** Characters are bytes here: what is no UTF-8 stays so. */
  byte[] mutated(byte[] file) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    return mutated(text).getBytes(StandardCharsets.ISO_8859_1);
  }

  private String mutated(String text) {
    return switch (random.nextInt(6)) {
      case 0 -> replaced(text, NUMBER, one(NUMBERS));
      case 1 -> replaced(text, WORD, random.nextInt(3) == 0 ? one(NUMBERS) : word(text));
      case 2 -> inserted(text, one(SIGNS));
      case 3 -> replaced(text, LINE, random.nextInt(2) == 0 ? "" : piece(text, LINE));
      case 4 -> inserted(text, piece(text, LINE));
      default -> inserted(text, nested());
    };
  }

  private String nested() {
    int times = 1 << random.nextInt(15);
    return one(OPENERS).repeat(times) + (random.nextInt(2) == 0 ? "" : "]".repeat(times));
  }

  private String word(String text) {
    return random.nextInt(4) == 0 ? one(SIGNS) : piece(text, WORD);
  }

  private String inserted(String text, String what) {
    int at = random.nextInt(text.length() + 1);
    return text.substring(0, at) + bytes(what) + text.substring(at);
  }

  private String replaced(String text, Pattern pattern, String by) {
    int[] at = any(text, pattern);
    return text.substring(0, at[0]) + bytes(by) + text.substring(at[1]);
  }

  private String piece(String text, Pattern pattern) {
    int[] at = any(text, pattern);
    return text.substring(at[0], at[1]);
  }

  /** Where one of what matches begins and ends. */
  private int[] any(String text, Pattern pattern) {
    List<int[]> all = new ArrayList<>();
    Matcher m = pattern.matcher(text);
    while (m.find()) {
      all.add(new int[] {m.start(), m.end()});
    }
    return all.isEmpty() ? new int[2] : all.get(random.nextInt(all.size()));
  }

  private String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** What is not a byte yet becomes those of UTF-8. */
  private static String bytes(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xff) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return new String(utf8, StandardCharsets.ISO_8859_1);
      }
    }
    return text;
  }
}
