/** Geometry of images: shifting and warping them, as augmentation needs it. */
package limbeck.kd.vision;
