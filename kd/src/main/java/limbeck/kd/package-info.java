/**
 * Knowledge distillation: teachers, objectives, and the distiller that runs a recipe for teacher,
 * student alone and distilled student with the same budget and paired seeds.
 */
package limbeck.kd;
