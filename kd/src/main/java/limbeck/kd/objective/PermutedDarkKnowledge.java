package limbeck.kd.objective;

import limbeck.autograd.Streams;
import limbeck.autograd.Var;
import limbeck.engine.op.layout.Gather;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Batch;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;
import limbeck.kd.Progress;

/**
 * Dark knowledge with permuted predictions (DKPP), an ablation of born-again networks: KL(π p ‖ q)
 * at temperature 1, mean over examples, where π leaves the teacher's largest probability in its
 * place and shuffles the others, for each example and step anew. T. Furlanello, Z. Lipton, M.
 * Tschannen, L. Itti and A. Anandkumar, Born-Again Neural Networks, ICML 2018, arXiv:1805.04770,
 * section 3.4.
 *
 * <p>The teacher's choice, its confidence and the sizes of the other probabilities survive; which
 * class is similar to which does not. The paper's loss is the cross-entropy, which is larger by the
 * teacher's entropy and has the same gradient.
 *
 * <p>The shuffle is a function of seed, step and the example's index, whatever batch it is in.
 */
public record PermutedDarkKnowledge() implements Objective {
  private static final long STREAM = Streams.of("permuted-dark-knowledge");

  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    Outputs permuted = new Outputs(permuted(teacher.logits(), batch));
    return new SoftTargets(1).loss(student, permuted, batch);
  }

  /** The teacher's logits, those below the first largest shuffled, row by row. */
  static Var permuted(Var v, Batch batch) {
    int classes = v.shape().last();
    Progress p = batch.progress();
    Philox step = new Philox(p.seed(), STREAM).stream(p.step());
    int[] from = new int[v.shape().size()];
    int[] order = new int[classes - 1];
    for (int row = 0; row < batch.size(); row++) {
      step.stream(batch.indices()[row]).permutation(order);
      int largest = largest(v.value(), row * classes, classes);
      for (int c = 0, next = 0; c < classes; c++) {
        int source = c == largest ? c : skip(order[next++], largest);
        from[row * classes + c] = row * classes + source;
      }
    }
    return v.reshape(-1).apply(new Gather(0), Var.of(Tensor.of(v.shape(), from)));
  }

  private static int largest(Tensor v, int i, int n) {
    int best = 0;
    for (int c = 1; c < n; c++) {
      best = v.get(i + c) > v.get(i + best) ? c : best;
    }
    return best;
  }

  /** The class with this number among those that are not the largest. */
  private static int skip(int number, int largest) {
    return number < largest ? number : number + 1;
  }

  @Override
  public String formula() {
    return "KL(π p ‖ q), π shuffling all but the largest";
  }
}
