import tempfile
import unittest
from pathlib import Path


class Directory(unittest.TestCase):
    """A test with a directory of its own, `self.path`."""

    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.path = Path(place.name)
