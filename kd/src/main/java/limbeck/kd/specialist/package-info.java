/**
 * A generalist and its specialists: which classes it confuses, networks that tell these apart, and
 * how all are asked together. Hinton, Vinyals and Dean 2015, arXiv:1503.02531, section 5.
 */
package limbeck.kd.specialist;
