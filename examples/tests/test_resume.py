"""Every example is killed in mid-training, finds what an interruption leaves, and ends as if nothing had happened.

Run with: python -m unittest discover --start-directory examples/tests
It needs what is in requirements.txt beside this file.
"""

import re
import shutil
import tempfile
import unittest
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from program import EXAMPLES, Program, as_sagemaker_sends, curves

STEPS_AN_EPOCH = 19
MARKERS = (".sagemaker-uploading", ".sagemaker-uploaded")


class Resumes:
    """The tests of an example whose checkpoints are single files. Its name, and what it is run with:"""

    example = ""
    arguments = ()
    last = 0  # epoch or round
    suffix = ""
    steps_an_epoch = 1
    kill_at = ""  # what it says in mid-training
    told = r"\A(?!)"  # an epoch or round that is told, its number the group
    preset = None
    metrics = ()
    model = ""

    @classmethod
    def setUpClass(cls):
        place = tempfile.TemporaryDirectory()
        cls.addClassCleanup(place.cleanup)
        cls.place = Path(place.name)
        cls.whole = cls.program("whole")
        # Beside the one that is killed: two cores are not idle.
        pool = ThreadPoolExecutor(1)
        cls.addClassCleanup(pool.shutdown)
        cls.uninterrupted = pool.submit(cls.whole.run)

    @classmethod
    def program(cls, name):
        return Program(cls.example, cls.place / name, cls.arguments)

    def test_the_action_reads_its_metrics(self):
        code, log = self.uninterrupted.result()
        self.assertEqual(code, 0, log)
        for found in curves((log, as_sagemaker_sends(log)), self.preset, None if self.preset else self.metrics):
            for name in self.metrics:
                self.assertIn(name, found)
                self.assertEqual(found[name]["points"], self.last, name)
            error = found[self.metrics[0]]
            self.assertLess(float(error["last"]), float(error["max"]), "it learns")

    def test_it_goes_on_where_it_was_killed(self):
        killed = self.program("killed")
        code, said = killed.kill_after(self.kill_at)
        self.assertEqual(code, -9, said)
        steps = self.checkpoints(killed)
        epoch = steps[-1] // self.steps_an_epoch
        self.assertTrue(0 < epoch < self.last, f"killed in epoch {epoch} of {self.last}")
        self.litter(killed, steps[-1])

        code, said = killed.run()
        self.uninterrupted.result()

        self.assertEqual(code, 0, said)
        self.assertRegex(said, rf"(?m)^resumed from \w+ {epoch} of {self.last}$")
        self.assertRegex(said, r"(cannot be read|is not complete), trying the one before")
        told = [int(number) for number in re.findall(self.told, said)]
        self.assertEqual(told[0], self.first_told(epoch))
        self.assertEqual(self.result(killed), self.result(self.whole))
        self.assertEqual(len(self.checkpoints(killed)), 2)
        self.assertEqual(sorted(path.name for path in killed.place.iterdir()), ["checkpoints", "model"])

    def first_told(self, epoch):
        return epoch + 1

    def checkpoints(self, program):
        pattern = re.compile(rf"checkpoint-(\d+){re.escape(self.suffix)}")
        found = (pattern.fullmatch(path.name) for path in program.checkpoints.iterdir())
        return sorted(int(match[1]) for match in found if match)

    def litter(self, program, step):
        """The next checkpoint cut short on its way to S3 and back, one in the making, and SageMaker's markers."""
        name = "checkpoint-{:06d}" + self.suffix
        newest = (program.checkpoints / name.format(step)).read_bytes()
        half = newest[: len(newest) // 2]
        (program.checkpoints / name.format(step + 1)).write_bytes(half)
        (program.checkpoints / (name.format(step + 2) + ".sagemaker-ignore")).write_bytes(half)
        for marker in MARKERS:
            (program.checkpoints / (name.format(step) + marker)).touch()
            (program.checkpoints / (name.format(step + 3) + marker)).touch()

    def result(self, program):
        return (program.model / self.model).read_bytes()


class PyTorch(Resumes, unittest.TestCase):
    example, arguments, last, suffix = "pytorch-timeseries", ["--epochs", "16"], 16, ".pt"
    kill_at, told = r"epoch=5 ", r"(?m)^epoch=(\d+) "
    metrics, model = ("val_mape", "train_loss"), "model.pt"


class Lightning(Resumes, unittest.TestCase):
    example, arguments, last, suffix = "pytorch-lightning", ["--epochs", "12"], 12, ".ckpt"
    kill_at, told = r"Epoch 4: 100%", r"Epoch (\d+): 100%"
    preset, metrics, model = "pytorch-lightning", ("val_mape", "train_loss"), "model.pt"

    def first_told(self, epoch):
        return epoch  # Lightning counts from zero


class Keras(Resumes, unittest.TestCase):
    example, arguments, last, suffix = "keras", ["--epochs", "40"], 40, ".keras"
    kill_at, told = r"Epoch 5/", r"(?m)^Epoch (\d+)/"
    preset, metrics, model = "keras", ("val_mape", "val_loss", "loss", "mape"), "model.keras"

    def result(self, program):
        with zipfile.ZipFile(program.model / self.model) as archive:  # beside the weights it holds the date
            return archive.read("model.weights.h5")


class LightGBM(Resumes, unittest.TestCase):
    example, arguments, last, suffix = "lightgbm", ["--rounds", "1000"], 1000, ".txt"
    kill_at, told = r"\[50\]", r"(?m)^\[(\d+)\]"
    preset, metrics, model = "lightgbm", ("val's mape", "val's rmse"), "model.txt"

    def result(self, program):
        trees, _, _ = super().result(program).partition(b"\nparameters:")  # how many rounds the last run made is there
        return trees


class HuggingFace(Resumes, unittest.TestCase):
    example, arguments, last = "huggingface", ["--epochs", "6"], 6
    steps_an_epoch = STEPS_AN_EPOCH
    kill_at, told = r"'eval_loss'.*'epoch': '?3", r"'eval_loss'.*'epoch': '?(\d+)"
    preset, metrics, model = "huggingface", ("eval_mape", "eval_loss", "loss"), "model.safetensors"

    def checkpoints(self, program):
        """The signed ones: another may have been in the making."""
        signed = program.checkpoints.glob("checkpoint-*/complete.json")
        return sorted(int(path.parent.name.split("-")[1]) for path in signed)

    def litter(self, program, step):
        newest = program.checkpoints / f"checkpoint-{step}"
        for name in ("model.safetensors", "optimizer.pt", "complete.json"):
            for marker in MARKERS:
                (newest / (name + marker)).touch()
        short, unsigned = (program.checkpoints / f"checkpoint-{step + each}" for each in (1, 2))
        shutil.rmtree(unsigned, ignore_errors=True)
        for copy in (short, unsigned):
            shutil.copytree(newest, copy)
        optimizer = short / "optimizer.pt"
        optimizer.write_bytes(optimizer.read_bytes()[:1000])
        (unsigned / "complete.json").unlink()
        (unsigned / "complete.json.sagemaker-ignore").write_text("{")


class SameFiles(unittest.TestCase):
    def test_what_every_example_shares_is_the_same_everywhere(self):
        for name, count in (("job.py", 5), ("series.py", 5), ("checkpoint.py", 5)):
            copies = [path for path in EXAMPLES.glob(f"*/src/{name}") if path.parts[-3] != "forecast"]
            self.assertEqual(len(copies), count)
            self.assertEqual(len({path.read_bytes() for path in copies}), 1, name)


if __name__ == "__main__":
    unittest.main()
