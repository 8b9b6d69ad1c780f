package limbeck.engine.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkspaceTest {
  private static boolean poisoned(Tensor t) {
    boolean all = true;
    for (int i = 0; i < t.size(); i++) {
      double v = t.get(i);
      all &= t.dtype() == DType.I32 ? v == Integer.MIN_VALUE : Double.isNaN(v);
    }
    return all;
  }

  /** A step's pieces: none overlaps another, also where the memory was too small at first. */
  @ParameterizedTest
  @EnumSource
  void piecesDoNotOverlap(DType type) {
    Workspace space = new Workspace();
    for (int step = 0; step < 3; step++) {
      List<Tensor> pieces = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        Tensor piece = space.take(type, Shape.of(i * 37 + 1));
        piece.fill(i);
        pieces.add(piece);
      }
      for (int i = 0; i < 40; i++) {
        assertEquals(i, pieces.get(i).get(0));
        assertEquals(i, pieces.get(i).get(pieces.get(i).size() - 1));
      }
      space.reset();
    }
  }

  @Test
  void afterOneStepEverythingComesFromOneArray() {
    Workspace space = new Workspace();
    Tensor loose = space.take(DType.F32, Shape.of(5000));
    space.take(DType.F32, Shape.of(5000));
    space.reset();
    long bytes = space.bytes();
    assertTrue(bytes >= 40_000, bytes + " bytes");
    Tensor first = space.take(DType.F32, Shape.of(5000));
    Tensor second = space.take(DType.F32, Shape.of(5000));
    assertNotSame(loose.floats(), first.floats());
    assertSame(first.floats(), second.floats());
    assertEquals(0, second.offset() % 16, "aligned");
    space.reset();
    assertEquals(bytes, space.bytes(), "a step of known size needs no more");
  }

  /** So programs, which release the scratch of each op and never reset, allocate once. */
  @Test
  void aReleaseOfEverythingGrowsTheMemory() {
    Workspace space = new Workspace();
    Workspace.Mark mark = space.mark();
    space.take(DType.I32, Shape.of(5000));
    space.release(mark);
    long bytes = space.bytes();
    assertTrue(bytes >= 20_000, bytes + " bytes");
    Tensor kept = space.take(DType.I32, Shape.of(10));
    Workspace.Mark later = space.mark();
    space.take(DType.I32, Shape.of(50_000));
    space.release(later);
    assertEquals(bytes, space.bytes(), "memory in use stays where it is");
    assertSame(kept.ints(), space.take(DType.I32, Shape.of(10)).ints());
  }

  @ParameterizedTest
  @EnumSource
  void whatIsTakenBackIsPoisoned(DType type) {
    Workspace space = Workspace.poisoning();
    space.take(type, Shape.of(100));
    space.reset(); // from now on there is memory
    Tensor kept = space.take(type, Shape.of(20));
    kept.fill(1);
    Workspace.Mark mark = space.mark();
    Tensor released = space.take(type, Shape.of(30));
    assertTrue(poisoned(released), "before anything is written");
    released.fill(2);
    space.release(mark);
    assertTrue(poisoned(released));
    assertEquals(1, kept.get(19));
    space.reset();
    assertTrue(poisoned(kept));
  }

  @Test
  void looseMemoryIsPoisonedToo() {
    assertTrue(poisoned(Workspace.poisoning().take(DType.F64, Shape.of(9000))));
  }

  @Test
  void aReleasedPieceIsHandedOutAgain() {
    Workspace space = new Workspace();
    space.take(DType.F32, Shape.of(100));
    space.reset();
    Workspace.Mark mark = space.mark();
    Tensor first = space.take(DType.F32, Shape.of(10));
    space.release(mark);
    assertEquals(first.offset(), space.take(DType.F32, Shape.of(10)).offset());
  }

  @Test
  void moreThanAnArrayHoldsIsSaid() {
    Workspace space = new Workspace();
    ShapeException e =
        assertThrows(
            ShapeException.class, () -> space.take(DType.F32, Shape.of(Integer.MAX_VALUE)));
    assertEquals(
        "workspace: F32[2147483647] on top of 0 elements is more than 2147483583; use a smaller"
            + " batch",
        e.getMessage());
  }
}
