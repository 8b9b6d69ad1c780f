/**
 * Networks that classify images, declared by name ({@link limbeck.kd.vision.Architecture}); and the
 * geometry of images: shifting and warping them, as augmentation needs it.
 */
package limbeck.kd.vision;
