/**
 * Language models in both directions, of words or of characters, as Peters et al. 2018,
 * arXiv:1802.05365, have them; and their layers as features of a network for a task.
 */
package limbeck.nlp.elmo;
