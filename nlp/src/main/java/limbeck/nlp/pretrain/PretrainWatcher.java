package limbeck.nlp.pretrain;

/** Is told how a pretraining goes. */
public interface PretrainWatcher {
  /** Something to be said in a line. */
  void note(String line);

  /**
   * Texts are being read, to learn a vocabulary or to be cut into tokens, or a vocabulary is made.
   *
   * @param what is done with them
   * @param share of them that was read, from 0 to 1
   */
  void reading(String what, double share);

  /**
   * A step was taken.
   *
   * @param loss of its batch before it
   * @param tokens of its batch
   */
  void stepped(long step, long steps, double loss, long tokens);
}
