package limbeck.kd.objective;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.engine.op.layout.MaskFill;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;
import limbeck.kd.TapShapes;

/**
 * Transformer distillation, what TinyBERT learns of layers: MSE(E_s W_e, E_t) of embeddings, and
 * for each layer m of M and its teacher's g(m) MSE(H_s W_h, H_t) of hidden states and the mean over
 * heads of MSE(A_s, A_t) of attention's scores, before their softmax. X. Jiao et al., TinyBERT:
 * distilling BERT for natural language understanding, Findings of EMNLP 2020, arXiv:1909.10351,
 * section 3.1.
 *
 * <p>Without given pairs g(m) = ⌊m · N / M⌋ of N layers: 3, 6, 9, 12 for 4 of 12; the last learns
 * from the last. W_e and W_h are learned along and thrown away; W_h is one for all layers. Where
 * both networks are as wide they are the identity. Attention must have as many heads.
 *
 * <p>Means are over an example's real steps, of scores over its pairs of them, and then over
 * examples. Released code averages over padding too, with scores at or below −100 set to 0 in both.
 *
 * <p>The paper's second half, soft targets at temperature 1, is {@link SoftTargets}, in a stage of
 * its own after this.
 *
 * @param embeddings weight of the embeddings
 * @param hidden weight of hidden states
 * @param attention weight of scores
 * @param pairs student's and teacher's layers, from 1 on, such as {@code 1:3}; empty: spread
 */
public record TinyBertLayers(
    @Hyperparameter(standard = "1", help = "weight of the embeddings") double embeddings,
    @Hyperparameter(standard = "1", help = "weight of hidden states") double hidden,
    @Hyperparameter(standard = "1", help = "weight of attention's scores") double attention,
    @Hyperparameter(help = "layers student:teacher, such as \"1:3\"; without: spread evenly")
        List<String> pairs)
    implements LayerObjective {
  private static final String METHOD = "tiny-bert-layers";

  /** Checks the settings. */
  public TinyBertLayers {
    Settings.requireNotNegative(METHOD, "embeddings", embeddings);
    Settings.requireNotNegative(METHOD, "hidden", hidden);
    Settings.requireNotNegative(METHOD, "attention", attention);
    Settings.require(
        embeddings + hidden + attention > 0, METHOD, "sum of weights", 0, "one above 0");
    pairs = LayerPairs.checked(METHOD, pairs);
  }

  /** As in the paper: all three, of layers that are spread evenly. */
  public TinyBertLayers() {
    this(1, 1, 1, List.of());
  }

  /** What is compared: two taps, by states or by scores. */
  private record Comparison(
      double weight, boolean ofScores, String student, String teacher, Module projection) {
    Var loss(Outputs s, Outputs t) {
      Var own = s.feature(student);
      Var taught = t.feature(teacher);
      RealSteps real = RealSteps.of(s, own.shape().axis(0), own.shape().axis(ofScores ? 2 : 1));
      Var difference =
          ofScores
              ? TinyBertLayers.scores(own, taught, real)
              : states(own, taught, projection, real);
      return weight == 1 ? difference : difference.times(weight);
    }
  }

  @Override
  public Objective fitted(TapShapes student, TapShapes teacher) {
    Encoder own = Encoder.of(this, student);
    Encoder others = Encoder.of(this, teacher);
    own.requireStepsOf(others);
    Map<String, Module> learned = new LinkedHashMap<>();
    List<Comparison> all = new ArrayList<>();
    if (embeddings > 0) {
      Module w = projection("embeddings", own, others, learned);
      all.add(new Comparison(embeddings, false, own.embeddings(), others.embeddings(), w));
    }
    Module w = hidden > 0 ? projection("hidden", own, others, learned) : null;
    for (LayerPairs.Pair p : pairs(own, others)) {
      if (hidden > 0) {
        String from = own.hidden(p.student());
        all.add(new Comparison(hidden, false, from, others.hidden(p.teacher()), w));
      }
      if (attention > 0) {
        own.requireHeadsOf(p.student(), others, p.teacher());
        String from = own.scores(p.student());
        all.add(new Comparison(attention, true, from, others.scores(p.teacher()), null));
      }
    }
    return new Fitted(
        this,
        all.stream().map(Comparison::student).distinct().toList(),
        all.stream().map(Comparison::teacher).distinct().toList(),
        learned,
        (s, t) -> all.stream().map(c -> c.loss(s, t)).reduce(Var::plus).orElseThrow());
  }

  /** The identity, null, where both are as wide. */
  private static Module projection(
      String name, Encoder own, Encoder others, Map<String, Module> learned) {
    if (own.width() == others.width()) {
      return null;
    }
    Module w = new Projection(own.width(), others.width());
    learned.put(name, w);
    return w;
  }

  private List<LayerPairs.Pair> pairs(Encoder own, Encoder others) {
    return pairs.isEmpty()
        ? IntStream.rangeClosed(1, own.layers())
            .mapToObj(m -> new LayerPairs.Pair(m, LayerPairs.spread(own, others, m)))
            .toList()
        : LayerPairs.given(pairs, own, others);
  }

  /** The mean squared difference of states [batch, steps, width]. */
  private static Var states(Var student, Var teacher, Module projection, RealSteps real) {
    Var rows = real.rows(student);
    Var projected = projection == null ? rows : projection.forward(rows);
    Var difference = projected.minus(real.rows(teacher));
    return real.mean(difference.times(difference).mean(-1));
  }

  /** The mean squared difference of scores [batch, heads, steps, steps]. */
  static Var scores(Var student, Var teacher, RealSteps real) {
    Var difference = student.minus(teacher).apply(new MaskFill(0), real.keys());
    return real.meanOfHeads(difference.times(difference).sum(-1), true);
  }

  @Override
  public String formula() {
    return embeddings
        + " · MSE(E_s W_e, E_t) + Σ_m ("
        + hidden
        + " · MSE(H_s W_h, H_t) + "
        + attention
        + " · MSE(A_s, A_t))";
  }
}
