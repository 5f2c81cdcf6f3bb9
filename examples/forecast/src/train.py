"""Learns to forecast a monthly series, the way a spot training job should: it can be stopped at any moment and,
started again on the same checkpoints, ends with the very weights it would have had without the interruption."""

import json
import os
import signal
import sys
import time
import traceback

import series
import settings as configuration
from checkpoint import Checkpoints
from training import Training, resume

TERMINATED = 128 + signal.SIGTERM  # not 0: a job that was stopped has not finished


def say(text):
    print(text, flush=True)  # at once: an interruption would swallow what is still in the buffer


class StopRequest:
    """Set by SIGTERM. The training loop looks at it between two epochs, so that a saved state is a consistent one."""

    def __init__(self):
        self.made = False
        signal.signal(signal.SIGTERM, self.make)

    def make(self, _signal, _frame):
        self.made = True

    def sleep_until(self, moment):
        while not self.made and time.monotonic() < moment:
            time.sleep(min(0.05, max(0.0, moment - time.monotonic())))


def train(training, checkpoints, identity, stop):
    """Runs the epochs that are left, saving as it goes. Returns False if it was asked to stop before the last one."""
    epochs, every = training.settings["epochs"], training.settings["checkpoint_every"]
    while training.step < epochs:
        earliest_end = time.monotonic() + training.settings["epoch_seconds"]
        loss = training.run_epoch()
        result = training.evaluate()
        say(
            f"epoch={training.step} train_loss={loss:.4f} val_mape={result['val_mape']:.4f} val_rmse={result['val_rmse']:.4f}"
        )
        last = training.step >= epochs
        due = last or training.step % every == 0
        if due:
            checkpoints.save({**training.state(), "identity": identity})
        if not last:
            stop.sleep_until(earliest_end)
        if stop.made and not last:
            if not due:
                checkpoints.save({**training.state(), "identity": identity})
            say(f"stopped by SIGTERM after epoch {training.step} of {epochs}: its checkpoint is saved")
            return False
    return True


def write_json(file, value):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def finish(training, places, baseline):
    result = training.evaluate()
    network, scale = training.network, training.examples.scale
    write_json(
        places["model"] / "model.json",
        {
            "lags": training.settings["lags"],
            "horizon": training.settings["horizon"],
            "mean": scale.mean,
            "deviation": scale.deviation,
            "hidden_units": network.hidden,
            "weights": network.weights,
        },
    )
    write_json(
        places["output_data"] / "metrics.json", {"epochs": training.step, **result, "seasonal_naive_mape": baseline}
    )
    say(
        f"finished: epochs={training.step} val_mape={result['val_mape']:.4f} val_rmse={result['val_rmse']:.4f} "
        f"seasonal_naive_mape={baseline:.4f}"
    )


def main(arguments, environment):
    """Returns the exit code: 0 when all epochs are done, 143 after SIGTERM."""
    stop = StopRequest()
    settings = configuration.parse(arguments, environment)
    places = configuration.places(settings, environment)
    months, values = series.read(places["train"])
    examples = series.Examples(months, values, settings["lags"], settings["horizon"], settings["validation_months"])
    baseline = series.mape([(naive, actual) for _, _, actual, naive in examples.validation])
    say(
        f"data: {len(values)} months, {series.name(months[0])} to {series.name(months[-1])}, held out from {series.name(months[examples.cut])}"
    )
    say(f"to beat: seasonal_naive_mape={baseline:.4f} (the same month of the year before)")
    training = Training(settings, examples)
    checkpoints = Checkpoints(places["checkpoints"], say)
    identity = {**configuration.decisive(settings), "data": series.fingerprint(months, values)}
    resume(training, checkpoints, identity, say)
    if not train(training, checkpoints, identity, stop):
        return TERMINATED
    finish(training, places, baseline)
    return 0


def report_failure(error, environment):
    """SageMaker takes the first 1024 characters of this file as the job's FailureReason: the cause comes first."""
    text = f"{type(error).__name__}: {error}\n\n{traceback.format_exc()}"
    print(text, file=sys.stderr, flush=True)
    file = configuration.failure_file(environment)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:], os.environ))
    except Exception as error:  # the last catch: whatever it was, the job's owner must read it
        report_failure(error, os.environ)
        sys.exit(1)
