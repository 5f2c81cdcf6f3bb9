"""Checkpoints that survive a spot interruption.

SageMaker copies this directory to and from Amazon S3 while the job runs, at moments of its own choosing, and an
interruption may come without notice. So: a checkpoint appears whole or not at all on this disk; the one before it
stays as a reserve, for the copy in S3 may be cut short; and files that are not ours are neither read nor removed.
"""

import json
import os
import re

# SageMaker's uploader does not take files with this suffix. It also leaves marker files of its own beside ours
# (`.sagemaker-uploading`, `.sagemaker-uploaded`); OURS matches none of the three.
UNFINISHED = ".sagemaker-ignore"
OURS = re.compile(r"checkpoint-(\d{6})\.json")
KEPT = 2


class Checkpoints:
    def __init__(self, directory, say=print):
        self.directory = directory
        self.say = say
        self.whole = []  # steps of the checkpoints known to be complete, oldest first

    def path(self, step):
        return self.directory / f"checkpoint-{step:06d}.json"

    def steps(self):
        """Steps of all checkpoint files here, oldest first, whether complete or not."""
        names = (OURS.fullmatch(entry) for entry in os.listdir(self.directory)) if self.directory.is_dir() else ()
        return sorted(int(match.group(1)) for match in names if match)

    def newest(self):
        """The state of the newest complete checkpoint, or None. Damaged ones are passed over, and said so."""
        for step in reversed(self.steps()):
            state = self.read(step)
            if state is not None:
                self.whole = [step]
                return state
        return None

    def read(self, step):
        try:
            state = json.loads(self.path(step).read_text(encoding="utf-8"))
            if state["step"] == step:  # the closing brace was there, so the rest was too
                return state
            reason = f"it says it is of step {state['step']}"
        except (OSError, ValueError, KeyError, TypeError) as error:
            reason = f"{type(error).__name__}: {error}"
        self.say(f"checkpoint of step {step} is damaged, trying the one before ({reason})")
        return None

    def save(self, state):
        """Writes `state` under its step and removes our older checkpoints, but for the last complete ones."""
        self.directory.mkdir(parents=True, exist_ok=True)
        path = self.path(state["step"])
        unfinished = path.with_name(path.name + UNFINISHED)
        with unfinished.open("w", encoding="utf-8") as file:
            json.dump(state, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
        self.whole = [step for step in self.whole if step != state["step"]][1 - KEPT :] + [state["step"]]
        for step in self.steps():
            if step not in self.whole:
                self.path(step).unlink(missing_ok=True)
