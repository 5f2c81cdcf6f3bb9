"""Checkpoints that survive a spot interruption. The same file in every example.

SageMaker copies this directory to Amazon S3 while the job runs, at moments of its own choosing, and back before it
starts the job again. So a checkpoint appears whole or not at all, the one before it stays as a reserve, and files that
are not ours are neither read nor removed.
"""

import os
import re
from contextlib import contextmanager

# SageMaker leaves markers beside our files, `<file>.sagemaker-uploading` and `<file>.sagemaker-uploaded`, and does not
# upload what ends like this:
UNFINISHED = ".sagemaker-ignore"
KEPT = 2


@contextmanager
def whole_file(path):
    """A file to write to. It appears as `path` only when all of it is on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + UNFINISHED)
    with unfinished.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    os.replace(unfinished, path)


class Checkpoints:
    """Files `checkpoint-<step><suffix>` in one directory."""

    def __init__(self, directory, suffix):
        self.directory = directory
        self.suffix = suffix

    def path(self, step):
        return self.directory / f"checkpoint-{step:06d}{self.suffix}"

    def steps(self):
        """Oldest first. The whole name must match: markers and unfinished files do not."""
        names = os.listdir(self.directory) if self.directory.is_dir() else []
        found = (re.fullmatch(rf"checkpoint-(\d+){re.escape(self.suffix)}", name) for name in names)
        return sorted(int(match[1]) for match in found if match)

    def newest(self, load):
        """(step, what `load(path)` makes of it) of the newest checkpoint that can be read; (0, None) without one."""
        for step in reversed(self.steps()):
            try:
                return step, load(self.path(step))
            except Exception as error:  # cut short on its way: every library says that in words of its own
                print(f"{self.path(step).name} cannot be read, trying the one before: {error!r}", flush=True)
        return 0, None

    def save(self, step, write):
        with whole_file(self.path(step)) as file:
            write(file)
        self.prune(step)

    def prune(self, step):
        """Removes those before `step`, but for the reserve. Removed here, they go from S3 as well."""
        for old in [each for each in self.steps() if each <= step][:-KEPT]:
            self.path(old).unlink(missing_ok=True)
