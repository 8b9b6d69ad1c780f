/** Layers: what owns parameters and says how they are used. */
package limbeck.autograd.module;
