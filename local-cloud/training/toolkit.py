"""Becomes the user's program, started as the SageMaker training toolkit starts it.

    toolkit.py BASE CODE PROGRAM COMMAND_FILE

BASE is /opt/ml as the program sees it, CODE the directory of the program, COMMAND_FILE a file to note the command in.
The toolkit keeps the program as a child; here it takes this process's place, so that it hears SIGTERM itself.
"""

import ctypes
import json
import os
import re
import shlex
import sys
import zlib

# Hyperparameters the toolkit reads itself and does not hand on, besides all that start with `sagemaker_`.
OWN = {"default_user_module_name", "_tuning_objective_metric"}


def is_own(name):
    return name in OWN or name.startswith("sagemaker_")


def read(base, name):
    path = os.path.join(base, "input", "config", name)
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def decoded(value):
    """Values that are JSON change their type; all others stay the strings they are."""
    try:
        return json.loads(value)
    except ValueError:
        return value


def arguments(hyperparameters):
    """--key value, sorted by key, with one dash for one letter; maps become k=v,k=v."""
    words = []
    for key in sorted(hyperparameters):
        value = hyperparameters[key]
        if isinstance(value, dict):
            value = ",".join("%s=%s" % item for item in sorted(value.items()))
        words += [("--" if len(key) > 1 else "-") + key, str(value)]
    return words


def environment(base, code, program, user, framework):
    """The SM_* variables, from the files of input/config."""
    resources = read(base, "resourceconfig.json")
    channels = read(base, "inputdataconfig.json")
    groups = {group["instance_group_name"]: group for group in resources["instance_groups"]}
    path = lambda *parts: os.path.join(base, *parts)
    values = {
        "SM_MODEL_DIR": path("model"), "SM_OUTPUT_DIR": path("output"), "SM_OUTPUT_DATA_DIR": path("output", "data"),
        "SM_OUTPUT_INTERMEDIATE_DIR": path("output", "intermediate"), "SM_INPUT_DIR": path("input"),
        "SM_INPUT_CONFIG_DIR": path("input", "config"), "SM_CHANNELS": sorted(channels), "SM_HPS": user,
        "SM_CURRENT_HOST": resources["current_host"], "SM_HOSTS": resources["hosts"],
        "SM_CURRENT_INSTANCE_TYPE": resources["current_instance_type"],
        "SM_CURRENT_INSTANCE_GROUP": resources["current_group_name"],
        "SM_CURRENT_INSTANCE_GROUP_HOSTS": groups[resources["current_group_name"]]["hosts"],
        "SM_INSTANCE_GROUPS": sorted(groups), "SM_INSTANCE_GROUPS_DICT": groups, "SM_IS_HETERO": len(groups) > 1,
        "SM_DISTRIBUTION_INSTANCE_GROUPS": framework.get("sagemaker_distribution_instance_groups", []),
        "SM_NETWORK_INTERFACE_NAME": resources["network_interface_name"], "SM_NUM_CPUS": os.cpu_count(),
        "SM_NUM_GPUS": 0, "SM_NUM_NEURONS": 0, "SM_MODULE_DIR": code, "SM_MODULE_NAME": re.sub(r"\.py$", "", program),
        "SM_USER_ENTRY_POINT": program, "SM_FRAMEWORK_MODULE": os.environ.get("SAGEMAKER_TRAINING_MODULE", ""),
        "SM_FRAMEWORK_PARAMS": framework, "SM_LOG_LEVEL": framework.get("sagemaker_container_log_level", 20),
        "SM_RESOURCE_CONFIG": resources, "SM_INPUT_DATA_CONFIG": channels, "SM_USER_ARGS": arguments(user),
    }
    values.update({"SM_CHANNEL_" + name.upper(): path("input", "data", name) for name in channels})
    values.update({"SM_HP_" + name.upper(): value for name, value in user.items()})
    values["SM_TRAINING_ENV"] = dict(values)
    return {key: value if isinstance(value, str) else json.dumps(value, sort_keys=True) for key, value in values.items()}


def command(code, program, user):
    """A Python file, a Python package with a setup.py, or anything else that can be executed."""
    if program.endswith(".py"):
        return [sys.executable, program] + arguments(user)
    if not program.endswith(".sh") and os.path.exists(os.path.join(code, "setup.py")):
        return [sys.executable, "-m", program] + arguments(user)
    return ["/bin/sh", "-c", " ".join(["./" + program] + [shlex.quote(word) for word in arguments(user)])]


def torchrun(base):
    """What `torchrun --nproc_per_node 1` gives its one process on each host. All hosts are this machine: its address, and a
    port of the job's own, stand for `algo-1:7777`."""
    resources = read(base, "resourceconfig.json")
    rank = resources["hosts"].index(resources["current_host"])
    size = len(resources["hosts"])
    port = 20000 + zlib.crc32(os.environ.get("TRAINING_JOB_NAME", "").encode()) % 10000
    values = {"RANK": rank, "GROUP_RANK": rank, "LOCAL_RANK": 0, "WORLD_SIZE": size, "LOCAL_WORLD_SIZE": 1, "MASTER_PORT": port}
    return {"MASTER_ADDR": "127.0.0.1", **{key: str(value) for key, value in values.items()}}


def die_with_parent():
    """Even a cloud that is killed outright leaves no training behind: Linux ends the program with it (PR_SET_PDEATHSIG)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, 9)


def main(base, code, program, command_file):
    hyperparameters = {key: decoded(value) for key, value in read(base, "hyperparameters.json").items()}
    framework = {key: value for key, value in hyperparameters.items() if is_own(key)}
    user = {key: value for key, value in hyperparameters.items() if not is_own(key)}
    os.environ.update(environment(base, code, program, user, framework))
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [code, os.environ.get("PYTHONPATH")]))
    if framework.get("sagemaker_torch_distributed_enabled"):
        os.environ.update(torchrun(base))
    words = command(code, program, user)
    with open(command_file, "w", encoding="utf-8") as file:
        file.write(" ".join(words))
    die_with_parent()
    os.chdir(code)
    os.execv(words[0], words)


if __name__ == "__main__":
    main(*sys.argv[1:])
