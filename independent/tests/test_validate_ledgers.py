"""python3 -m unittest discover independent/tests"""

import contextlib
import io
import json
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import validate_ledgers  # noqa: E402
from ledger_samples import BAD, GOOD, changed, entry  # noqa: E402


class ValidateLedgersTest(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.path = Path(place.name)

    def run_on(self, *entries, name="ledger.json"):
        (self.path / name).write_text(json.dumps(list(entries)), encoding="utf-8")
        return self.run_main()

    def run_main(self):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            code = validate_ledgers.main([str(self.path)])
        return code, out.getvalue()

    def test_true_calls_pass_and_are_counted_by_operation_and_direction(self):
        code, out = self.run_on(*GOOD)
        self.assertEqual((code, out.splitlines()[-1]), (0, "Tests: 23 passed, 0 failed"), out)
        self.assertRegex(out, r"sagemaker +DescribeTrainingJob +request +4  ok")
        self.assertRegex(out, r"sagemaker +DescribeTrainingJob +response +1  ok")
        self.assertNotIn("github", out)

    def test_each_wrong_belief_is_found_and_named(self):
        models = validate_ledgers.Models()
        for service, operation, direction, value, path, new, message in BAD:
            with self.subTest(operation=operation, path=path, new=new):
                good = next(each for each in GOOD if each["operation"] == operation)
                wrong = {**good, direction: changed(value, path, new)}
                checks = validate_ledgers.check([(wrong, "ledger.json #1")], models)
                found = "\n".join(checks[service, operation, direction].places)
                self.assertRegex(found, message)

    def test_one_bad_entry_fails_its_operation_and_says_where_it_was_first_seen(self):
        bad = entry("sagemaker", "StopTrainingJob", {"TrainingJobName": "a_b"}, None)
        code, out = self.run_on(*GOOD, {**bad, "n": 20}, {**bad, "n": 21})
        self.assertEqual((code, out.splitlines()[-1]), (1, "Tests: 22 passed, 1 failed"))
        self.assertIn("2 times, first in ledger.json #20", out)

    def test_an_unknown_operation_or_service_is_a_violation(self):
        code, out = self.run_on(entry("sagemaker", "CreateTrainingjob", {}), entry("sqs", "SendMessage", {}))
        self.assertEqual(code, 1)
        self.assertIn("sagemaker has no operation CreateTrainingjob", out)
        self.assertIn("unknown service sqs", out)

    def test_nothing_to_check_is_a_failure(self):
        self.assertEqual(self.run_main()[0], 1)
        self.assertEqual(self.run_on(GOOD[-1])[0], 1)

    def test_what_is_no_ledger_is_a_failure(self):
        for text in ("", "{}", '{"n": 1', "[1]"):
            with self.subTest(text=text):
                (self.path / "ledger.json").write_text(text)
                code, out = self.run_main()
                self.assertEqual((code, out.splitlines()[-1]), (1, "Tests: 0 passed, 1 failed"))

    def test_ledgers_at_any_depth_and_one_object_a_line(self):
        (self.path / "a").mkdir()
        (self.path / "a" / "b.jsonl").write_text("\n".join(json.dumps(each) for each in GOOD[:2]) + "\n")
        code, out = self.run_on(GOOD[0])
        self.assertEqual(code, 0)
        self.assertRegex(out, r"CreateTrainingJob +request +2  ok")


if __name__ == "__main__":
    unittest.main()
