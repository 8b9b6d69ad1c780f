"""Plants faults, one at a time, in a copy of the sources, and sees that a test points at each.

    python3 bench/checks/faults.py [NUMBER ...]        default: all; needs git and mvn

A fault counts as caught if the tests named beside it fail, and what they print holds the words that
point at the place. The sources of this folder are not touched: a clone of the last commit is.
"""
import os
import re
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OP = "engine/src/main/java/limbeck/engine/op/"
CATALOGUE = "-pl engine -Dtest=OpCatalogueTest -Dlimbeck.ops=%s"
AUTOGRAD = "-pl autograd -am -Dsurefire.failIfNoSpecifiedTests=false -Dtest=%s"

# what, file, what stands there, what is put there, tests, what they must say
FAULTS = [
    ("a wrong sign in a backward", OP + "Cos.java",
     "r.scale(gradIn[0], i, -1, gradIn[0], i, n);", "r.scale(gradIn[0], i, 1, gradIn[0], i, n);",
     CATALOGUE % "cos", r"cos, .*gradient"),
    ("a dropped T squared", OP + "loss/SoftTargets.java",
     "double scale = temperatureSquared ? temperature * temperature : 1;", "double scale = 1;",
     CATALOGUE % "softTargets", r"softTargets, .*definition"),
    ("a swapped axis", OP + "layout/Permute.java",
     "gradOut.shape().inner(axes.indexOf(axis))", "gradOut.shape().inner(axis)",
     CATALOGUE % "permute", r"permute, .*gradient"),
    ("elements that are not written, so that what was in memory stays", OP + "layout/Pad.java",
     "        r.fill(value, out, at + left + n, width - left - n);\n", "",
     CATALOGUE % "pad", r"pad, .*(not written|NaN)"),
    ("a sum in another order, with vectors alone",
     "engine/src/main/java/limbeck/engine/kernel/simd/VectorReductions.java",
     "    float sum = VectorBlock.sum(xs, xi, Math.min(n, TERMS));\n"
     "    for (int t = TERMS; t < n; t += TERMS) {",
     "    float sum = VectorBlock.sum(xs, xi, n);\n    for (int t = n; t < n; t += TERMS) {",
     "-pl engine -Dtest=RowsTwinTest", r"\bsum\b"),
    ("padding that is read, in the reverse direction", OP + "nn/BlockLayout.java",
     "return reverse ? sequences.length(b) - 1 - k : k;", "return reverse ? steps - 1 - k : k;",
     CATALOGUE % "'gru|lstm'", r"(gru|lstm), "),
    ("a part of the batch that is lost in a gradient", OP + "nn/ConvWeightGradient.java",
     "for (int part = 1; part < parts; part++) {", "for (int part = 2; part < parts; part++) {",
     CATALOGUE % "conv2d", r"conv2d, \[35, 2, 5, 5\].*gradient"),
    ("a bias correction that is left out",
     "autograd/src/main/java/limbeck/autograd/optim/Adam.java",
     "c1 = 1 / (1 - StrictMath.pow(beta1, step));", "c1 = 1;",
     AUTOGRAD % "OptimizerOracleTest", r"[aA]dam"),
    ("an optimizer that forgets its step number",
     "autograd/src/main/java/limbeck/autograd/optim/Optimizer.java",
     "    steps = stepsTaken;\n", "",
     AUTOGRAD % "ResumeTest", r"resumedIsUninterrupted"),
    ("a gradient that is overwritten where it should be added",
     "autograd/src/main/java/limbeck/autograd/Backward.java",
     "context.rows(sum).add(sum, from, term, from, sum, from, to - from);",
     "context.rows(sum).copy(term, from, sum, from, to - from);",
     AUTOGRAD % "RandomProgramsTest -Dlimbeck.programs=20",
     r"not the derivative of the loss[\s\S]*by program of seed"),
    ("a setting that a stored program loses",
     "engine/src/main/java/limbeck/engine/program/OpReaders.java",
     'case "gru" -> new Gru(s.flag("reverse"),', 'case "gru" -> new Gru(false,',
     "-pl engine -Dtest=StoredOpsTest", r"[gG]ru"),
]


def plant(folder, fault):
    _, path, there, put, _, _ = fault
    path = os.path.join(folder, path)
    with open(path) as f:
        text = f.read()
    if text.count(there) != 1:
        sys.exit("faults: %s has %d places like: %s" % (path, text.count(there), there))
    with open(path, "w") as f:
        f.write(text.replace(there, put))


def tests(folder, arguments):
    command = "mvn -q -o -Dstyle.color=never -Dspotless.check.skip test " + arguments
    run = subprocess.run(command, shell=True, cwd=folder, capture_output=True, text=True)
    return run.returncode, run.stdout + run.stderr


def main():
    numbers = [int(n) for n in sys.argv[1:]] or range(1, len(FAULTS) + 1)
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["git", "clone", "-q", ROOT, folder], check=True)
        code, text = tests(folder, "-pl autograd -am -Dtest=Nothing -Dsurefire.failIfNoSpecifiedTests=false")
        if code:
            sys.exit("faults: the sources as they are do not compile\n" + text[-2000:])
        for n in numbers:
            fault = FAULTS[n - 1]
            plant(folder, fault)
            start = time.time()
            code, text = tests(folder, fault[4])
            says = re.search(r".*(?:%s).*" % fault[5], text)
            caught = code != 0 and says is not None and "COMPILATION ERROR" not in text
            missed += not caught
            print("%2d  %-6s  %3.0f s  %s (%s)" % (n, "caught" if caught else "MISSED",
                                                  time.time() - start, fault[0],
                                                  os.path.basename(fault[1])))
            line = says.group(0).strip().split("\n")[-1] if says else text.strip()[-300:]
            print("      " + line[:200], flush=True)
            subprocess.run(["git", "checkout", "-q", "."], cwd=folder, check=True)
    sys.exit(1 if missed else 0)


main()
