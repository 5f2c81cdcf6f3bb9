"""boto3's own paginators and waiters against the local cloud, on the finished job of the AWS CLI's checks.

usage: python3 boto3_clients.py JOB BUCKET REPOSITORY      (endpoint and credentials in the environment)

Prints `ok TITLE` or `not ok TITLE: why` for each check; exit code 1 on any failure.
"""

import sys
from datetime import datetime, timedelta, timezone

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError, WaiterError

LOG_GROUP = "/aws/sagemaker/TrainingJobs"
CHECKS = []


def check(function):
    """Registers a check; its docstring is the title."""
    CHECKS.append(function)
    return function


def client(service):
    return boto3.client(service, config=Config(retries={"mode": "standard", "max_attempts": 3}))


def expect(condition, saw):
    if not condition:
        raise AssertionError(f"saw {saw!r}")


def pages_of(service, operation, key, size, **words):
    """All items of a paginator with small pages, and how many pages it took."""
    pages = list(client(service).get_paginator(operation).paginate(PaginationConfig={"PageSize": size}, **words))
    return [item for page in pages for item in page.get(key, [])], len(pages)


@check
def wait_for_job(job, **_):
    """waiter training_job_completed_or_stopped answers for a completed job"""
    client("sagemaker").get_waiter("training_job_completed_or_stopped").wait(
        TrainingJobName=job, WaiterConfig={"Delay": 1, "MaxAttempts": 1}
    )


@check
def wait_for_no_job(**_):
    """the same waiter fails for a job that does not exist"""
    try:
        client("sagemaker").get_waiter("training_job_completed_or_stopped").wait(
            TrainingJobName="no-such-job", WaiterConfig={"Delay": 1, "MaxAttempts": 1}
        )
    except WaiterError as error:
        expect(error.last_response["Error"]["Code"] == "ValidationException", error.last_response)
    else:
        raise AssertionError("it waited successfully")


@check
def list_jobs(job, **_):
    """paginator list_training_jobs, one a page, newest first"""
    found, pages = pages_of("sagemaker", "list_training_jobs", "TrainingJobSummaries", 1)
    times = [summary["CreationTime"] for summary in found]
    expect(job in [summary["TrainingJobName"] for summary in found], found)
    expect(pages >= len(found) >= 2 and times == sorted(times, reverse=True), (pages, times))


@check
def search_jobs(job, **_):
    """paginator search, one a page, finds every job once"""
    found, pages = pages_of("sagemaker", "search", "Results", 1, Resource="TrainingJob")
    names = [result["TrainingJob"]["TrainingJobName"] for result in found]
    expect(job in names and len(names) == len(set(names)) >= 2 and pages >= 2, (pages, names))


@check
def list_tags(job, **_):
    """paginator list_tags"""
    arn = client("sagemaker").describe_training_job(TrainingJobName=job)["TrainingJobArn"]
    tags, _pages = pages_of("sagemaker", "list_tags", "Tags", 50, ResourceArn=arn)
    expect(tags == [{"Key": "train-name", "Value": job}], tags)


@check
def filter_log_events(job, **_):
    """paginator filter_log_events, one event a page"""
    events, _pages = pages_of(
        "logs", "filter_log_events", "events", 1, logGroupName=LOG_GROUP, logStreamNamePrefix=f"{job}/"
    )
    texts = [event["message"] for event in events]
    expect(texts == ["epoch=1 val_mape=0.21", "epoch=2 val_mape=0.05"], texts)


@check
def describe_log_streams(job, **_):
    """paginator describe_log_streams"""
    streams, _pages = pages_of(
        "logs", "describe_log_streams", "logStreams", 1, logGroupName=LOG_GROUP, logStreamNamePrefix=f"{job}/"
    )
    expect(len(streams) == 1 and streams[0]["lastEventTimestamp"] > 0, streams)


@check
def list_objects(bucket, **_):
    """paginator list_objects_v2, two keys a page, in the order of their bytes"""
    s3 = client("s3")
    keys = ["pages/a", "pages/a b", "pages/a/b", "pages/é"]
    for key in keys:
        s3.put_object(Bucket=bucket, Key=key, Body=key.encode())
    found, pages = pages_of("s3", "list_objects_v2", "Contents", 2, Bucket=bucket, Prefix="pages/")
    expect([item["Key"] for item in found] == sorted(keys, key=str.encode) and pages == 2, (pages, found))
    deleted = s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": key} for key in keys]})
    expect(len(deleted["Deleted"]) == len(keys), deleted)


@check
def wait_for_object(bucket, **_):
    """waiters object_exists and object_not_exists"""
    s3 = client("s3")
    once = {"Delay": 1, "MaxAttempts": 1}
    s3.put_object(Bucket=bucket, Key="waited-for", Body=b"1")
    s3.get_waiter("object_exists").wait(Bucket=bucket, Key="waited-for", WaiterConfig=once)
    s3.delete_object(Bucket=bucket, Key="waited-for")
    s3.get_waiter("object_not_exists").wait(Bucket=bucket, Key="waited-for", WaiterConfig=once)


@check
def describe_images(repository, **_):
    """paginator describe_images and the refusal of an unknown repository"""
    images, _pages = pages_of("ecr", "describe_images", "imageDetails", 1, repositoryName=repository)
    expect([image["imageTags"] for image in images] == [["ready"]], images)
    try:
        client("ecr").describe_images(repositoryName="no/such")
    except ClientError as error:
        expect(error.response["Error"]["Code"] == "RepositoryNotFoundException", error.response)
    else:
        raise AssertionError("it was found")


@check
def metric_data(job, **_):
    """paginator get_metric_data reads the training's metric"""
    now = datetime.now(timezone.utc)
    dimensions = [{"Name": "TrainingJobName", "Value": job}]
    metric = {"Namespace": "/aws/sagemaker/TrainingJobs", "MetricName": "val_mape", "Dimensions": dimensions}
    stat = {"Metric": metric, "Period": 60, "Stat": "SampleCount"}
    results, _pages = pages_of(
        "cloudwatch",
        "get_metric_data",
        "MetricDataResults",
        100,
        MetricDataQueries=[{"Id": "m", "MetricStat": stat}],
        StartTime=now - timedelta(hours=1),
        EndTime=now + timedelta(hours=1),
    )
    expect(sum(value for result in results for value in result["Values"]) == 2, results)


@check
def quotas(**_):
    """paginator list_service_quotas, ten a page, each once"""
    found, pages = pages_of("service-quotas", "list_service_quotas", "Quotas", 10, ServiceCode="sagemaker")
    codes = [quota["QuotaCode"] for quota in found]
    expect(pages >= 2 and len(codes) == len(set(codes)), (pages, len(codes)))


def main(job, bucket, repository):
    failed = 0
    for function in CHECKS:
        try:
            function(job=job, bucket=bucket, repository=repository)
            print(f"ok {function.__doc__}")
        except Exception as error:  # whatever a client raises is the finding
            failed += 1
            print(f"not ok {function.__doc__}: {type(error).__name__}: {error}".replace("\n", " "))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
