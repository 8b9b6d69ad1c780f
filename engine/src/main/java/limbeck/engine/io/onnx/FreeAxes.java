package limbeck.engine.io.onnx;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.program.Input;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;

/**
 * Names for the free axes of a program's inputs. Two that must be equal, as a program shows by
 * refusing others, have one name: so who reads the file knows too.
 */
final class FreeAxes {
  /** An axis of an input; −1 is the batch. */
  private record Place(int input, int axis) {}

  private final Program program;
  private final List<Place> places = new ArrayList<>();
  private final List<Integer> groups = new ArrayList<>();

  FreeAxes(Program program) {
    this.program = program;
    List<Input> inputs = program.inputs();
    for (int k = 0; k < inputs.size(); k++) {
      for (int axis : inputs.get(k).freeAxes()) {
        places.add(new Place(k, axis));
        groups.add(groups.size());
      }
    }
    for (int i = 0; i < places.size(); i++) {
      for (int j = i + 1; j < places.size(); j++) {
        if (!groups.get(i).equals(groups.get(j)) && !mayDiffer(j)) {
          join(i, j);
        }
      }
    }
  }

  private void join(int i, int j) {
    int from = groups.get(j);
    int to = groups.get(i);
    if (program.inputs().get(places.get(i).input).example().axis(places.get(i).axis)
        == program.inputs().get(places.get(j).input).example().axis(places.get(j).axis)) {
      groups.replaceAll(g -> g == from ? to : g);
    }
  }

  /** Whether the program takes another size at place j alone. */
  private boolean mayDiffer(int j) {
    List<Input> inputs = program.inputs();
    Shape[] shapes = new Shape[inputs.size()];
    for (int k = 0; k < shapes.length; k++) {
      shapes[k] = inputs.get(k).batch(1);
    }
    Place place = places.get(j);
    int at = place.axis + (inputs.get(place.input).batched() ? 1 : 0);
    int size = shapes[place.input].axis(at);
    shapes[place.input] = shapes[place.input].with(at, size + 1);
    try {
      program.outputShapes(shapes);
      return true;
    } catch (ShapeException e) {
      return false;
    }
  }

  /** The axes of an input: names of free ones, sizes of others. */
  List<String> of(int input) {
    Input in = program.inputs().get(input);
    List<String> axes = new ArrayList<>();
    if (in.batched()) {
      axes.add("batch");
    }
    for (int i = 0; i < in.example().rank(); i++) {
      int place = places.indexOf(new Place(input, i));
      axes.add(place < 0 ? Integer.toString(in.example().axis(i)) : name(groups.get(place)));
    }
    return axes;
  }

  private String name(int group) {
    Place place = places.get(group);
    String input = program.inputs().get(place.input).name();
    return input + "_axis" + (place.axis + 1);
  }
}
