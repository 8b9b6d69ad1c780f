package limbeck.engine.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Memory for the tensors of one step: a bump allocator over slabs of array. {@link #take} hands out
 * the next piece, {@link #reset} takes everything back at once. After the first step the slabs have
 * the size that a step needs, and later steps allocate no arrays.
 *
 * <p>What {@code take} returns is <em>undefined</em>: whoever takes a tensor writes every element
 * of it. A tensor dies at the reset; {@link Tensor#own()} makes a copy that does not. With {@link
 * #poisoning} on, reset fills all memory with NaN (F32, F64) or {@link Integer#MIN_VALUE}, so that
 * a stale read or an unwritten element shows itself.
 *
 * <p>For one thread at a time.
 */
public final class Workspace {
  private static final int FIRST_SLAB = 1 << 12;

  /** Tensors start at multiples of this many elements: a cache line of floats. */
  private static final int ALIGNMENT = 16;

  /** Elements that fit into one array, whole vectors at its end included. */
  private static final int MOST = Integer.MAX_VALUE - 64;

  private final List<Slab> slabs = new ArrayList<>();

  /** A workspace that hands out whatever the memory holds. */
  public Workspace() {
    this(false);
  }

  private Workspace(boolean poison) {
    for (DType type : DType.values()) {
      slabs.add(new Slab(type, poison));
    }
  }

  /** A workspace that fills its memory with NaN at every reset and release: for tests. */
  public static Workspace poisoning() {
    return new Workspace(true);
  }

  /**
   * A tensor of undefined contents that lives until the next {@link #reset()} (or release past it).
   */
  public Tensor take(DType type, Shape shape) {
    return slabs.get(type.ordinal()).take(shape);
  }

  /** Whether memory is filled with NaN when it is taken back. */
  public boolean isPoisoning() {
    return slabs.get(0).poison;
  }

  /** A point to which {@link #release} can return; allocates one small object. */
  public Mark mark() {
    return mark(new Mark());
  }

  /** Moves a mark to this point: allocates nothing. */
  public Mark mark(Mark moved) {
    moved.f32 = slabs.get(0).used;
    moved.f64 = slabs.get(1).used;
    moved.i32 = slabs.get(2).used;
    return moved;
  }

  /**
   * Takes back everything handed out since the mark. Where that is all there was, the memory grows
   * to what was needed, as at a {@link #reset()}.
   */
  public void release(Mark mark) {
    slabs.get(0).release(mark.f32);
    slabs.get(1).release(mark.f64);
    slabs.get(2).release(mark.i32);
  }

  /** Takes everything back, and grows the memory to what was needed so far. */
  public void reset() {
    for (Slab slab : slabs) {
      slab.release(0);
    }
  }

  /** Bytes of array held. */
  public long bytes() {
    return slabs.stream().mapToLong(s -> (long) s.capacity * s.type.bytes()).sum();
  }

  /** A point in time of a workspace. */
  public static final class Mark {
    private int f32;
    private int f64;
    private int i32;

    /** The empty workspace. */
    public Mark() {}
  }

  /**
   * One array, and loose arrays for what no longer fitted. Loose pieces count as used, so the next
   * reset makes one array large enough for all.
   */
  private static final class Slab {
    final DType type;
    final boolean poison;
    int capacity;
    int used;
    int most;
    private Tensor memory;

    Slab(DType type, boolean poison) {
      this.type = type;
      this.poison = poison;
      grow(0);
    }

    Tensor take(Shape shape) {
      int from = used;
      long padded = (shape.size() + (ALIGNMENT - 1L)) / ALIGNMENT * ALIGNMENT;
      if (used + padded > MOST) {
        throw new ShapeException(
            String.format(
                Locale.ROOT,
                "workspace: %s%s on top of %d elements is more than %d; use a smaller batch",
                type,
                shape,
                used,
                MOST));
      }
      used += (int) padded;
      most = Math.max(most, used);
      if (used > capacity) {
        Tensor loose = Tensor.zeros(type, shape);
        if (poison) {
          poison(loose);
        }
        return loose;
      }
      return switch (type) {
        case F32 -> Tensor.view(memory.floats(), from, shape);
        case F64 -> Tensor.view(memory.doubles(), from, shape);
        case I32 -> Tensor.view(memory.ints(), from, shape);
      };
    }

    void release(int to) {
      if (to == 0 && most > capacity) { // nothing is left that the old memory holds
        grow(most);
      } else if (poison) {
        poisonRange(Math.min(to, capacity), Math.min(used, capacity));
      }
      used = to;
    }

    private void grow(int needed) {
      capacity = needed == 0 ? 0 : Math.max(FIRST_SLAB, needed);
      // room for one vector past the last tensor, so that kernels may load whole vectors at its end
      memory = Tensor.zeros(type, Shape.of(capacity == 0 ? 0 : capacity + ALIGNMENT));
      if (poison) {
        poison(memory);
      }
    }

    private void poison(Tensor t) {
      t.fill(type == DType.I32 ? Integer.MIN_VALUE : Double.NaN);
    }

    private void poisonRange(int from, int to) {
      switch (type) {
        case F32 -> Arrays.fill(memory.floats(), from, to, Float.NaN);
        case F64 -> Arrays.fill(memory.doubles(), from, to, Double.NaN);
        case I32 -> Arrays.fill(memory.ints(), from, to, Integer.MIN_VALUE);
      }
    }
  }
}
