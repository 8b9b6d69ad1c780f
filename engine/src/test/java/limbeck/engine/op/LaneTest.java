package limbeck.engine.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.scalar.ScalarKernels;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;
import limbeck.engine.tensor.Workspace;
import org.junit.jupiter.api.Test;

/** What a lane keeps from one chunk to the next: memory, but no contents. */
class LaneTest {
  private final OpContext context =
      new OpContext(new ScalarKernels(), Workers.inline(), Workspace.poisoning());

  @Test
  void scratchGrowsAndIsUndefined() {
    Lane lane = context.lane();
    Tensor small = lane.scratch(2, DType.F32, 10);
    small.fill(1);
    assertTrue(Double.isNaN(lane.scratch(2, DType.F32, 7).get(0)));
    assertSame(small, lane.scratch(2, DType.F32, 10));
    assertEquals(11, lane.scratch(2, DType.F32, 11).size());
    assertNotSame(lane.scratch(1, DType.F32, 11), lane.scratch(2, DType.F32, 11));
  }

  /** In whatever order they are given back. */
  @Test
  void aWorkerFindsItsLaneAgain() {
    try (Workers two = Workers.of(2)) {
      OpContext c = new OpContext(new ScalarKernels(), two, Workspace.poisoning());
      CyclicBarrier together = new CyclicBarrier(2);
      Lane[] before = new Lane[2];
      for (int turn = 0; turn < 4; turn++) {
        Lane[] now = new Lane[2];
        int late = turn % 2;
        two.forEach(
            2,
            1,
            (from, to) -> {
              now[Workers.slot()] = c.lane();
              await(together);
              if (Workers.slot() == late) {
                await(together);
                c.giveBack(now[late]);
              } else {
                c.giveBack(now[1 - late]);
                await(together);
              }
            });
        if (turn > 0) {
          assertSame(before[0], now[0]);
          assertSame(before[1], now[1]);
        }
        before = now;
      }
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void keepsOneObjectOfEachType() {
    Lane lane = context.lane();
    StringBuilder text = lane.keep(StringBuilder.class, StringBuilder::new);
    AtomicInteger number = lane.keep(AtomicInteger.class, AtomicInteger::new);
    assertSame(text, lane.keep(StringBuilder.class, StringBuilder::new));
    assertSame(number, lane.keep(AtomicInteger.class, AtomicInteger::new));
    context.giveBack(lane);
    assertSame(lane, context.lane());
    assertNotSame(text, context.lane().keep(StringBuilder.class, StringBuilder::new));
  }
}
