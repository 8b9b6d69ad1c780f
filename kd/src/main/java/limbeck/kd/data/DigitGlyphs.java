package limbeck.kd.data;

import java.util.ArrayList;
import java.util.List;

/**
 * How the ten digits are written: for each several skeletons, as points that the pen passes
 * through. Coordinates run from 0 to 100, rightwards and downwards; {@code ^} marks a corner,
 * {@code |} lifts the pen.
 */
final class DigitGlyphs {
  private static final String[][] SKELETONS = {
    {
      "52,2 25,14 12,48 22,84 48,99 76,86 88,50 78,15 50,2",
      "70,8 45,2 20,22 12,55 26,90 52,98 80,80 88,42 74,12 55,4",
      "58,0 34,20 28,55 36,92 54,100 70,82 76,46 70,12 54,2 44,8",
      "56,6 26,18 12,52 24,88 50,99 78,84 88,46 74,14 52,8 44,20 60,24",
      "60,4 30,18 14,54 26,92 54,98 82,76 84,38 64,14 44,14",
    },
    {
      "50,0 50,50 50,100",
      "64,0 52,50 40,100",
      "28,24 56,0^ 54,50 52,100",
      "30,22 55,0^ 54,50 53,100 | 28,100 80,98",
      "28,30 60,2^ 57,50 54,100",
      "36,16 58,0^ 52,48 42,100",
    },
    {
      "14,22 34,2 66,4 80,28 60,60 14,98^ 50,97 88,96",
      "16,24 38,2 70,8 74,38 44,78 20,92 14,80 34,76 60,92 90,90",
      "18,16 48,0 78,18 66,52 18,96^ 46,88 70,98 92,88",
      "16,8 50,2 82,10^ 60,50 16,98^ 86,98",
      "22,30 34,6 62,2 76,22 58,54 24,84 16,96^ 40,92 84,98",
    },
    {
      "16,12 50,0 78,20 46,46^ 82,72 52,100 12,88",
      "16,4 80,4^ 42,40^ 80,60 74,90 40,100 12,86",
      "20,16 48,2 74,18 66,40 44,48 74,58 82,82 50,100 14,90",
      "18,14 50,0 74,20 50,46 40,50 44,42 78,58 78,86 46,100 14,86",
      "24,8 56,2 76,16 60,38 36,46^ 70,52 84,74 60,98 18,94",
    },
    {
      "24,4 14,54^ 50,53 84,52 | 70,0 66,100",
      "22,2 16,44 30,58 72,48 | 78,2 70,100",
      "66,100 66,50 66,0^ 10,64^ 50,64 90,64",
      "46,6 16,42 24,56 74,50 | 78,4 68,100",
      "52,4 28,16 12,46 30,60 76,50 | 78,8 70,100",
      "44,2 12,58^ 52,60 92,56 | 60,34 52,100",
    },
    {
      "80,2 28,2^ 22,42^ 52,36 82,60 66,94 14,94",
      "30,4 24,44^ 58,38 84,64 62,98 14,90 | 28,4 56,3 84,2",
      "82,6 44,4 26,24 44,46 76,60 74,90 40,100 14,90",
      "76,2 34,4^ 24,44^ 60,38 84,66 60,98 26,92 16,76",
      "36,2 28,40 54,40 76,58 68,88 40,100 16,90 | 34,4 60,8 88,0",
    },
    {
      "70,2 34,24 14,66 30,98 66,96 80,70 56,52 20,66",
      "48,0 22,50 20,84 46,100 74,86 72,60 46,52 22,70",
      "62,2 28,18 12,58 28,96 64,98 84,66 66,36 34,42 18,64",
      "78,14 56,2 26,26 14,68 36,98 70,92 78,66 52,52 20,72",
      "60,0 40,30 26,70 40,98 64,92 66,68 46,62 28,80",
    },
    {
      "12,6 48,5 84,4^ 60,52 40,100",
      "12,6 48,5 84,4^ 62,52 44,100 | 32,52 80,48",
      "14,20 16,4^ 50,4 84,4^ 56,48 42,100",
      "14,10 48,2 82,8 66,40 46,100",
      "20,12 70,3^ 60,50 46,100",
      "16,12 46,14 80,2^ 64,44 58,100 | 42,54 80,50",
    },
    {
      "72,14 44,0 22,20 44,44 78,70 54,100 18,82 40,52 72,26 70,10",
      "50,46 24,26 50,2 76,24 50,46 18,72 48,100 84,74 52,46",
      "80,10 50,2 24,20 50,46 80,74 50,100 20,78 46,50 84,16",
      "64,10 44,2 34,20 52,48 68,78 48,100 30,80 48,50 66,22",
      "58,46 34,30 40,4 68,6 70,30 46,52 26,78 46,100 72,84 62,56 44,44",
    },
    {
      "78,14 46,4 18,28 38,52 74,36 78,10^ 76,50 74,100",
      "80,22 52,2 20,22 34,50 72,42 82,16 80,60 62,96 26,94",
      "74,8 30,12 26,46 70,42 76,6^ 66,100",
      "66,6 32,10 26,42 58,50 76,18 68,56 40,100",
      "74,20 50,2 26,18 34,44 62,44 76,20^ 72,60 76,100",
    },
  };

  private static final List<List<List<Stroke>>> PARSED = parsed();

  private DigitGlyphs() {}

  /**
   * One movement of the pen.
   *
   * @param points x and y of each point in turn, the unit square
   * @param corners which points are corners
   */
  record Stroke(float[] points, boolean[] corners) {
    int size() {
      return corners.length;
    }
  }

  /** How many ways there are to write {@code digit}. */
  static int variants(int digit) {
    return PARSED.get(digit).size();
  }

  /** The strokes of one way to write {@code digit}. */
  static List<Stroke> strokes(int digit, int variant) {
    return PARSED.get(digit).get(variant);
  }

  private static List<List<List<Stroke>>> parsed() {
    List<List<List<Stroke>>> digits = new ArrayList<>();
    for (String[] skeletons : SKELETONS) {
      List<List<Stroke>> variants = new ArrayList<>();
      for (String skeleton : skeletons) {
        List<Stroke> strokes = new ArrayList<>();
        for (String stroke : skeleton.split(" \\| ")) {
          strokes.add(stroke(stroke.split(" ")));
        }
        variants.add(List.copyOf(strokes));
      }
      digits.add(List.copyOf(variants));
    }
    return List.copyOf(digits);
  }

  private static Stroke stroke(String[] tokens) {
    float[] points = new float[2 * tokens.length];
    boolean[] corners = new boolean[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      corners[i] = tokens[i].endsWith("^") || i == 0 || i == tokens.length - 1;
      String[] xy = tokens[i].replace("^", "").split(",");
      points[2 * i] = Integer.parseInt(xy[0]) / 100f;
      points[2 * i + 1] = Integer.parseInt(xy[1]) / 100f;
    }
    return new Stroke(points, corners);
  }
}
