"""The training as SageMaker runs it: a process. Run with: python3 -m unittest discover examples/forecast/tests"""

import os
import signal
import subprocess
import sys
import unittest
from pathlib import Path

from directory import Directory

EXAMPLE = Path(__file__).resolve().parent.parent
SMALL = ["--epochs", "5", "--hidden-units", "3", "--lags", "6", "--batch-size", "64"]


class ProcessTest(Directory):
    """train.py as SageMaker runs it."""

    def start(self, *arguments, name="job", **environment):
        place = self.path / name
        variables = {
            "SM_CHANNEL_TRAIN": EXAMPLE / "data",
            "SM_MODEL_DIR": place / "model",
            "SM_OUTPUT_DATA_DIR": place / "data",
            "SM_OUTPUT_DIR": place,
        }
        variables["SM_CHECKPOINT_DIR"] = place / "checkpoints"
        command = [sys.executable, str(EXAMPLE / "src" / "train.py"), *SMALL, *arguments]
        env = {**os.environ, **{key: str(value) for key, value in {**variables, **environment}.items()}}
        process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.kill)
        return process

    def run_to_end(self, *arguments, **keywords):
        process = self.start(*arguments, **keywords)
        out, err = process.communicate()
        return process.returncode, out, err

    def test_sigterm_saves_and_the_resumed_run_ends_as_the_uninterrupted_one(self):
        self.assertEqual(self.run_to_end(name="whole")[0], 0)
        process = self.start("--epoch-seconds", "60", "--checkpoint-every", "100")
        while not process.stdout.readline().startswith("epoch=1 "):
            self.assertIsNone(process.poll())
        process.send_signal(signal.SIGTERM)
        out, _ = process.communicate()
        self.assertEqual(process.returncode, 143)
        self.assertRegex(out, "stopped by SIGTERM after epoch 1 of 5")
        code, out, _ = self.run_to_end()
        self.assertEqual(code, 0)
        self.assertIn("resumed from step 1 (epoch 1) of 5", out)
        for file in ("model/model.json", "data/metrics.json"):
            self.assertEqual((self.path / "job" / file).read_bytes(), (self.path / "whole" / file).read_bytes())

    def test_a_checkpoint_of_another_training_is_refused_and_left_alone(self):
        self.run_to_end()
        code, _, err = self.run_to_end("--seed", "8")
        self.assertEqual(code, 1)
        self.assertIn("other values of seed", err)
        self.assertEqual(len(os.listdir(self.path / "job" / "checkpoints")), 2)

    def test_more_epochs_continue_a_finished_training(self):
        self.run_to_end()
        code, out, _ = self.run_to_end("--epochs", "6")
        self.assertEqual(code, 0)
        self.assertIn("resumed from step 5 (epoch 5) of 6", out)

    def test_an_error_is_in_the_failure_file_with_its_cause_first(self):
        code, _, _ = self.run_to_end(SM_CHANNEL_TRAIN=self.path / "empty")
        self.assertEqual(code, 1)
        text = (self.path / "job" / "failure").read_text()
        self.assertRegex(text, r"\AValueError: no CSV file in ")
        self.assertIn("Traceback (most recent call last)", text)


if __name__ == "__main__":
    unittest.main()
