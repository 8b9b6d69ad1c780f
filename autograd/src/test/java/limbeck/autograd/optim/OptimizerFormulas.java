package limbeck.autograd.optim;

import limbeck.autograd.ParameterStore;

/** The papers' formulas of optimizers in plain float64, weight by weight. */
final class OptimizerFormulas {
  private OptimizerFormulas() {}

  /** One weight's optimizer, from the paper. */
  interface Stepper {
    /** The optimizer under test, with these settings. */
    Optimizer optimizer(ParameterStore store);

    /** Names of the state. */
    String[] names();

    /**
     * A step of one weight.
     *
     * @param w the weight
     * @param state in the order of the names; replaced
     * @param t number of the step, from 1 on
     * @return the weight afterwards
     */
    double step(double w, double g, double[] state, double rate, int t);

    /** The sum of magnitudes of the terms that a step of the weight adds up. */
    double terms(double w, double g, double[] state, double rate, int t);

    /** The same for each state. */
    double[] stateTerms(double w, double g, double[] state);
  }

  /** Sutskever et al. 2013, in the form of {@link Sgd}. */
  record SgdFormula(double momentum, boolean nesterov, double decay) implements Stepper {
    @Override
    public Optimizer optimizer(ParameterStore store) {
      return new Sgd(store, 1, momentum, nesterov, decay);
    }

    @Override
    public String[] names() {
      return momentum == 0 ? new String[0] : new String[] {"velocity"};
    }

    @Override
    public double step(double w, double g, double[] state, double rate, int t) {
      double d = g + decay * w;
      if (momentum == 0) {
        return w - rate * d;
      }
      double v = momentum * state[0] + d;
      state[0] = v;
      return w - rate * (nesterov ? d + momentum * v : v);
    }

    @Override
    public double terms(double w, double g, double[] state, double rate, int t) {
      double v = momentum == 0 ? 0 : momentum * Math.abs(state[0]);
      double d = Math.abs(g) + decay * Math.abs(w);
      return Math.abs(w) + rate * 2 * (d + v);
    }

    @Override
    public double[] stateTerms(double w, double g, double[] state) {
      double d = Math.abs(g) + decay * Math.abs(w);
      return momentum == 0 ? new double[0] : new double[] {momentum * Math.abs(state[0]) + d};
    }
  }

  /** Kingma and Ba 2015, algorithm 1; Loshchilov and Hutter 2019, algorithm 2. */
  record AdamFormula(double beta1, double beta2, double epsilon, double decay, boolean decoupled)
      implements Stepper {
    @Override
    public Optimizer optimizer(ParameterStore store) {
      return new Adam(store, 1, beta1, beta2, epsilon, decay, decoupled);
    }

    @Override
    public String[] names() {
      return new String[] {"first", "second"};
    }

    @Override
    public double step(double w, double gradient, double[] state, double rate, int t) {
      double g = decoupled ? gradient : gradient + decay * w;
      state[0] = beta1 * state[0] + (1 - beta1) * g;
      state[1] = beta2 * state[1] + (1 - beta2) * g * g;
      double m = state[0] / (1 - Math.pow(beta1, t));
      double v = state[1] / (1 - Math.pow(beta2, t));
      double kept = decoupled ? w - rate * decay * w : w;
      return kept - rate * m / (Math.sqrt(v) + epsilon);
    }

    @Override
    public double terms(double w, double gradient, double[] state, double rate, int t) {
      double g = Math.abs(gradient) + (decoupled ? 0 : decay * Math.abs(w));
      double m = beta1 * Math.abs(state[0]) + (1 - beta1) * g;
      double exact = decoupled ? gradient : gradient + decay * w;
      double v = beta2 * state[1] + (1 - beta2) * exact * exact;
      double root = Math.sqrt(v / (1 - Math.pow(beta2, t)));
      return Math.abs(w) + rate * m / (1 - Math.pow(beta1, t)) / (root + epsilon);
    }

    @Override
    public double[] stateTerms(double w, double gradient, double[] state) {
      double g = Math.abs(gradient) + (decoupled ? 0 : decay * Math.abs(w));
      return new double[] {
        beta1 * Math.abs(state[0]) + (1 - beta1) * g, beta2 * state[1] + (1 - beta2) * g * g
      };
    }
  }

  /** Duchi, Hazan and Singer 2011. */
  record AdagradFormula(double initial, double decay) implements Stepper {
    private static final double EPSILON = 1e-10;

    @Override
    public Optimizer optimizer(ParameterStore store) {
      return new Adagrad(store, 1, initial, EPSILON, decay);
    }

    @Override
    public String[] names() {
      return new String[] {"squares"};
    }

    @Override
    public double step(double w, double gradient, double[] state, double rate, int t) {
      double g = gradient + decay * w;
      state[0] += g * g;
      return w - rate * g / (Math.sqrt(state[0]) + EPSILON);
    }

    @Override
    public double terms(double w, double gradient, double[] state, double rate, int t) {
      double g = Math.abs(gradient) + decay * Math.abs(w);
      double exact = gradient + decay * w;
      return Math.abs(w) + rate * g / (Math.sqrt(state[0] + exact * exact) + EPSILON);
    }

    @Override
    public double[] stateTerms(double w, double gradient, double[] state) {
      double g = Math.abs(gradient) + decay * Math.abs(w);
      return new double[] {state[0] + g * g};
    }
  }

  /** Tieleman and Hinton 2012. */
  record RmsPropFormula(double alpha, double epsilon, double momentum, double decay)
      implements Stepper {
    @Override
    public Optimizer optimizer(ParameterStore store) {
      return new RmsProp(store, 1, alpha, epsilon, momentum, decay);
    }

    @Override
    public String[] names() {
      return momentum == 0 ? new String[] {"squares"} : new String[] {"squares", "velocity"};
    }

    private double root(double w, double gradient, double[] state) {
      double g = gradient + decay * w;
      return Math.sqrt(alpha * state[0] + (1 - alpha) * g * g) + epsilon;
    }

    @Override
    public double step(double w, double gradient, double[] state, double rate, int t) {
      double g = gradient + decay * w;
      double u = g / root(w, gradient, state);
      state[0] = alpha * state[0] + (1 - alpha) * g * g;
      if (momentum > 0) {
        u += momentum * state[1];
        state[1] = u;
      }
      return w - rate * u;
    }

    /** The magnitude of what is subtracted at rate 1. */
    private double speed(double w, double gradient, double[] state) {
      double g = Math.abs(gradient) + decay * Math.abs(w);
      double before = momentum == 0 ? 0 : momentum * Math.abs(state[1]);
      return before + g / root(w, gradient, state);
    }

    @Override
    public double terms(double w, double gradient, double[] state, double rate, int t) {
      return Math.abs(w) + rate * speed(w, gradient, state);
    }

    @Override
    public double[] stateTerms(double w, double gradient, double[] state) {
      double g = Math.abs(gradient) + decay * Math.abs(w);
      double squares = alpha * state[0] + (1 - alpha) * g * g;
      return momentum == 0
          ? new double[] {squares}
          : new double[] {squares, speed(w, gradient, state)};
    }
  }

  /** Zeiler 2012, algorithm 1. */
  record AdadeltaFormula(double rho, double epsilon, double decay) implements Stepper {
    @Override
    public Optimizer optimizer(ParameterStore store) {
      return new Adadelta(store, 1, rho, epsilon, decay);
    }

    @Override
    public String[] names() {
      return new String[] {"gradients", "steps"};
    }

    /** The factor of the gradient. */
    private double factor(double w, double gradient, double[] state) {
      double g = gradient + decay * w;
      double squares = rho * state[0] + (1 - rho) * g * g;
      return Math.sqrt(state[1] + epsilon) / Math.sqrt(squares + epsilon);
    }

    @Override
    public double step(double w, double gradient, double[] state, double rate, int t) {
      double g = gradient + decay * w;
      double u = factor(w, gradient, state) * g;
      state[0] = rho * state[0] + (1 - rho) * g * g;
      state[1] = rho * state[1] + (1 - rho) * u * u;
      return w - rate * u;
    }

    @Override
    public double terms(double w, double gradient, double[] state, double rate, int t) {
      double g = Math.abs(gradient) + decay * Math.abs(w);
      return Math.abs(w) + rate * factor(w, gradient, state) * g;
    }

    @Override
    public double[] stateTerms(double w, double gradient, double[] state) {
      double g = Math.abs(gradient) + decay * Math.abs(w);
      double u = factor(w, gradient, state) * g;
      return new double[] {rho * state[0] + (1 - rho) * g * g, rho * state[1] + (1 - rho) * u * u};
    }
  }
}
