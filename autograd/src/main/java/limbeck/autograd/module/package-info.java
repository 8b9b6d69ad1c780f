/**
 * Layers: what owns parameters and says how they are used. Start with {@link
 * limbeck.autograd.module.Linear}: it registers two parameters by name and applies one op. Layers
 * make models as children of a {@link limbeck.autograd.Module} of one's own, or of {@link
 * limbeck.autograd.module.Sequential}.
 */
package limbeck.autograd.module;
