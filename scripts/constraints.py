"""Writes src/inputs/*.generated.json: what the AWS service models say about the values this action sends.

create-training-job.generated.json is the whole input of CreateTrainingJob, one shape a line; constraints.generated.json
holds single members of other operations.

    python3 -m pip install botocore
    python3 scripts/constraints.py          # rewrite the files
    python3 scripts/constraints.py --check  # exit 1 if an installed botocore of the same version would write another one

The models are those that boto3 and the AWS CLI ship. Patterns are Java regular expressions that must match the
whole value; src/inputs/constraints.ts translates them.
"""

import json
import pathlib
import sys

import botocore
import botocore.session

FOLDER = pathlib.Path(__file__).parent.parent / "src" / "inputs"

# operation -> members, as a path: `.` into a structure, `[]` into a list, `{key}` and `{value}` into a map.
MEMBERS = {
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


def generate(session):
    members, versions = {}, {}
    for (service, operation), paths in MEMBERS.items():
        model = session.get_service_model(service)
        versions[service] = model.api_version
        for path in paths:
            shape = member(model.operation_model(operation).input_shape, path)
            members[f"{operation}.{path}"] = constraint(shape)
    document = {"botocore": botocore.__version__, "apiVersions": versions, "members": members}
    return json.dumps(document, indent=2, sort_keys=True) + "\n"


def described(shape):
    """A shape by itself; what it is made of is named."""
    found = constraint(shape)
    if shape.type_name == "structure":
        found["members"] = {name: part.name for name, part in shape.members.items()}
        if shape.required_members:
            found["required"] = shape.required_members
    elif shape.type_name == "list":
        found["member"] = shape.member.name
    elif shape.type_name == "map":
        found.update(key=shape.key.name, value=shape.value.name)
    return found


def parts(shape):
    if shape.type_name == "structure":
        return list(shape.members.values())
    if shape.type_name == "list":
        return [shape.member]
    return [shape.key, shape.value] if shape.type_name == "map" else []


def generate_request(session):
    root = session.get_service_model("sagemaker").operation_model("CreateTrainingJob").input_shape
    shapes, waiting = {}, [root]
    while waiting:
        shape = waiting.pop()
        if shape.name not in shapes:
            shapes[shape.name] = described(shape)
            waiting.extend(parts(shape))
    lines = [f"{json.dumps(name)}:{json.dumps(shapes[name], separators=(',', ':'))}" for name in sorted(shapes)]
    head = f'"botocore":{json.dumps(botocore.__version__)},"root":{json.dumps(root.name)}'
    return f'{{{head},"shapes":{{\n' + ",\n".join(lines) + "\n}}\n"


FILES = {"constraints.generated.json": generate, "create-training-job.generated.json": generate_request}


def main():
    session = botocore.session.get_session()
    wrong = 0
    for name, write in FILES.items():
        file, text = FOLDER / name, write(session)
        if "--check" not in sys.argv:
            file.write_text(text)
            continue
        committed = file.read_text()
        version = json.loads(committed)["botocore"]
        if version != botocore.__version__:
            print(f"{name} was made from botocore {version}, installed is {botocore.__version__}: nothing compared")
        elif committed != text:
            print(f"{file} is not what this script writes: run it without --check")
            wrong = 1
    return wrong


if __name__ == "__main__":
    sys.exit(main())
