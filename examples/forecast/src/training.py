"""The training itself: what changes from epoch to epoch, and how it is brought back from a checkpoint."""

import random

from network import Adam, Network
from series import mape, rmse


class Training:
    """All that changes while training: weights, optimiser, random numbers and the number of epochs done (`step`)."""

    def __init__(self, settings, examples):
        self.settings = settings
        self.examples = examples
        self.step = 0
        self.rng = random.Random(settings["seed"])
        inputs = len(examples.training[0][0])
        self.network = Network.initialised(inputs, settings["hidden_units"], self.rng)
        self.adam = Adam(len(self.network.weights))

    def state(self):
        return {
            "step": self.step,
            "weights": self.network.weights,
            "adam": {"mean": self.adam.mean, "variance": self.adam.variance, "updates": self.adam.updates},
            "rng": self.rng.getstate(),
        }

    def restore(self, state):
        self.step = state["step"]
        self.network = Network(self.network.inputs, self.network.hidden, state["weights"])
        self.adam = Adam(len(state["weights"]), **state["adam"])
        version, internal, gauss_next = state["rng"]
        self.rng.setstate((version, tuple(internal), gauss_next))

    def run_epoch(self):
        """One pass over the training months in random order. Returns the mean squared error (standardised)."""
        rate = self.settings["learning_rate"] / (1.0 + self.settings["learning_rate_decay"] * self.step)
        order = list(range(len(self.examples.training)))
        self.rng.shuffle(order)
        size = self.settings["batch_size"]
        total = 0.0
        for start in range(0, len(order), size):
            batch = order[start : start + size]
            gradient = [0.0] * len(self.network.weights)
            for index in batch:
                features, target, _, _ = self.examples.training[index]
                total += self.network.add_gradient(features, target, gradient)
            gradient = [slope / len(batch) for slope in gradient]
            self.adam.update(self.network.weights, gradient, rate, self.settings["weight_decay"])
        self.step += 1
        return total / len(order)

    def evaluate(self):
        """Errors on the held-out months: val_mape as a fraction, val_rmse in the unit of the data."""
        original = self.examples.scale.original
        pairs = [
            (original(self.network.predict(features)), actual) for features, _, actual, _ in self.examples.validation
        ]
        return {"val_mape": mape(pairs), "val_rmse": rmse(pairs)}


def resume(training, checkpoints, identity, say=print):
    """Restores the newest complete checkpoint, if there is one. Raises ValueError if it belongs to another training."""
    state = checkpoints.newest()
    if state is None:
        say(f"starting from scratch: no checkpoint in {checkpoints.directory}")
        return
    other = [name for name in identity if state["identity"].get(name) != identity[name]]
    if other:
        raise ValueError(
            f"the checkpoint in {checkpoints.directory} was written with other values of {', '.join(other)}: "
            "resuming would mix two trainings. Give this one a checkpoint location of its own."
        )
    training.restore(state)
    epochs = training.settings["epochs"]
    say(f"resumed from step {training.step} (epoch {training.step}) of {epochs}")
