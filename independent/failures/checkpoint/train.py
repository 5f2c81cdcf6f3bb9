"""Goes on from the checkpoint that is there."""

import os
import pickle

CHECKPOINT = "/opt/ml/checkpoints/latest.pkl"


def resume():
    if not os.path.exists(CHECKPOINT):
        return {"epoch": 0}
    print(f"resuming from {CHECKPOINT}, {os.path.getsize(CHECKPOINT)} bytes")
    with open(CHECKPOINT, "rb") as file:
        return pickle.load(file)


state = resume()
print(f"epoch={state['epoch']}")
