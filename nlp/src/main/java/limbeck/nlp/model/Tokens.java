package limbeck.nlp.model;

import limbeck.autograd.Var;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * A batch of token sequences. What stands behind a sequence's end changes none of its results.
 *
 * @param ids numbers of tokens, I32 [batch, steps], any number behind a sequence's end
 * @param segments which of two texts a token belongs to, 0 or 1, I32 [batch, steps]; null: all to
 *     the first
 * @param lengths of the sequences, I32 [batch], each from 1 to steps
 */
public record Tokens(Var ids, Var segments, Var lengths) {
  /** Checks the shapes against each other. */
  public Tokens {
    Shape shape = ids.shape();
    if (shape.rank() != 2) {
      throw new ShapeException("tokens: ids [batch, steps] expected, were " + shape);
    }
    if (segments != null && !segments.shape().equals(shape)) {
      throw new ShapeException("tokens: ids " + shape + " and segments " + segments.shape());
    }
    if (!lengths.shape().equals(Shape.of(shape.axis(0)))) {
      throw new ShapeException("tokens: ids " + shape + " and lengths " + lengths.shape());
    }
  }

  /** Sequences of one text each. */
  public static Tokens of(Tensor ids, Tensor lengths) {
    return new Tokens(Var.of(ids), null, Var.of(lengths));
  }

  /** Sequences of two texts. */
  public static Tokens of(Tensor ids, Tensor segments, Tensor lengths) {
    return new Tokens(Var.of(ids), Var.of(segments), Var.of(lengths));
  }

  /** How many sequences there are. */
  public int batch() {
    return ids.shape().axis(0);
  }

  /** How many steps the longest may have. */
  public int steps() {
    return ids.shape().axis(1);
  }
}
