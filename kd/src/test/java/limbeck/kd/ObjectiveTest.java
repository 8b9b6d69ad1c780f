package limbeck.kd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.Flatten;
import limbeck.kd.objective.HardLabels;
import org.junit.jupiter.api.Test;

/** What sums and multiples of objectives hand on of their parts. */
class ObjectiveTest {
  /** Asks for a layer, and learns something once it is fitted. */
  private record Layer(String tap, Module regressor) implements Objective {
    @Override
    public Var loss(Outputs student, Outputs teacher, Batch batch) {
      return student.feature(tap).minus(teacher.feature(tap)).sum();
    }

    @Override
    public List<String> studentTaps() {
      return List.of(tap);
    }

    @Override
    public List<String> teacherTaps() {
      return List.of("t-" + tap, "shared");
    }

    @Override
    public Objective fitted(TapShapes student, TapShapes teacher) {
      return new Layer(tap, new Flatten());
    }

    @Override
    public Map<String, Module> learned() {
      return regressor == null ? Map.of() : Map.of("regressor", regressor);
    }
  }

  private final Objective both =
      new Layer("a", null).times(2).plus(new Layer("b", null)).plus(new HardLabels());

  @Test
  void tapsAreTheUnion() {
    assertEquals(List.of("a", "b"), both.studentTaps());
    assertEquals(List.of("t-a", "shared", "t-b"), both.teacherTaps());
    assertTrue(both.asksTeacher());
    assertFalse(new HardLabels().times(3).plus(new HardLabels()).asksTeacher());
  }

  @Test
  void learnedPartsKeepApart() {
    assertTrue(both.learned().isEmpty());
    TapShapes none = new TapShapes("none", Map.of(), 2);
    Objective fitted = both.fitted(none, none);
    assertEquals(Set.of("0-0-regressor", "0-1-regressor"), fitted.learned().keySet());
    assertSame(fitted.learned().get("0-0-regressor"), fitted.learned().get("0-0-regressor"));
  }
}
