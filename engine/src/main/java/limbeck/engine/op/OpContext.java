package limbeck.engine.op;

import limbeck.engine.exec.Chunks;
import limbeck.engine.exec.RangeBody;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.Gemm;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.kernel.Kernels;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.Winograd;
import limbeck.engine.kernel.composite.StridedCopy;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.engine.tensor.Workspace;

/**
 * What ops run with: kernels, workers, memory, packed weights. For one thread at a time; keep one
 * per thread that trains or infers, because it holds the matrix product's buffers.
 */
public final class OpContext {
  /**
   * A loop over independent units of an op's forward pass. Make it a constant: then calls allocate
   * nothing.
   */
  @FunctionalInterface
  public interface ForwardPass {
    /** Does units {@code from} to {@code to}. */
    void run(OpContext c, Tensor[] in, Tensor out, int from, int to);
  }

  /**
   * What an op's forward pass does with pieces of rows of a product, see {@link Gemm.Finish}. Make
   * it a constant: then calls allocate nothing.
   */
  @FunctionalInterface
  public interface RowPass {
    /** Does elements {@code from} to {@code to} of row {@code row} of {@code out}. */
    void run(OpContext c, Tensor[] in, Tensor out, int row, int from, int to);
  }

  private final Kernels f32;
  private final Kernels f64;
  private final Workers workers;
  private final Workspace workspace;
  private final PassBody body = new PassBody();
  private final RowBody rowBody = new RowBody();
  private final StridedCopy stridedCopy = new StridedCopy();
  private final Lanes lanes;
  private final PackedOperands packed = new PackedOperands();
  private PackedWeights weights = PackedWeights.NONE;
  private Gemm gemm32;
  private Gemm gemm64;
  private Tensor saved;
  private Finish finish;
  private Tensor transformed;

  /** A context on the fastest kernels here, sharing the process-wide workers. */
  public OpContext() {
    this(Workers.shared());
  }

  /** A context on the fastest kernels here. */
  public OpContext(Workers workers) {
    this(KernelProvider.f32(), workers, new Workspace());
  }

  /** A context on kernels of one's choice: all choices give the same bits. */
  public OpContext(Kernels f32, Workers workers, Workspace workspace) {
    this.f32 = f32;
    this.f64 = KernelProvider.f64();
    this.workers = workers;
    this.workspace = workspace;
    this.lanes = new Lanes(f32, f64, workspace.isPoisoning(), workers.count());
  }

  /** The memory of one step. */
  public Workspace workspace() {
    return workspace;
  }

  /** The threads that share the work. */
  public Workers workers() {
    return workers;
  }

  /** The row loops for tensors like {@code t}. */
  public Rows rows(Tensor t) {
    return t.dtype() == DType.F64 ? f64.rows() : f32.rows();
  }

  /** The loops of Winograd's convolution for tensors like {@code t}. */
  public Winograd winograd(Tensor t) {
    return t.dtype() == DType.F64 ? f64.winograd() : f32.winograd();
  }

  /**
   * A scratch tensor of undefined contents, alive until the op returns. Call it in the op itself,
   * not in its chunks: these take scratch from a {@link #lane}.
   */
  public Tensor take(DType type, Shape shape) {
    return workspace.take(type, shape);
  }

  /** The buffer between forward and backward of the op being run; null if it has none. */
  public Tensor saved() {
    return saved;
  }

  /** Sets the buffer of the op to run next. Called by tape and runner. */
  public void saved(Tensor buffer) {
    saved = buffer;
  }

  /**
   * What the op being run does to each piece of its result when it has computed it; null, mostly,
   * for nothing. Only ops that say so ({@link Op#finishes}) are given one.
   */
  public Finish finish() {
    return finish;
  }

  /** Sets what the op to run next ends with. Called by the runner. */
  public void finishWith(Finish next) {
    finish = next;
  }

  /** Does {@link #finish()}, if there is one, to a piece of the result. */
  public void finish(Tensor out, int at, int n) {
    if (finish != null) {
      finish.run(rows(out), out, at, n);
    }
  }

  /** Registers weights packed in advance, which {@link #multiply} will then use. */
  public void weights(PackedWeights packed) {
    weights = packed;
  }

  /**
   * Weights transformed in advance, see {@link PackedWeights#transformed}; null if there are none.
   */
  public Tensor transformed(Tensor w) {
    return weights.transformed(w);
  }

  /** Sets what {@link #transformed()} hands to the chunks of the op being run. */
  public void useTransformed(Tensor w) {
    transformed = w;
  }

  /** The transformed weights of the op being run, for its chunks. */
  public Tensor transformed() {
    return transformed;
  }

  /**
   * C[m, n] = op(A) · op(B), by {@link Gemm#multiply}; the same bits from weights packed in
   * advance.
   */
  public void multiply(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      Tensor a,
      int lda,
      Tensor b,
      int ldb,
      Tensor c,
      int ldc) {
    multiply(transA, transB, m, n, k, a, lda, b, ldb, c, ldc, null);
  }

  /**
   * As the product without {@code finish}, whose work follows the computation of each element.
   *
   * @param finish null: nothing
   */
  public void multiply(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      Tensor a,
      int lda,
      Tensor b,
      int ldb,
      Tensor c,
      int ldc,
      Gemm.Finish finish) {
    Gemm gemm = gemm(c);
    Gemm.Packed packed = weights.find(b, transB);
    if (packed != null) {
      gemm.multiplyPacked(workers, transA, m, a, 0, lda, packed, c, 0, ldc, finish);
    } else {
      gemm.multiply(workers, transA, transB, m, n, k, a, 0, lda, b, 0, ldb, c, 0, ldc, finish);
    }
    rowBody.set(null, null, null);
  }

  /** The finish of the product that comes next, and of no other: {@code pass} on these tensors. */
  public Gemm.Finish finish(RowPass pass, Tensor[] in, Tensor out) {
    rowBody.set(pass, in, out);
    return rowBody;
  }

  /**
   * Packs op(B)[k, n] for the many small products of an op's chunks, which take it from {@link
   * #packed(int)}; weights packed in advance are there already.
   *
   * @param slot 0 to 3; a second matrix in a slot ends the first
   */
  public void pack(int slot, boolean transB, int n, int k, Tensor b) {
    Gemm.Packed found = weights.find(b, transB);
    if (found == null) {
      packed.pack(slot, gemm(b), transB, n, k, b);
    } else {
      packed.set(slot, found);
    }
  }

  /** The matrix of the last {@link #pack} into a slot. */
  public Gemm.Packed packed(int slot) {
    return packed.get(slot);
  }

  /** The matrix product for tensors like {@code t}. */
  public Gemm gemm(Tensor t) {
    if (t.dtype() == DType.F64) {
      return gemm64 == null ? gemm64 = f64.newGemm() : gemm64;
    }
    return gemm32 == null ? gemm32 = f32.newGemm() : gemm32;
  }

  /**
   * A lane for the calling chunk alone, to be given back at its end. Steps after the first allocate
   * none, but by chance.
   */
  public Lane lane() {
    return lanes.take();
  }

  /** Gives a lane back. A chunk that fails may keep its lane: it is garbage then. */
  public void giveBack(Lane lane) {
    lanes.giveBack(lane);
  }

  /**
   * Runs {@code loop} over units, in parallel where it pays.
   *
   * @param cost elementary operations per unit, roughly
   */
  public void forEach(int units, long cost, RangeBody loop) {
    workers.forEach(units, Chunks.unitsPerChunk(units, cost), loop);
  }

  /** As {@link #forEach}, without allocation, for forward passes. */
  public void forward(ForwardPass pass, int units, long cost, Tensor[] in, Tensor out) {
    body.set(pass, in, out);
    workers.forEach(units, Chunks.unitsPerChunk(units, cost), body);
    body.set(null, null, null);
  }

  /**
   * The copy in another order that this context keeps for its ops, begun anew: describe it, then
   * run it with {@link #workers()} and {@link #rows}.
   *
   * @param first the element of the source to start from
   */
  public StridedCopy stridedCopy(int first) {
    return stridedCopy.from(first);
  }

  private final class PassBody implements RangeBody {
    private ForwardPass pass;
    private Tensor[] in;
    private Tensor out;

    void set(ForwardPass newPass, Tensor[] operands, Tensor result) {
      pass = newPass;
      in = operands;
      out = result;
    }

    @Override
    public void run(int from, int to) {
      pass.run(OpContext.this, in, out, from, to);
    }
  }

  private final class RowBody implements Gemm.Finish {
    private RowPass pass;
    private Tensor[] in;
    private Tensor out;

    void set(RowPass newPass, Tensor[] operands, Tensor result) {
      pass = newPass;
      in = operands;
      out = result;
    }

    @Override
    public void run(int row, int from, int to) {
      pass.run(OpContext.this, in, out, row, from, to);
    }
  }
}
