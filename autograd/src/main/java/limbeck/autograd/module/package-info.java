/**
 * Layers: what owns parameters and says how they are used. {@link limbeck.autograd.module.Linear}
 * is the one to read first. What is left of it without the choice of initial values is
 *
 * <pre>{@code
 * public final class Linear extends Module {
 *   private final Parameter weight;
 *   private final Parameter bias;
 *
 *   public Linear(int in, int out) {
 *     weight = parameter("weight", Shape.of(out, in), Init.uniform(1 / StrictMath.sqrt(in)));
 *     bias = parameter("bias", Shape.of(out), Init.uniform(1 / StrictMath.sqrt(in)));
 *   }
 *
 *   @Override
 *   public Var forward(Var x) {
 *     return x.apply(new limbeck.engine.op.Linear(), weight, bias);
 *   }
 * }
 * }</pre>
 *
 * <p>A layer has no backward: the tape records the ops that forward applies, and each op has its
 * own. It has no batch size either. Names and shapes of parameters are those of PyTorch's layers,
 * so that checkpoints can be taken over.
 *
 * <p>Layers make models as children of a {@link limbeck.autograd.Module} of one's own, or of {@link
 * limbeck.autograd.module.Sequential}. Then read {@link limbeck.autograd.module.LayerNorm}, {@link
 * limbeck.autograd.module.Conv2d} and {@link limbeck.autograd.module.MultiHeadAttention}, which is
 * made of four linear layers.
 */
package limbeck.autograd.module;
