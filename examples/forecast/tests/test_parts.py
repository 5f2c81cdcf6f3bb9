"""The parts of the training, one by one. Run with: python3 -m unittest discover examples/forecast/tests"""

import json
import os
import random
import sys
import unittest
from pathlib import Path

from directory import Directory

EXAMPLE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(EXAMPLE / "src"))

import series  # noqa: E402
import settings as configuration  # noqa: E402
from checkpoint import Checkpoints  # noqa: E402
from network import Adam, Network  # noqa: E402


class CheckpointTest(Directory):
    def setUp(self):
        super().setUp()
        self.said = []
        self.checkpoints = Checkpoints(self.path, self.said.append)

    def save(self, *steps):
        for step in steps:
            self.checkpoints.save({"step": step})

    def test_keeps_the_last_two(self):
        self.save(1, 2, 3)
        self.assertEqual(sorted(os.listdir(self.path)), ["checkpoint-000002.json", "checkpoint-000003.json"])
        self.assertEqual(self.checkpoints.newest(), {"step": 3})

    def test_files_of_others_are_neither_read_nor_removed(self):
        self.save(1)
        others = [
            f"checkpoint-{step:06d}.json{suffix}"
            for step in (1, 9)
            for suffix in (".sagemaker-uploading", ".sagemaker-uploaded", ".sagemaker-ignore")
        ]
        others += ["notes.txt", "checkpoint-9.json", "old-checkpoint-000009.json"]
        for name in others:
            (self.path / name).write_text("{}")
        self.assertEqual(self.checkpoints.newest(), {"step": 1})
        self.save(2, 3)
        self.assertEqual(set(os.listdir(self.path)), {*others, "checkpoint-000002.json", "checkpoint-000003.json"})

    def test_a_damaged_newest_one_is_passed_over_and_its_reserve_is_kept(self):
        for damage in (b"", b'{"step": 2', b"\0" * 12, b"[]", b'{"step": 1}', b"\xff\xfe"):
            with self.subTest(damage=damage):
                self.save(1)
                self.checkpoints.path(2).write_bytes(damage)
                later = Checkpoints(self.path, self.said.append)
                self.assertEqual(later.newest(), {"step": 1})
                self.assertIn("step 2 is damaged", self.said[-1])
                later.save({"step": 3})
                self.assertEqual(later.steps(), [1, 3])
                later.path(3).unlink()

    def test_nothing_there(self):
        self.assertIsNone(Checkpoints(self.path / "missing").newest())


class SettingsTest(Directory):
    def parse(self, arguments, hyperparameters=None):
        if hyperparameters is not None:
            (self.path / "hyperparameters.json").write_text(json.dumps(hyperparameters))
        return configuration.parse(arguments, {"SM_INPUT_CONFIG_DIR": str(self.path)})

    def test_started_by_sagemaker_the_file_speaks(self):
        file = {"epochs": "3", "learning-rate": "1e-3", "checkpoint-dir": '"/tmp/x"', "sagemaker_program": "train.py"}
        settings = self.parse(["train"], file)
        self.assertEqual(
            (settings["epochs"], settings["learning_rate"], settings["checkpoint_dir"]), (3, 0.001, "/tmp/x")
        )

    def test_arguments_win_over_the_file(self):
        self.assertEqual(self.parse(["--epochs", "9"], {"epochs": "3"})["epochs"], 9)

    def test_what_cannot_be_is_refused(self):
        for arguments in (["--epoch", "9"], ["--epochs", "many"], ["--epochs", "0"], ["serve"]):
            with self.subTest(arguments=arguments), self.assertRaisesRegex(ValueError, "hyperparameters"):
                self.parse(arguments)

    def test_place_of_the_checkpoints(self):
        settings = self.parse([])
        environment = {"SM_INPUT_CONFIG_DIR": str(self.path)}
        self.assertEqual(configuration.checkpoint_dir(settings, environment), Path("/opt/ml/checkpoints"))
        (self.path / "checkpointconfig.json").write_text('{"LocalPath": "/data/ck/", "S3Uri": "s3://bucket/ck/"}')
        self.assertEqual(configuration.checkpoint_dir(settings, environment), Path("/data/ck"))
        environment["SM_CHECKPOINT_DIR"] = "/env"
        self.assertEqual(configuration.checkpoint_dir(settings, environment), Path("/env"))
        self.assertEqual(
            configuration.checkpoint_dir(self.parse(["--checkpoint-dir", "/arg"]), environment), Path("/arg")
        )


class SeriesTest(Directory):
    def test_bad_data_is_named_by_line(self):
        for text, message in (
            ("month,v\n2000-01,1\n2000-03,1\n", "2000-01 and 2000-03"),
            ("month,v\n2000-01,1\n2000-01,1\n", "duplicate"),
            ("month,v\n2000-01,1\n2000-02,\n", "data.csv, line 3"),
            ("month,v\n2000-13,1\n", "line 2"),
            ("month,v\n2000-01,nan\n", "line 2"),
        ):
            with self.subTest(text=text), self.assertRaisesRegex(ValueError, message):
                (self.path / "data.csv").write_text(text)
                series.read(self.path)

    def test_the_shipped_data_are_61_years(self):
        months, values = series.read(EXAMPLE / "data")
        self.assertEqual((len(values), series.name(months[0]), series.name(months[-1])), (732, "1950-01", "2010-12"))

    def test_features_hold_nothing_that_is_not_known_yet(self):
        values = [float(index + 1) for index in range(60)]
        examples = series.Examples(list(range(60)), values, lags=3, horizon=2, validation_months=12)
        features, _, actual, naive = examples.validation[0]
        self.assertEqual([round(examples.scale.original(value)) for value in features[:3]], [45, 46, 47])
        self.assertEqual((actual, naive), (49.0, 37.0))

    def test_errors_of_a_forecast(self):
        pairs = [(11.0, 10.0), (18.0, 20.0)]
        self.assertAlmostEqual(series.mape(pairs), 0.1)
        self.assertAlmostEqual(series.rmse(pairs), 2.5**0.5)


class NetworkTest(unittest.TestCase):
    def test_gradient_is_the_slope_of_the_loss(self):
        rng = random.Random(1)
        network = Network.initialised(3, 4, rng)
        features, target = [0.3, -1.2, 0.8], 0.5
        gradient = [0.0] * len(network.weights)
        network.add_gradient(features, target, gradient)

        def loss():
            return (network.predict(features) - target) ** 2 / 2

        for index, weight in enumerate(network.weights):
            network.weights[index] = weight + 1e-6
            above = loss()
            network.weights[index] = weight - 1e-6
            self.assertAlmostEqual((above - loss()) / 2e-6, gradient[index], places=6)
            network.weights[index] = weight

    def test_adam_finds_the_bottom(self):
        weights, adam = [5.0], Adam(1)
        for _ in range(500):
            adam.update(weights, [2 * (weights[0] - 1)], 0.05)
        self.assertAlmostEqual(weights[0], 1.0, places=3)
