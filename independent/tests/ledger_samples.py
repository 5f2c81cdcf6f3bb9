"""Ledger entries as the local cloud writes them: true ones, and one wrong belief at a time."""

import copy

ROLE = "arn:aws:iam::111122223333:role/training"
JOB = "arn:aws:sagemaker:us-east-1:111122223333:training-job/train-1"
CREATE = {
    "TrainingJobName": "train-1",
    "AlgorithmSpecification": {
        "TrainingImage": "111122223333.dkr.ecr.us-east-1.amazonaws.com/a/b@sha256:" + "0" * 64,
        "TrainingInputMode": "File",
    },
    "RoleArn": ROLE,
    "HyperParameters": {"epochs": "40"},
    "InputDataConfig": [
        {
            "ChannelName": "train",
            "DataSource": {
                "S3DataSource": {
                    "S3DataType": "S3Prefix",
                    "S3Uri": "s3://bucket/data/",
                    "S3DataDistributionType": "FullyReplicated",
                }
            },
        }
    ],
    "OutputDataConfig": {"S3OutputPath": "s3://bucket/output/"},
    "ResourceConfig": {"InstanceType": "ml.m5.xlarge", "InstanceCount": 1, "VolumeSizeInGB": 30},
    "StoppingCondition": {"MaxRuntimeInSeconds": 3600, "MaxWaitTimeInSeconds": 7200},
    "CheckpointConfig": {"S3Uri": "s3://bucket/checkpoints/"},
    "EnableManagedSpotTraining": True,
    "Tags": [{"Key": "train-branch", "Value": "grün/ö"}],
}
DESCRIBE = {
    "TrainingJobName": "train-1",
    "TrainingJobArn": JOB,
    "ModelArtifacts": {"S3ModelArtifacts": "s3://bucket/output/model.tar.gz"},
    "TrainingJobStatus": "InProgress",
    "SecondaryStatus": "Training",
    "AlgorithmSpecification": {"TrainingImage": "image", "TrainingInputMode": "File"},
    "ResourceConfig": CREATE["ResourceConfig"],
    "StoppingCondition": {"MaxRuntimeInSeconds": 3600},
    "CreationTime": 1795000000.123,
}


def entry(service, operation, request, response=None, **rest):
    base = {"n": 1, "at": "2026-11-23T00:00:00.000Z", "caller": "AKIA", "status": 200, "error": None, "fault": None}
    return {**base, "service": service, "operation": operation, "request": request, "response": response, **rest}


def changed(value, path, new):
    """`value` with the member at `path` set to `new`, or removed when `new` is `...`."""
    result = copy.deepcopy(value)
    inner = result
    for step in path[:-1]:
        inner = inner[step]
    if new is ...:
        del inner[path[-1]]
    else:
        inner[path[-1]] = new
    return result


GOOD = [
    entry("sagemaker", "CreateTrainingJob", CREATE, {"TrainingJobArn": JOB}),
    entry("sagemaker", "DescribeTrainingJob", {"TrainingJobName": "train-1"}, DESCRIBE),
    entry("sagemaker", "StopTrainingJob", {"TrainingJobName": "train-1"}, None),
    entry(
        "sagemaker",
        "DescribeTrainingJob",
        {"TrainingJobName": "x"},
        {"__type": "ValidationException"},
        status=400,
        error="ValidationException",
    ),
    entry("sagemaker", "DescribeTrainingJob", {"TrainingJobName": "x"}, {"nonsense": 1}, fault="malformed"),
    entry("sagemaker", "DescribeTrainingJob", {"TrainingJobName": "x"}, None, status=None),
    entry(
        "ecr",
        "GetAuthorizationToken",
        {},
        {
            "authorizationData": [
                {"authorizationToken": "***", "expiresAt": 1795000000, "proxyEndpoint": "http://127.0.0.1:5001"}
            ]
        },
    ),
    entry(
        "ecr",
        "UploadLayerPart",
        {
            "repositoryName": "a/b",
            "uploadId": "0" * 8 + "-0000-0000-0000-" + "0" * 12,
            "partFirstByte": 0,
            "partLastByte": 9,
            "layerPartBlob": {"characters": 300},
        },
        {},
    ),
    entry(
        "logs",
        "GetLogEvents",
        {"logGroupName": "/aws/sagemaker/TrainingJobs", "logStreamName": "train-1/algo-1-1", "startFromHead": True},
        {"events": [{"timestamp": 1, "message": "a\nb", "ingestionTime": 2}], "nextForwardToken": "f/1"},
    ),
    entry(
        "sts",
        "AssumeRoleWithWebIdentity",
        {"RoleArn": ROLE, "RoleSessionName": "run-1", "WebIdentityToken": "***", "DurationSeconds": "3600"},
        {
            "Credentials": {
                "AccessKeyId": "ASIAIOSFODNN7EXAMPLE",
                "SecretAccessKey": "***",
                "SessionToken": "***",
                "Expiration": "2026-11-23T00:00:00Z",
            }
        },
    ),
    entry(
        "iam",
        "SimulatePrincipalPolicy",
        {"PolicySourceArn": ROLE, "ActionNames": ["sagemaker:CreateTrainingJob"]},
        {
            "EvaluationResults": [{"EvalActionName": "sagemaker:CreateTrainingJob", "EvalDecision": "allowed"}],
            "IsTruncated": False,
        },
    ),
    entry(
        "servicequotas",
        "GetServiceQuota",
        {"ServiceCode": "sagemaker", "QuotaCode": "L-12345678"},
        {"Quota": {"Value": 4.0}},
    ),
    entry(
        "cloudwatch",
        "GetMetricData",
        {"MetricDataQueries": [], "StartTime": 1, "EndTime": 2},
        {"MetricDataResults": [{"Id": "a", "Timestamps": [1795000000], "Values": [0.5], "StatusCode": "Complete"}]},
    ),
    entry("s3", "PutObject", {"Bucket": "b", "Key": "k", "Body": {"bytes": 5}}, {"bytes": 0}),
    entry("s3", "UploadPart", {"Bucket": "b", "Key": "k", "uploadId": "u", "partNumber": "1", "Body": {"bytes": 5}}),
    entry("s3", "ListBuckets", {}),
    entry("github", "GET /repos/{owner}/{repo}", {"anything": 1}, {"at": "all"}),
]

REQUEST, RESPONSE = "request", "response"
create = ("sagemaker", "CreateTrainingJob", REQUEST, CREATE)
describe = ("sagemaker", "DescribeTrainingJob", RESPONSE, DESCRIBE)
BAD = [
    (*create, ["RoleArn"], ..., "Missing required parameter"),
    (*create, ["Rolearn"], ROLE, "Unknown parameter"),
    (*create, ["StoppingCondition", "MaxRuntimeInSeconds"], "3600", "Invalid type"),
    (*create, ["StoppingCondition", "MaxRuntimeInSeconds"], 0, "valid min value: 1"),
    (*create, ["ResourceConfig", "InstanceCount"], True, "is a boolean"),
    (*create, ["TrainingJobName"], "not_allowed", "does not match"),
    (*create, ["TrainingJobName"], "x" * 64, "its length 64 is more than 63"),
    (*create, ["RoleArn"], "arn:aws:iam::1:role/x", "RoleArn: .* does not match"),
    (*create, ["ResourceConfig", "InstanceType"], "ml.m5.huge", "ResourceConfig.InstanceType: .* is not one of"),
    (*create, ["InputDataConfig", 0, "ChannelName"], "tra in", r"InputDataConfig\[0\].ChannelName: .* does not match"),
    (*create, ["HyperParameters", "epochs"], "x" * 2501, "HyperParameters.epochs: its length"),
    (*create, ["HyperParameters", "epochs"], 40, "Invalid type for parameter HyperParameters.epochs"),
    (*create, ["Tags", 0, "Value"], "a\u0007", r"Tags\[0\].Value: .* does not match"),
    (*create, ["Tags"], [{"Key": str(n), "Value": ""} for n in range(51)], "Tags: its length 51 is more than 50"),
    (*create, ["CheckpointConfig"], None, "Invalid type"),
    (*create, ["ResourceConfig"], "***", "Invalid type"),
    (*describe, ["TrainingJobArn"], ..., "Missing required parameter"),
    (*describe, ["TrainingJobStatus"], "Running", "is not one of"),
    (*describe, ["CreationTime"], "2026-11-23T00:00:00Z", "is no timestamp"),
    (*describe, ["BillableSeconds"], 60, "Unknown parameter"),
    (*describe, ["BillableTimeInSeconds"], 0, "valid min value"),
    ("logs", "GetLogEvents", RESPONSE, {"events": []}, ["events"], {}, "Invalid type"),
    ("sts", "AssumeRoleWithWebIdentity", REQUEST, GOOD[9]["request"], ["DurationSeconds"], "an hour", "Invalid type"),
    (
        "sts",
        "AssumeRoleWithWebIdentity",
        REQUEST,
        GOOD[9]["request"],
        ["DurationSeconds"],
        "60",
        "valid min value: 900",
    ),
    ("s3", "PutObject", REQUEST, {"Bucket": "b", "Key": "k"}, ["Key"], ..., "Missing required parameter"),
    ("s3", "UploadPart", REQUEST, {"Bucket": "b", "Key": "k", "uploadId": "u"}, ["Body"], None, '"PartNumber"'),
    ("sagemaker", "StopTrainingJob", RESPONSE, {}, ["Stopped"], True, "answers nothing"),
]
