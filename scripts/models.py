"""Writes local-cloud/models/*.generated.json: AWS's own service models, cut down to the operations the local cloud has.

Run it in an environment with botocore (`pip install botocore`): python3 scripts/models.py
Documentation and examples are left out. SearchRecord keeps only training jobs: the cloud has nothing else to find.
"""

import json
from pathlib import Path

import botocore
from botocore.loaders import Loader

OPERATIONS = {
    "sagemaker": "CreateTrainingJob DescribeTrainingJob StopTrainingJob ListTrainingJobs Search AddTags ListTags DeleteTags",
    "ecr": "GetAuthorizationToken DescribeRepositories CreateRepository DescribeImages BatchGetImage PutImage"
    " BatchCheckLayerAvailability GetDownloadUrlForLayer InitiateLayerUpload UploadLayerPart CompleteLayerUpload",
    "logs": "DescribeLogStreams GetLogEvents FilterLogEvents",
    "cloudwatch": "GetMetricData ListMetrics",
    "service-quotas": "ListServiceQuotas GetServiceQuota ListAWSDefaultServiceQuotas GetAWSDefaultServiceQuota",
    "sts": "AssumeRoleWithWebIdentity GetCallerIdentity",
    "iam": "GetRole SimulatePrincipalPolicy",
}
KEPT_MEMBERS = {"SearchRecord": ["TrainingJob"]}
# botocore has no paginator for these; the members follow its naming.
PAGINATORS = {
    ("logs", "GetLogEvents"): {"input_token": "nextToken", "output_token": "nextForwardToken", "result_key": "events"},
    ("sagemaker", "Search"): {"input_token": "NextToken", "output_token": "NextToken", "result_key": "Results"},
}
CONSTRAINTS = ("type", "required", "min", "max", "pattern", "enum", "flattened", "timestampFormat", "union")
TARGET = Path(__file__).resolve().parent.parent / "local-cloud" / "models"


def references(shape):
    members = list(shape.get("members", {}).values())
    return [part["shape"] for part in (*members, *(shape[k] for k in ("member", "key", "value") if k in shape))]


def trimmed_shape(name, shape):
    kept = {key: shape[key] for key in CONSTRAINTS if key in shape}
    if shape["type"] == "structure":
        wanted = KEPT_MEMBERS.get(name, shape["members"])
        kept["members"] = {
            member: {k: v for k, v in spec.items() if k in ("shape", "locationName", "timestampFormat")}
            for member, spec in shape["members"].items()
            if member in wanted
        }
    for part in ("member", "key", "value"):
        if part in shape:
            kept[part] = {k: v for k, v in shape[part].items() if k in ("shape", "locationName")}
    return kept


def reachable(shapes, roots):
    found, waiting = {}, list(roots)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = trimmed_shape(name, shapes[name])
            waiting.extend(references(found[name]))
    return dict(sorted(found.items()))


def trimmed_operation(service, model, paginators, name):
    operation = model["operations"][name]
    kept = {}
    for side in ("input", "output"):
        if side in operation:
            kept[side] = operation[side]["shape"]
    if "resultWrapper" in operation.get("output", {}):
        kept["resultWrapper"] = operation["output"]["resultWrapper"]
    if operation.get("authtype") == "none":
        kept["anonymous"] = True
    kept["errors"] = [
        model["shapes"][error["shape"]].get("error", {}).get("code", error["shape"])
        for error in operation.get("errors", [])
    ]
    pages = paginators.get(name) or PAGINATORS.get((service, name))
    if pages and isinstance(pages["input_token"], str):
        kept["pages"] = {"in": pages["input_token"], "out": pages["output_token"], "items": pages["result_key"]}
    return kept


def trimmed_model(loader, service, names):
    model = loader.load_service_model(service, "service-2")
    try:
        paginators = loader.load_service_model(service, "paginators-1")["pagination"]
    except Exception:
        paginators = {}
    for (owner, name), pages in PAGINATORS.items():
        if owner == service:
            paginators[name] = pages
    operations = {name: trimmed_operation(service, model, paginators, name) for name in names}
    roots = [spec[side] for spec in operations.values() for side in ("input", "output") if side in spec]
    metadata = model["metadata"]
    head = {"source": f"botocore {botocore.__version__}"}
    for key in ("apiVersion", "protocol", "protocols", "jsonVersion", "targetPrefix", "xmlNamespace", "signingName", "endpointPrefix"):
        if key in metadata:
            head[key] = metadata[key]
    return head, operations, reachable(model["shapes"], roots)


def lines(table):
    return ",\n".join(f"{json.dumps(key)}:{json.dumps(value, separators=(',', ':'))}" for key, value in table.items())


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    loader = Loader()
    for service, names in OPERATIONS.items():
        head, operations, shapes = trimmed_model(loader, service, names.split())
        text = f'{{{lines(head)},\n"operations":{{\n{lines(operations)}\n}},\n"shapes":{{\n{lines(shapes)}\n}}}}\n'
        json.loads(text)
        (TARGET / f"{service.replace('-', '')}.generated.json").write_text(text)


if __name__ == "__main__":
    main()
