package limbeck.kd.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Markdown page of the project's top folder, taken apart: fenced blocks, code spans, links.
 *
 * @param name the file's name
 * @param lines as they stand
 */
record DocsPage(String name, List<String> lines) {
  private static final Pattern FENCE = Pattern.compile("^```(\\w*)\\s*$");
  private static final Pattern COMMENT = Pattern.compile("^<!--\\s*(.*?)\\s*-->$");
  private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("^#{1,6}\\s+(.*)$");

  /**
   * A fenced block.
   *
   * @param line of its opening fence, from 1
   * @param language after the fence
   * @param note content of the HTML comment before it; empty if there is none
   */
  record Block(int line, String language, String note, String text) {}

  /** Part of a line: a code span, a link's target, a heading. */
  record Piece(int line, String text) {}

  static DocsPage read(Path file) throws IOException {
    return new DocsPage(file.getFileName().toString(), Files.readAllLines(file));
  }

  /** The fenced blocks, in order. */
  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    String note = "";
    for (int i = 0; i < lines.size(); i++) {
      Matcher comment = COMMENT.matcher(lines.get(i).strip());
      Matcher fence = FENCE.matcher(lines.get(i));
      if (fence.matches()) {
        int end = closing(i);
        String text = String.join("\n", lines.subList(i + 1, end)) + "\n";
        blocks.add(new Block(i + 1, fence.group(1), note, text));
        i = end;
      }
      note = comment.matches() ? comment.group(1) : lines.get(i).isBlank() ? note : "";
    }
    return blocks;
  }

  private int closing(int from) {
    for (int i = from + 1; i < lines.size(); i++) {
      if (lines.get(i).equals("```")) {
        return i;
      }
    }
    throw new IllegalStateException(name + ":" + (from + 1) + ": this block is never closed");
  }

  /** The lines outside fenced blocks and comments, others blanked. */
  private List<String> prose() {
    List<String> prose = new ArrayList<>(lines);
    for (Block block : blocks()) {
      int end = closing(block.line() - 1);
      for (int i = block.line() - 1; i <= end; i++) {
        prose.set(i, "");
      }
    }
    prose.replaceAll(line -> COMMENT.matcher(line.strip()).matches() ? "" : line);
    return prose;
  }

  /** Code spans outside blocks. */
  List<Piece> spans() {
    return pieces(SPAN, prose());
  }

  /** Targets of links outside blocks and code spans. */
  List<Piece> links() {
    List<String> plain = new ArrayList<>(prose());
    plain.replaceAll(line -> SPAN.matcher(line).replaceAll("code"));
    return pieces(LINK, plain);
  }

  /** The anchors of headings: lower case, blanks as hyphens, other signs dropped. */
  TreeSet<String> anchors() {
    TreeSet<String> anchors = new TreeSet<>();
    for (Piece heading : pieces(HEADING, prose())) {
      String text = heading.text().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}\\- ]", "");
      anchors.add(text.strip().replace(' ', '-'));
    }
    return anchors;
  }

  private static List<Piece> pieces(Pattern pattern, List<String> lines) {
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher m = pattern.matcher(lines.get(i));
      while (m.find()) {
        pieces.add(new Piece(i + 1, m.group(1).strip()));
      }
    }
    return pieces;
  }
}
