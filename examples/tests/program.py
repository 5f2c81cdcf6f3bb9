"""An example's program as SageMaker runs it: a process with its places, which can be killed."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parent.parent
ROOT = EXAMPLES.parent


class Program:
    """One training job: `place` is what is left of it when an instance is taken away."""

    def __init__(self, example, place, arguments):
        self.example, self.place, self.arguments = example, place, arguments
        self.checkpoints = place / "checkpoints"
        self.model = place / "model"

    def start(self):
        environment = {
            **os.environ,
            "SM_CHANNEL_TRAIN": str(EXAMPLES / "forecast" / "data"),
            "SM_MODEL_DIR": str(self.model),
            "SM_OUTPUT_DIR": str(self.place),
            "SM_INPUT_CONFIG_DIR": str(self.place / "config"),
            "SM_CHECKPOINT_DIR": str(self.checkpoints),
            "KERAS_BACKEND": "jax",  # as in the example's Dockerfile
            "OMP_NUM_THREADS": "1",  # so small a model is slower on more
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        command = [sys.executable, str(EXAMPLES / self.example / "src" / "train.py"), "train", *self.arguments]
        self.place.mkdir(exist_ok=True)
        return subprocess.Popen(command, cwd=self.place, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def run(self):
        """To the end: (exit code, all it said)."""
        process = self.start()
        said, _ = process.communicate()
        return process.returncode, said.decode()

    def kill_after(self, pattern):
        """Starts it, and kills it without notice as soon as it has said `pattern`: (exit code, all it said)."""
        process, said = self.start(), b""
        try:
            while chunk := process.stdout.read1():
                said += chunk
                if re.search(pattern, said.decode(errors="ignore")):
                    process.kill()
            return process.wait(), said.decode(errors="ignore")
        finally:
            process.kill()
            process.stdout.close()


def curves(logs, preset=None, names=None):
    """What the action reads off each log: {metric: {"last": …, "points": …}}."""
    cases = "\n".join(json.dumps({"id": "log", "preset": preset, "names": names, "log": log}) for log in logs)
    command = ["npm", "run", "--silent", "curves"]
    answer = subprocess.run(command, cwd=ROOT, input=cases, stdout=subprocess.PIPE, text=True, check=True).stdout
    answers = [json.loads(line)["metrics"] for line in answer.splitlines()]
    return [{metric["name"]: metric for metric in metrics} for metrics in answers]


def as_sagemaker_sends(log):
    """Control characters reach CloudWatch as text."""
    for character, text in (("\t", "#011"), ("\r", "#015"), ("\x1b", "#033")):
        log = log.replace(character, text)
    return log
