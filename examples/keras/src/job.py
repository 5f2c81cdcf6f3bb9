"""What SageMaker tells a training program: its places and its hyperparameters. The same file in every example."""

import argparse
import json
import os
import sys
import traceback
from pathlib import Path

# The training toolkit sets the SM_ variables; an image without it finds the same things at the same places.
DATA = Path(os.environ.get("SM_CHANNEL_TRAIN", "/opt/ml/input/data/train"))
MODEL = Path(os.environ.get("SM_MODEL_DIR", "/opt/ml/model"))
OUTPUT = Path(os.environ.get("SM_OUTPUT_DIR", "/opt/ml/output"))
CONFIG = Path(os.environ.get("SM_INPUT_CONFIG_DIR", "/opt/ml/input/config"))
# Not SageMaker's variable: for trying the program out elsewhere.
CHECKPOINTS = Path(os.environ.get("SM_CHECKPOINT_DIR", "/opt/ml/checkpoints"))


def hyperparameters(**defaults):
    """Settings of these names and types: from hyperparameters.json, or as `--name value` from the training toolkit."""
    file = CONFIG / "hyperparameters.json"
    sent = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    own = {name: value for name, value in sent.items() if not name.startswith("sagemaker_")}  # those are the toolkit's
    arguments = [f"--{name}={value.strip(chr(34))}" for name, value in own.items()]
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("command", nargs="?", choices=["train"])  # SageMaker starts an image with this word
    for name, default in defaults.items():
        parser.add_argument("--" + name.replace("_", "-"), type=type(default), default=default)
    return parser.parse_args(arguments + sys.argv[1:])


def run(main):
    """Runs `main`. What it dies of becomes the job's FailureReason: SageMaker takes 1024 characters of this file."""
    try:
        main()
    except Exception as error:
        text = f"{type(error).__name__}: {error}\n\n{traceback.format_exc()}"
        OUTPUT.mkdir(parents=True, exist_ok=True)
        (OUTPUT / "failure").write_text(text, encoding="utf-8")
        sys.exit(text)
