"""Holds every call in the ledgers of the local cloud against AWS's service models, as botocore ships them.

usage: python3 validate_ledgers.py DIRECTORY      (every *.json and *.jsonl in it, at any depth)

One test an operation and direction. A request is checked always, an answer if it is neither an error nor an injected
fault. Exit code 1 on any violation, and if there was nothing to check.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

import botocore.session
from botocore.model import OperationNotFoundError

from model_rules import from_form, violations

SERVICES = {name: name for name in ("sagemaker", "ecr", "logs", "cloudwatch", "sts", "iam", "s3")}
SERVICES["servicequotas"] = "service-quotas"
NOT_AWS = {"oidc", "github", "registry", "local"}
WITH_FORMS = {"query"}


class Check:
    """The outcome of one operation in one direction."""

    def __init__(self):
        self.entries = 0
        self.places = defaultdict(list)  # violation -> where it was seen

    def add(self, place, found):
        self.entries += 1
        for violation in found:
            self.places[violation].append(place)


class Models:
    def __init__(self):
        self.session = botocore.session.Session()
        self.loaded = {}

    def service(self, name):
        if name not in self.loaded:
            self.loaded[name] = self.session.get_service_model(SERVICES[name])
        return self.loaded[name]


def entries_of(file):
    """(entry, place) of one ledger: a JSON array, or an object a line."""
    text = file.read_text(encoding="utf-8")
    entries = (
        [json.loads(line) for line in text.splitlines() if line.strip()]
        if file.suffix == ".jsonl"
        else json.loads(text)
    )
    if not isinstance(entries, list):
        raise ValueError("not a JSON array")
    for entry in entries:
        yield entry, f"{file.name} #{entry['n']}"


def missing_in_address(request, shape):
    """S3: required members of path and query, under their own name or the wire's; headers are not in the ledger."""
    for name in shape.required_members if shape else ():
        place = shape.members[name].serialization
        if place.get("location") in ("uri", "querystring") and not {name, place["name"]} & request.keys():
            yield f'Missing required parameter in input: "{name}"'


def request_violations(entry, operation, model):
    request, shape = entry["request"], operation.input_shape
    if model.service_name == "s3":
        return missing_in_address(request or {}, shape)
    if shape is None:
        return [f"{operation.name} takes no input, got {request}"] if request else []
    protocols = set(model.metadata.get("protocols", [model.metadata["protocol"]]))
    if protocols & WITH_FORMS:
        request = from_form(request, shape)
    return violations({} if request is None else request, shape, wire_format(protocols))


def response_violations(entry, operation, model):
    response, shape = entry["response"], operation.output_shape
    if shape is None:
        return [f"{operation.name} answers nothing, got {response}"] if response else []
    protocols = set(model.metadata.get("protocols", [model.metadata["protocol"]]))
    return violations({} if response is None else response, shape, wire_format(protocols))


def wire_format(protocols):
    """A service that also speaks Query or XML may have its timestamps as ISO 8601 text."""
    return "json" if protocols == {"json"} else "mixed"


def is_answered(entry):
    return (
        entry["status"] is not None and entry["error"] is None and entry["fault"] is None and entry["service"] != "s3"
    )


def check(entries, models):
    """{(service, operation, direction): Check} of all calls to AWS services."""
    checks = defaultdict(Check)
    for entry, place in entries:
        service, name = entry["service"], entry["operation"]
        if service in NOT_AWS:
            continue
        if service not in SERVICES:
            checks[service, name, "request"].add(place, [f"unknown service {service}"])
            continue
        model = models.service(service)
        try:
            operation = model.operation_model(name)
        except OperationNotFoundError:
            checks[service, name, "request"].add(place, [f"{SERVICES[service]} has no operation {name}"])
            continue
        checks[service, name, "request"].add(place, request_violations(entry, operation, model))
        if is_answered(entry):
            checks[service, name, "response"].add(place, response_violations(entry, operation, model))
    return checks


def report(checks, say=print):
    """Prints the table and every violation; returns the numbers of checks passed and failed."""
    say(f"{'service':<14} {'operation':<32} {'direction':<9} {'entries':>7}  result")
    for (service, operation, direction), result in sorted(checks.items()):
        verdict = f"{len(result.places)} violations" if result.places else "ok"
        say(f"{service:<14} {operation:<32} {direction:<9} {result.entries:>7}  {verdict}")
    for (service, operation, direction), result in sorted(checks.items()):
        for violation, places in sorted(result.places.items()):
            say(f"{service} {operation} {direction}: {violation}\n    {len(places)} times, first in {places[0]}")
    failed = sum(1 for result in checks.values() if result.places)
    return len(checks) - failed, failed


def main(arguments):
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print(__doc__, file=sys.stderr)
        return 2
    files = sorted(file for file in Path(arguments[0]).rglob("*") if file.suffix in (".json", ".jsonl"))
    entries = []
    for file in files:
        try:
            entries += entries_of(file)
        except (ValueError, KeyError, TypeError) as error:
            print(f"{file} is no ledger: {type(error).__name__}: {error}")
            print("Tests: 0 passed, 1 failed")
            return 1
    passed, failed = report(check(entries, Models()))
    if passed + failed == 0:
        print(f"no call to an AWS service in {len(files)} files of {arguments[0]}")
        failed = 1
    print(f"Tests: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
