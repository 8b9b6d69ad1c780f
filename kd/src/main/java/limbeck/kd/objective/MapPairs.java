package limbeck.kd.objective;

import limbeck.kd.Objective;
import limbeck.kd.TapShapes;

/** A method that compares feature maps, each of the student's with one of the teacher's. */
interface MapPairs extends TapPairs {
  @Override
  default Objective fitted(TapShapes student, TapShapes teacher) {
    TapShape.requireMaps(this, student, teacher);
    return this;
  }
}
