package limbeck.bench.workload;

import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.Linear;
import limbeck.engine.op.Relu;

/**
 * A sentence classifier on word vectors [batch, time, width]: one layer of long short-term memory
 * in both directions, a hidden layer on where they end, two classes. Tang et al. 2019,
 * arXiv:1903.12136, with their sizes: 300 to 2 × 150, 200.
 */
public final class BiLstm extends Module {
  /** Numbers of a word. */
  public static final int WIDTH = 300;

  private static final int HIDDEN = 150;
  private static final int JOINED = 200;
  private static final int CLASSES = 2;

  private final limbeck.autograd.module.BiLstm lstm =
      child("lstm", new limbeck.autograd.module.BiLstm(WIDTH, HIDDEN));
  private final Linear joined = child("joined", new Linear(2 * HIDDEN, JOINED));
  private final Linear classes = child("classes", new Linear(JOINED, CLASSES));

  /** A network without values. */
  public BiLstm() {}

  @Override
  public Var forward(Var x) {
    return classes.forward(joined.forward(lstm.ends(x, null)).apply(new Relu()));
  }
}
