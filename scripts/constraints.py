"""Writes src/inputs/constraints.generated.json: what the AWS service models say about the values this action sends.

    python3 -m pip install botocore
    python3 scripts/constraints.py          # rewrite the file
    python3 scripts/constraints.py --check  # exit 1 if an installed botocore of the same version would write another one

The models are those that boto3 and the AWS CLI ship. Patterns are Java regular expressions that must match the
whole value; src/inputs/constraints.ts translates them.
"""

import json
import pathlib
import sys

import botocore
import botocore.session

FILE = pathlib.Path(__file__).parent.parent / "src" / "inputs" / "constraints.generated.json"

# operation -> members, as a path: `.` into a structure, `[]` into a list, `{key}` and `{value}` into a map.
MEMBERS = {
    ("sagemaker", "CreateTrainingJob"): [
        "TrainingJobName",
        "RoleArn",
        "AlgorithmSpecification.TrainingImage",
        "AlgorithmSpecification.MetricDefinitions",
        "AlgorithmSpecification.MetricDefinitions[].Name",
        "AlgorithmSpecification.MetricDefinitions[].Regex",
        "HyperParameters",
        "HyperParameters{key}",
        "HyperParameters{value}",
        "Environment",
        "Environment{key}",
        "Environment{value}",
        "InputDataConfig",
        "InputDataConfig[].ChannelName",
        "InputDataConfig[].DataSource.S3DataSource.S3Uri",
        "OutputDataConfig.S3OutputPath",
        "CheckpointConfig.S3Uri",
        "CheckpointConfig.LocalPath",
        "ResourceConfig.InstanceType",
        "ResourceConfig.InstanceCount",
        "ResourceConfig.VolumeSizeInGB",
        "StoppingCondition.MaxRuntimeInSeconds",
        "StoppingCondition.MaxWaitTimeInSeconds",
        "Tags",
        "Tags[].Key",
        "Tags[].Value",
    ],
    ("ecr", "CreateRepository"): ["repositoryName"],
    ("ecr", "PutImage"): ["imageTag"],
    ("sts", "AssumeRoleWithWebIdentity"): ["RoleSessionName", "DurationSeconds"],
}


def member(shape, path):
    """The shape at the end of a path."""
    for step in path.replace("[]", ".[]").replace("{", ".{").split("."):
        if step == "[]":
            shape = shape.member
        elif step == "{key}":
            shape = shape.key
        elif step == "{value}":
            shape = shape.value
        else:
            shape = shape.members[step]
    return shape


def constraint(shape):
    found = {"type": shape.type_name}
    for key in ("min", "max", "pattern"):
        if key in shape.metadata:
            found[key] = shape.metadata[key]
    if getattr(shape, "enum", None):
        found["enum"] = sorted(shape.enum)
    return found


def generate():
    session = botocore.session.get_session()
    members, versions = {}, {}
    for (service, operation), paths in MEMBERS.items():
        model = session.get_service_model(service)
        versions[service] = model.api_version
        for path in paths:
            shape = member(model.operation_model(operation).input_shape, path)
            members[f"{operation}.{path}"] = constraint(shape)
    document = {"botocore": botocore.__version__, "apiVersions": versions, "members": members}
    return json.dumps(document, indent=2, sort_keys=True) + "\n"


def main():
    text = generate()
    if "--check" not in sys.argv:
        FILE.write_text(text)
        return 0
    committed = FILE.read_text()
    version = json.loads(committed)["botocore"]
    if version != botocore.__version__:
        print(f"made from botocore {version}, installed is {botocore.__version__}: nothing compared")
        return 0
    if committed != text:
        print(f"{FILE} is not what this script writes: run it without --check")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
