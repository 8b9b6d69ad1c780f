package limbeck.kd.objective;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import limbeck.autograd.Var;
import limbeck.engine.op.Normalize;
import limbeck.engine.op.Reduction;
import limbeck.engine.op.loss.SquaredError;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Objective;
import limbeck.kd.TapShapes;

/**
 * Patient knowledge distillation: inner layers of a transformer learn from inner layers of its
 * teacher what these think of the whole text, Σ_j ‖s_j / ‖s_j‖ − t_I(j) / ‖t_I(j)‖‖² over the
 * vectors s and t of the token {@code [CLS]}. S. Sun, Y. Cheng, Z. Gan and J. Liu, Patient
 * knowledge distillation for BERT model compression, EMNLP 2019, arXiv:1908.09355.
 *
 * <p>Layers j are 1 to M − 1 of the student's M: its last is left to soft targets and labels, which
 * belong beside this. Of a teacher with N layers, {@link Pairing#SKIP} takes I(j) = ⌊j · N / M⌋,
 * {@link Pairing#LAST} I(j) = N − M + j; the paper's student of 6 from 12 has 2, 4, 6, 8, 10 or 7,
 * 8, 9, 10, 11. Each term is 2 − 2 cos, from 0 to 4: lengths of vectors do not matter, nor do
 * tokens behind a text's end. Both networks must be as wide; they may have other tokens.
 *
 * <p>A sum over layers as in the paper. The paper sums over examples too, in all terms of its loss;
 * here all are means over examples.
 *
 * <p>The paper's student starts from the first M layers of its teacher.
 *
 * @param pairing which of the teacher's layers teach, where pairs are not given
 * @param pairs student's and teacher's layers, from 1 on, such as {@code 1:3}; empty: as the
 *     pairing says
 */
public record PatientKd(
    @Hyperparameter(
            standard = "skip",
            help = "skip: layers spread over the teacher; last: its last ones")
        Pairing pairing,
    @Hyperparameter(help = "layers student:teacher, such as \"1:3\"; without: by the pairing")
        List<String> pairs)
    implements LayerObjective {
  private static final String METHOD = "patient-kd";

  /** Which of the teacher's layers teach. */
  public enum Pairing {
    /** Every so many: PKD-Skip. */
    SKIP,

    /** Those before the last: PKD-Last. */
    LAST
  }

  /** Checks the settings. */
  public PatientKd {
    Settings.requireGiven(METHOD, "pairing", pairing);
    pairs = LayerPairs.checked(METHOD, pairs);
  }

  /** With the layers that a pairing says. */
  public PatientKd(Pairing pairing) {
    this(pairing, List.of());
  }

  @Override
  public Objective fitted(TapShapes student, TapShapes teacher) {
    Encoder own = Encoder.of(this, student);
    Encoder others = Encoder.of(this, teacher);
    own.requireWidthOf(others);
    List<LayerPairs.Pair> layers = pairs(own, others);
    List<String> studentTaps = layers.stream().map(p -> own.first(p.student())).toList();
    List<String> teacherTaps = layers.stream().map(p -> others.first(p.teacher())).toList();
    return new Fitted(
        this,
        studentTaps,
        teacherTaps,
        Map.of(),
        (s, t) -> {
          Var sum = null;
          for (int i = 0; i < layers.size(); i++) {
            Var one = distance(s.feature(studentTaps.get(i)), t.feature(teacherTaps.get(i)));
            sum = sum == null ? one : sum.plus(one);
          }
          return sum;
        });
  }

  private List<LayerPairs.Pair> pairs(Encoder own, Encoder others) {
    if (!pairs.isEmpty()) {
      return LayerPairs.given(pairs, own, others);
    }
    if (own.layers() < 2) {
      throw new IllegalArgumentException(
          METHOD
              + ": "
              + own.shapes().network()
              + " has no layer before its last, which learns from labels and soft targets; 2 layers"
              + " at least, or pairs, expected");
    }
    LayerPairs.requireNoMore(own, others);
    return IntStream.range(1, own.layers())
        .mapToObj(j -> new LayerPairs.Pair(j, teacher(own, others, j)))
        .toList();
  }

  private int teacher(Encoder own, Encoder others, int layer) {
    return pairing == Pairing.SKIP
        ? LayerPairs.spread(own, others, layer)
        : others.layers() - own.layers() + layer;
  }

  /** The squared distance of directions, mean over examples; rows [batch, width]. */
  static Var distance(Var student, Var teacher) {
    return student
        .apply(new Normalize())
        .apply(new SquaredError(1, Reduction.BATCH_MEAN), teacher.apply(new Normalize()));
  }

  @Override
  public String formula() {
    String layers = pairs.isEmpty() ? pairing.name().toLowerCase(Locale.ROOT) : "" + pairs;
    return "Σ ‖s/‖s‖ − t/‖t‖‖², [CLS] of layers: " + layers;
  }
}
