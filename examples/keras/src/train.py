"""Keras: forecasts a monthly series, two months ahead, and goes on where an interruption left it."""

import tempfile
from pathlib import Path

import job
import keras
from checkpoint import Checkpoints
from series import Series


class EveryEpoch(keras.callbacks.Callback):
    """Saves the whole model, optimizer included. (BackupAndRestore writes over its one copy.)"""

    def __init__(self, checkpoints, seed):
        super().__init__()
        self.checkpoints = checkpoints
        self.seed = seed

    def on_epoch_begin(self, epoch, logs=None):
        # The order of the batches and what dropout drops follow from the epoch: they need no place in the checkpoint.
        keras.utils.set_random_seed(self.seed + epoch)

    def on_epoch_end(self, epoch, logs=None):
        with tempfile.TemporaryDirectory() as directory:  # Keras writes to a name of its own format, not to a file
            path = Path(directory) / "model.keras"
            self.model.save(path)
            self.checkpoints.save(epoch + 1, lambda file: file.write(path.read_bytes()))


def forecaster(series, hidden, learning_rate):
    """Forecasts the change since the last month that is known, and gives the month in degrees."""
    known = keras.Input((series.train_x.shape[1],))
    change = keras.layers.Dense(hidden, "relu")(known)
    change = keras.layers.Dense(hidden, "relu")(change)
    change = keras.layers.Dense(1)(change)
    month = keras.layers.Add()([known[:, -1:], change])
    model = keras.Model(known, keras.layers.Rescaling(float(series.deviation), float(series.mean))(month))
    model.compile(optimizer=keras.optimizers.Adam(learning_rate), loss="mse", metrics=["mape"])
    return model


def main():
    settings = job.hyperparameters(epochs=40, learning_rate=0.001, batch_size=32, hidden_units=64, seed=7)
    keras.utils.set_random_seed(settings.seed)
    series = Series(job.DATA)

    checkpoints = Checkpoints(job.CHECKPOINTS, ".keras")
    done, model = checkpoints.newest(keras.models.load_model)
    print(f"resumed from epoch {done} of {settings.epochs}" if done else "starting from scratch", flush=True)
    if model is None:
        model = forecaster(series, settings.hidden_units, settings.learning_rate)

    model.fit(
        series.train_x,
        series.original(series.train_y),
        batch_size=settings.batch_size,
        validation_data=(series.validation_x, series.original(series.validation_y)),
        epochs=settings.epochs,
        initial_epoch=done,
        callbacks=[EveryEpoch(checkpoints, settings.seed)],
        verbose=2,  # a line an epoch: a progress bar is made for a terminal
    )
    job.MODEL.mkdir(parents=True, exist_ok=True)
    model.save(job.MODEL / "model.keras")


if __name__ == "__main__":
    job.run(main)
