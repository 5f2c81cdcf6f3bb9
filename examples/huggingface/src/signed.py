"""Checkpoints that are directories: whole when they are signed, and every file has the size that was signed.

A directory cannot appear at once, neither on the disk nor in Amazon S3, where every file arrives by itself and in no
promised order. So the last file to be written lists all others.
"""

import json
import os
import re
import shutil

from checkpoint import whole_file

SIGNATURE = "complete.json"
MARKER = re.compile(r"\.sagemaker-\w+$")  # SageMaker's own, beside any of our files


def sizes(directory):
    files = (path for path in directory.rglob("*") if path.is_file() and path.name != SIGNATURE)
    return {str(path.relative_to(directory)): path.stat().st_size for path in files if not MARKER.search(path.name)}


def sign(directory):
    """Says that the directory is complete, after everything in it is on the disk."""
    for name in sizes(directory):
        with (directory / name).open("rb") as file:
            os.fsync(file.fileno())
    with whole_file(directory / SIGNATURE) as file:
        file.write(json.dumps(sizes(directory)).encode())


def is_whole(directory):
    try:
        signed = json.loads((directory / SIGNATURE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    found = sizes(directory)
    return all(found.get(name) == size for name, size in signed.items())


def newest_signed(place):
    """The newest complete `checkpoint-<step>` directory, or None.

    Incomplete newer ones are removed: they would be mixed with what is written under their names now.
    """
    directories = (path for path in place.glob("checkpoint-*") if path.is_dir())
    ours = [path for path in directories if re.fullmatch(r"checkpoint-\d+", path.name)]
    for directory in sorted(ours, key=lambda path: int(path.name.split("-")[1]), reverse=True):
        if is_whole(directory):
            return directory
        print(f"{directory.name} is not complete, trying the one before", flush=True)
        shutil.rmtree(directory, ignore_errors=True)
    return None
