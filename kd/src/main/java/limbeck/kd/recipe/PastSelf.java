package limbeck.kd.recipe;

import java.util.List;

/** Words that stand for a teacher's id where a network learns from its own past. */
public final class PastSelf {
  /**
   * The network as it was after the epoch before: PS-KD, Kim et al. 2021, arXiv:2006.12000. In the
   * first epoch there is none.
   */
  public static final String PREVIOUS_EPOCH = "previous-epoch";

  /**
   * The network as the stage before has left it: Snapshot Distillation, Yang et al. 2019,
   * arXiv:1812.00123, whose cycles are stages here. In the first stage there is none.
   */
  public static final String PREVIOUS_STAGE = "previous-stage";

  private static final List<String> WORDS = List.of(PREVIOUS_EPOCH, PREVIOUS_STAGE);

  private PastSelf() {}

  /** All of them. */
  public static List<String> words() {
    return WORDS;
  }

  /** Whether a teacher's id is one of these words. */
  public static boolean is(String teacher) {
    return WORDS.contains(teacher);
  }
}
