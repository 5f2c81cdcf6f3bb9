"""Where a training job finds its settings and places.

Hyperparameters arrive twice under Amazon SageMaker: always in hyperparameters.json (every value a string), and as
`--name value` arguments when the SageMaker training toolkit starts the script. Arguments win.
"""

import argparse
import json
from pathlib import Path

FRAMEWORK_PREFIX = "sagemaker_"  # hyperparameters that are meant for the toolkit, not for us

# name: (type, default, meaning)
HYPERPARAMETERS = {
    "epochs": (int, 40, "passes over the training months"),
    "learning-rate": (float, 0.002, "step size of Adam in the first epoch"),
    "learning-rate-decay": (float, 0.05, "epoch e uses learning-rate / (1 + decay * e)"),
    "weight-decay": (float, 0.03, "pull of the weights towards zero"),
    "batch-size": (int, 16, "months in one update"),
    "hidden-units": (int, 32, "width of the hidden layer"),
    "lags": (int, 24, "months the forecast looks back on"),
    "horizon": (int, 2, "months the forecast looks ahead"),
    "validation-months": (int, 120, "the last months, held out"),
    "seed": (int, 7, "start of the random numbers"),
    "epoch-seconds": (float, 0.0, "least duration of an epoch; slows a demonstration down"),
    "checkpoint-every": (int, 1, "epochs between two checkpoints"),
    "checkpoint-dir": (str, "", "overrides the place of the checkpoints"),
}

# Changing one of these does not change what the weights become after a given epoch.
HARMLESS = {"epochs", "epoch-seconds", "checkpoint-every", "checkpoint-dir"}


class Parser(argparse.ArgumentParser):
    """argparse would print its usage and exit with 2: a bad hyperparameter must end up in the failure file instead."""

    def error(self, message):
        raise ValueError(f"hyperparameters: {message}")


def parse(arguments, environment):
    """Settings as a dict with underscores in the names. Raises ValueError for unknown names and impossible values."""
    parser = Parser(add_help=False, allow_abbrev=False)
    parser.add_argument("command", nargs="?", choices=["train"])  # what SageMaker passes to an image's entry point
    for name, (kind, default, meaning) in HYPERPARAMETERS.items():
        parser.add_argument(f"--{name}", type=kind, default=default, help=meaning)
    settings = vars(parser.parse_args(from_file(config_dir(environment)) + list(arguments)))
    del settings["command"]
    for name in ("epochs", "batch_size", "hidden_units", "lags", "horizon", "validation_months", "checkpoint_every"):
        if settings[name] < 1:
            raise ValueError(f"hyperparameters: {name.replace('_', '-')} must be at least 1, not {settings[name]}")
    return settings


def from_file(directory):
    """hyperparameters.json as arguments; [] without the file."""
    file = directory / "hyperparameters.json"
    if not file.is_file():
        return []
    pairs = json.loads(file.read_text(encoding="utf-8"))
    return [f"--{name}={unquoted(value)}" for name, value in pairs.items() if not name.startswith(FRAMEWORK_PREFIX)]


def unquoted(value):
    """The SageMaker Python SDK sends strings in JSON quotes; other clients send them bare."""
    text = str(value)
    return json.loads(text) if text.startswith('"') else text


def decisive(settings):
    """The settings that decide the weights: a checkpoint written under others must not be resumed."""
    harmless = {name.replace("-", "_") for name in HARMLESS}
    return {name: value for name, value in settings.items() if name not in harmless}


def config_dir(environment):
    return Path(environment.get("SM_INPUT_CONFIG_DIR", "/opt/ml/input/config"))


def places(settings, environment):
    """The directories of the job: data, checkpoints, model, output data; and the failure file."""
    return {
        "train": Path(environment.get("SM_CHANNEL_TRAIN", "/opt/ml/input/data/train")),
        "checkpoints": checkpoint_dir(settings, environment),
        "model": Path(environment.get("SM_MODEL_DIR", "/opt/ml/model")),
        "output_data": Path(environment.get("SM_OUTPUT_DATA_DIR", "/opt/ml/output/data")),
    }


def failure_file(environment):
    return Path(environment.get("SM_OUTPUT_DIR", "/opt/ml/output")) / "failure"


def checkpoint_dir(settings, environment):
    """--checkpoint-dir, else SM_CHECKPOINT_DIR, else the job's CheckpointConfig, else SageMaker's default."""
    if settings["checkpoint_dir"]:
        return Path(settings["checkpoint_dir"])
    if environment.get("SM_CHECKPOINT_DIR"):
        return Path(environment["SM_CHECKPOINT_DIR"])
    file = config_dir(environment) / "checkpointconfig.json"
    if file.is_file():
        local_path = json.loads(file.read_text(encoding="utf-8")).get("LocalPath")
        if local_path:
            return Path(local_path)
    return Path("/opt/ml/checkpoints")
