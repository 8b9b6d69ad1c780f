/*
 * Times OpenBLAS's sgemm, row-major: C[m,n] = op(A)[m,k] * op(B)[k,n].
 *
 *   sgemm form:m:n:k ...      form is nn, nt, tn or tt: t means that the operand is stored transposed
 *
 * Prints one line a shape: shape, median milliseconds of a product, GFLOP/s.
 * Build with: cc -O2 sgemm.c -lopenblas. Run with OPENBLAS_NUM_THREADS=1.
 *
 *   sgemm -
 *
 * reads shapes from standard input, a line each, and answers each at once; the environment says how many threads.
 */
#include <cblas.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROUNDS 15
#define ROUND_SECONDS 0.02
#define LINE 100

/* Processor time of this thread, so that what else runs on the core does not count; with "-" time by the clock. */
static clockid_t clock_id = CLOCK_THREAD_CPUTIME_ID;

static double now(void) {
  struct timespec t;
  clock_gettime(clock_id, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

static int ascending(const void *x, const void *y) {
  double a = *(const double *)x, b = *(const double *)y;
  return (a > b) - (a < b);
}

static float *numbers(size_t count) {
  float *values = malloc(sizeof(float) * (count + 1));
  if (!values) {
    fprintf(stderr, "sgemm: out of memory for %zu floats\n", count);
    exit(1);
  }
  for (size_t i = 0; i < count; i++) {
    values[i] = (float)(i * 7919 % 1000) / 1000 - 0.5f;
  }
  return values;
}

static double seconds(int repeats, char ta, char tb, int m, int n, int k, float *a, float *b, float *c) {
  double start = now();
  for (int i = 0; i < repeats; i++) {
    cblas_sgemm(CblasRowMajor, ta == 't' ? CblasTrans : CblasNoTrans, tb == 't' ? CblasTrans : CblasNoTrans, m, n, k,
                1, a, ta == 't' ? m : k, b, tb == 't' ? k : n, 0, c, n);
  }
  return (now() - start) / repeats;
}

static void measure(const char *shape) {
  char ta, tb;
  int m, n, k;
  if (sscanf(shape, "%c%c:%d:%d:%d", &ta, &tb, &m, &n, &k) != 5 || m < 1 || n < 1 || k < 1) {
    fprintf(stderr, "sgemm: shape \"%s\" is not of the form nt:100:1200:784\n", shape);
    exit(2);
  }
  float *a = numbers((size_t)m * k), *b = numbers((size_t)k * n), *c = numbers((size_t)m * n);
  int repeats = 1;
  while (seconds(repeats, ta, tb, m, n, k, a, b, c) * repeats < ROUND_SECONDS) {
    repeats *= 2;
  }
  double rounds[ROUNDS];
  for (int i = 0; i < ROUNDS; i++) {
    rounds[i] = seconds(repeats, ta, tb, m, n, k, a, b, c);
  }
  qsort(rounds, ROUNDS, sizeof(double), ascending);
  double median = rounds[ROUNDS / 2];
  printf("%s %.5f %.2f\n", shape, median * 1e3, 2e-9 * m * n * k / median);
  fflush(stdout);
  free(a);
  free(b);
  free(c);
}

static void answer(void) {
  char line[LINE];
  clock_id = CLOCK_MONOTONIC;
  while (fgets(line, sizeof line, stdin)) {
    line[strcspn(line, "\n")] = 0;
    measure(line);
  }
}

int main(int argc, char **argv) {
  if (argc == 2 && !strcmp(argv[1], "-")) {
    answer();
    return 0;
  }
  for (int i = 1; i < argc; i++) {
    measure(argv[i]);
  }
  return 0;
}
