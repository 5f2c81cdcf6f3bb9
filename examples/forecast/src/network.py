"""A network of one hidden layer, trained by Adam. Plain Python lists, so that it runs on any image with Python."""

import math


class Network:
    """Inputs -> tanh hidden units -> one output. `weights` is one flat list, so that it fits in a checkpoint as it is.

    Layout: for each hidden unit its bias and one weight an input; then the output's bias and one weight a hidden unit.
    """

    def __init__(self, inputs, hidden, weights):
        self.inputs = inputs
        self.hidden = hidden
        self.weights = weights
        if len(weights) != self.size(inputs, hidden):
            raise ValueError(
                f"{inputs} inputs and {hidden} hidden units need {self.size(inputs, hidden)} weights, not {len(weights)}"
            )

    @staticmethod
    def size(inputs, hidden):
        return hidden * (inputs + 1) + hidden + 1

    @classmethod
    def initialised(cls, inputs, hidden, rng):
        """Small random weights (Glorot), zero biases."""
        weights = []
        for _ in range(hidden):
            weights.append(0.0)
            weights.extend(rng.gauss(0.0, 1.0 / math.sqrt(inputs)) for _ in range(inputs))
        weights.append(0.0)
        weights.extend(rng.gauss(0.0, 1.0 / math.sqrt(hidden)) for _ in range(hidden))
        return cls(inputs, hidden, weights)

    def activations(self, features):
        """The hidden units' outputs."""
        row = self.inputs + 1
        weights = self.weights
        result = []
        for start in range(0, self.hidden * row, row):
            total = weights[start]
            for weight, value in zip(weights[start + 1 : start + row], features):
                total += weight * value
            result.append(math.tanh(total))
        return result

    def output(self, activations):
        start = self.hidden * (self.inputs + 1)
        total = self.weights[start]
        for weight, value in zip(self.weights[start + 1 :], activations):
            total += weight * value
        return total

    def predict(self, features):
        return self.output(self.activations(features))

    def add_gradient(self, features, target, gradient):
        """Adds the gradient of (prediction - target)^2 / 2 to `gradient`; returns the squared error."""
        activations = self.activations(features)
        error = self.output(activations) - target
        row = self.inputs + 1
        out = self.hidden * row
        gradient[out] += error
        for unit, activation in enumerate(activations):
            gradient[out + 1 + unit] += error * activation
            slope = error * self.weights[out + 1 + unit] * (1.0 - activation * activation)
            start = unit * row
            gradient[start] += slope
            for index, value in enumerate(features, start + 1):
                gradient[index] += slope * value
        return error * error


class Adam:
    """Kingma and Ba, "Adam: a method for stochastic optimization" (2015), with weight decay kept apart from the gradient."""

    def __init__(self, size, mean=None, variance=None, updates=0):
        self.mean = mean if mean is not None else [0.0] * size
        self.variance = variance if variance is not None else [0.0] * size
        self.updates = updates

    def update(self, weights, gradient, learning_rate, weight_decay=0.0, beta1=0.9, beta2=0.999, epsilon=1e-8):
        """Moves `weights` against `gradient`, in place."""
        self.updates += 1
        mean, variance = self.mean, self.variance
        mean_scale = 1.0 / (1.0 - beta1**self.updates)
        variance_scale = 1.0 / (1.0 - beta2**self.updates)
        for index, slope in enumerate(gradient):
            mean[index] = beta1 * mean[index] + (1.0 - beta1) * slope
            variance[index] = beta2 * variance[index] + (1.0 - beta2) * slope * slope
            step = mean[index] * mean_scale / (math.sqrt(variance[index] * variance_scale) + epsilon)
            weights[index] -= learning_rate * (step + weight_decay * weights[index])
