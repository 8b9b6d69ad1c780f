/**
 * Networks that classify images, declared by name ({@link limbeck.kd.vision.ImageArchitecture});
 * and the geometry of images: shifting and warping them, as augmentation needs it.
 */
package limbeck.kd.vision;
