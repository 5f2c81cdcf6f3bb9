"""Holds requests for CreateTrainingJob against botocore's model, and against what the SageMaker Python SDK 2 would send.

usage: python3 training_requests.py < requests.jsonl

A line is {"name", "request"} or {"name", "request", "estimator": {"kind", "arguments", "inputs"}, "job", "code"}. Prints
`ok NAME` or `not ok NAME: WHY` for each. Nothing is sent: the SDK's clients are stand-ins that keep what they are given.
"""

import json
import os
import sys
import tempfile
from unittest import mock

import botocore.session

from model_rules import violations

# What the API means by a field that is left out.
MEANT = {"EnableManagedSpotTraining": False}


# The SDK would report each call to its makers.
SILENT = {"SchemaVersion": "1.0", "SageMaker": {"PythonSDK": {"Modules": {"TelemetryOptOut": True}}}}


def against_model(request):
    model = botocore.session.Session().get_service_model("sagemaker")
    return violations(request, model.operation_model("CreateTrainingJob").input_shape, "json")


def against_sdk(case):
    expected, sent = request_of(case), dict(case["request"])
    # Tags are the action's own.
    sent.pop("Tags", None)
    return [
        f"{field}: the action sends {json.dumps(left)}, the SDK {json.dumps(right)}"
        for field in sorted({*expected, *sent})
        for left, right in [(sent.get(field, MEANT.get(field)), expected.get(field, MEANT.get(field)))]
        if left != right
    ]


def request_of(case):
    """What the SDK's estimator sends when it is fitted."""
    import boto3
    import sagemaker
    import sagemaker.estimator
    import sagemaker.fw_utils
    import sagemaker.pytorch

    estimator = case["estimator"]
    client = mock.Mock()
    boto_session = boto3.Session("key", "secret", region_name="us-east-1")
    session = sagemaker.Session(
        boto_session=boto_session, sagemaker_client=client, default_bucket="acme-ml", sagemaker_config=SILENT
    )
    kind = {"Estimator": sagemaker.estimator.Estimator, "PyTorch": sagemaker.pytorch.PyTorch}[estimator["kind"]]
    arguments = {name: value for name, value in estimator["arguments"].items() if value is not None}
    if "instance_groups" in arguments:
        groups = [sagemaker.instance_group.InstanceGroup(*group) for group in arguments["instance_groups"]]
        arguments["instance_groups"] = groups
    inputs = {name: channel_of(value, sagemaker.inputs) for name, value in estimator["inputs"].items()}
    kind(sagemaker_session=session, **arguments).fit(inputs or None, wait=False, job_name=case["job"])
    return client.create_training_job.call_args.kwargs


def channel_of(value, inputs):
    if isinstance(value, str):
        return value
    value = dict(value)
    if "shuffle_seed" in value:
        value["shuffle_config"] = inputs.ShuffleConfig(value.pop("shuffle_seed"))
    return (inputs.FileSystemInput if "file_system_id" in value else inputs.TrainingInput)(**value)


def main():
    wrong = 0
    for line in sys.stdin:
        case = json.loads(line)
        try:
            found = against_sdk(case) if "estimator" in case else against_model(case["request"])
        except Exception as error:  # the SDK refuses what it does not know: that is a verdict as well
            found = [f"{type(error).__name__}: {error}".replace("\n", " ")[:600]]
        wrong += bool(found)
        print(f"not ok {case['name']}: {'; '.join(found)}" if found else f"ok {case['name']}")
    return 1 if wrong else 0


if __name__ == "__main__":
    # The SDK reads its configuration from the user's home and the machine's; here there is none.
    with tempfile.TemporaryDirectory() as nowhere:
        os.environ.update(HOME=nowhere, XDG_CONFIG_HOME=nowhere, XDG_CONFIG_DIRS=nowhere)
        with mock.patch("socket.socket.connect", side_effect=OSError("there is no network here")):
            sys.exit(main())
