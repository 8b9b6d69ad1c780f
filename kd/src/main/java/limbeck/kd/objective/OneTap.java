package limbeck.kd.objective;

import java.util.List;
import limbeck.kd.Objective;
import limbeck.kd.TapShapes;

/**
 * A method that compares one tap of the student with one of the teacher. Any two taps will do; a
 * method that asks more of their shapes, or learns something for them, overrides {@link #fitted}.
 */
interface OneTap extends Objective {
  /** Name of the student's tap. */
  String studentTap();

  /** Name of the teacher's tap. */
  String teacherTap();

  /** It looks at activations alone. */
  @Override
  default boolean takesScores() {
    return true;
  }

  @Override
  default List<String> studentTaps() {
    return List.of(studentTap());
  }

  @Override
  default List<String> teacherTaps() {
    return List.of(teacherTap());
  }

  @Override
  default Objective fitted(TapShapes student, TapShapes teacher) {
    TapShape.requireTaps(this, student, teacher);
    return this;
  }
}
